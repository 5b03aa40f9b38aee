/** Parts of a request target. */

/** The path of a request target, or undefined when it has none. */
export function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  if (path.charCodeAt(0) === 47 && path.indexOf('#') === -1) return path;
  return unusual(path);
}

/** Absolute targets, `*`, fragments. */
function unusual(path: string): string | undefined {
  const target = path.split('#', 1)[0]!;
  const origin = originOf(target);
  const rest = origin === undefined ? target : target.slice(origin.length);
  if (origin !== undefined && rest === '') return '/';
  return rest === '' ? undefined : rest;
}

/** The query string behind `?`, or null, which a query parser of the program gets too. */
export function queryOf(url: string): string | null {
  const start = url.indexOf('?');
  if (start === -1) return null;
  const end = url.indexOf('#', start);
  return end === -1 ? url.slice(start + 1) : url.slice(start + 1, end);
}

/** `http://host` of an absolute target, else undefined. */
export function originOf(url: string | undefined): string | undefined {
  if (url === undefined || url.charCodeAt(0) === 47) return undefined;
  const query = url.indexOf('?');
  const scheme = (query === -1 ? url : url.slice(0, query)).indexOf('://');
  if (scheme === -1) return undefined;
  const slash = url.indexOf('/', scheme + 3);
  return slash === -1 ? (query === -1 ? url : url.slice(0, query)) : url.slice(0, slash);
}

/** Makes of several slashes at the beginning one, so that a path is not taken for a host. */
export function withoutLeadingSlashes(path: string): string {
  return path.replace(/^\/{2,}/, '/');
}
