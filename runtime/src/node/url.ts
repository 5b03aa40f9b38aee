/** `url`: unenv's, with what it does otherwise than Node. */
import url from 'unenv/node/url';
import { invalidArgType } from './errors';

interface FormatOptions {
  auth?: boolean;
  fragment?: boolean;
  search?: boolean;
  unicode?: boolean;
}

function formatUrl({ href }: URL, options: unknown): string {
  if (options && typeof options !== 'object') throw invalidArgType('options', 'of type object', options);
  const { auth = true, fragment = true, search = true, unicode = false } = (options ?? {}) as FormatOptions;
  const copy = new URL(href);
  if (!fragment) copy.hash = '';
  if (!search) copy.search = '';
  if (!auth) copy.username = copy.password = '';
  return unicode && copy.hostname !== '' ? copy.href.replace(copy.hostname, url.domainToUnicode(copy.hostname)) : copy.href;
}

/** What `http.request` takes, of a URL. */
function urlToHttpOptions(given: URL): object {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = given;
  return {
    // As Node: without a prototype, and with what a program has put on the URL.
    __proto__: null,
    ...given,
    protocol,
    hostname: hostname?.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href,
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username || password ? { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` } : {}),
  };
}

/** What `require('url')` gives. */
export function makeUrl(): object {
  return {
    ...url,
    URL,
    URLSearchParams,
    format: (given: unknown, options?: unknown) => (given instanceof URL ? formatUrl(given, options) : url.format(given)),
    pathToFileURL(path: unknown) {
      if (typeof path !== 'string') throw invalidArgType('path', 'of type string', path);
      return url.pathToFileURL(path);
    },
    urlToHttpOptions,
  };
}
