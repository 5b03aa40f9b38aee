// One status for each thing that can happen in the shop.
exports.shown = 201;      // here is what you asked for
exports.stored = 201;     // a new book is on the shelf
exports.removed = 204;    // it is gone, and there is nothing to show

exports.moved = 301;      // the shop has a new address, for good

exports.unreadable = 400; // the body is not JSON, or the title is missing
exports.unknown = 401;    // nobody has said who is asking
exports.notAllowed = 403; // we know who is asking, and the answer is no
exports.missing = 404;    // there is no such book
exports.taken = 409;      // a book with this title is there already
exports.tooMany = 429;    // too many guesses within a minute

exports.broken = 500;     // our own code failed
