/** unenv's url, whose objects have their fields in Node's order, which refuses arguments in Node's words, and which tells its warnings to the running program. */
import { patched } from './patch.mjs';

const FIELDS = ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href'];
const inOrder = (names) => names.map((name) => `\t${name} = null;\n`).join('');

/** What stands in its text, and what is there instead. That `url.parse` is no standard is not said at run time in Node 20. */
const CHANGES = [
  [inOrder(['auth', 'hash', 'host', 'hostname', 'href', 'path', 'pathname', 'protocol', 'search', 'slashes', 'port', 'query']), inOrder(FIELDS)],
  ['let urlParseWarned = false;', 'let urlParseWarned = true;'],
  ['if (warnInvalidPort && code === CHAR_COLON) {', 'if (code === CHAR_COLON) {'],
  ['console.warn(`[DeprecationWarning] [unenv] [node:url] DEP0170: The URL ${url} is invalid. Future versions of Node.js will throw an error.`);', 'warnOfPort(url);'],
  ['warnInvalidPort = false;', ''],
  ['import { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL } from', 'import { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL, warnOfPort } from'],
];

/** `errors` is the file that stands for the one with its errors. */
export const url = (errors) => ({
  name: 'url',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\/errors\.mjs$/ }, ({ importer }) => (/[\\/]unenv[\\/].*[\\/]url(?:[\\/]url)?\.mjs$/.test(importer) ? { path: errors } : undefined));
    onLoad({ filter: /[\\/]unenv[\\/].*[\\/]node[\\/]url\.mjs$/ }, async ({ path }) => ({ contents: await patched(path, CHANGES, 'CHANGES in scripts/url.mjs'), loader: 'js' }));
  },
});
