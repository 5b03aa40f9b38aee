/** The page, as the sandboxed frames see it: they lie in a page of the site's own origin, which lies in the page. */

export const page = parent.parent;

/** The page's origin is not visible from an opaque origin; nothing secret is said here. */
export function tellPage(message: object): void {
  page.postMessage(message, '*');
}
