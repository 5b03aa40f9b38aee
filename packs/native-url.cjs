/** whatwg-url in the page: the platform's own URL, without the tables of a second one. */
'use strict';
exports.URL = URL;
exports.URLSearchParams = URLSearchParams;
