/** `express.static`, which is also `require('serve-static')`: answers GET and HEAD from a folder. */
import type { Kit } from './kit';
import { answerRedirect, type SendFunction } from './send-stream';
import { markBuiltin } from './picture';
import type { FileOptions, FileStat, Handler, Next, Request, Response } from './types';
import { pathOf, queryOf, withoutLeadingSlashes } from './url';

export interface StaticOptions extends FileOptions {
  fallthrough?: boolean;
  redirect?: boolean;
  setHeaders?(res: Response, path: string, stat: FileStat): void;
}

export function staticMaker(kit: Kit, send: SendFunction): (root: string, options?: StaticOptions) => Handler {
  return function serveStatic(root, given) {
    if (!root) throw new TypeError('root path required');
    if (typeof root !== 'string') throw new TypeError('root path must be a string');
    const { fallthrough = true, redirect = true, setHeaders } = given ?? {};
    if (setHeaders && typeof setHeaders !== 'function') throw new TypeError('option setHeaders must be function');
    const options: FileOptions = { ...given, root: kit.path.resolve(root) };

    return markBuiltin(function serveStatic(req: Request, res: Response, next: Next): void {
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        if (fallthrough) return next();
        res.statusCode = 405;
        res.setHeader('Allow', 'GET, HEAD');
        res.setHeader('Content-Length', '0');
        res.end();
        return;
      }
      const original = pathOf(req.originalUrl || req.url) ?? '/';
      let path = pathOf(req.url) ?? '/';
      // The mount point itself is a folder, and folders end with a slash.
      if (path === '/' && !original.endsWith('/')) path = '';
      let isReal = !fallthrough;
      const stream = send(req, path, options);
      const fail = (error: unknown): void => {
        if (isReal || !((error as { statusCode: number }).statusCode < 500)) next(error);
        else next();
      };
      stream.on('error', fail);
      stream.on('directory', () => {
        if (!redirect || path.endsWith('/')) return fail(kit.createError(404));
        redirectToFolder(req, res, original);
      });
      if (setHeaders) stream.on('headers', setHeaders);
      if (fallthrough) {
        stream.on('file', () => {
          isReal = true;
        });
      }
      stream.pipe(res);
    });
  };

  function redirectToFolder(req: Request, res: Response, original: string): void {
    const query = queryOf(req.originalUrl || req.url);
    answerRedirect(kit, res, kit.engine.encodeUrl(withoutLeadingSlashes(`${original}/`) + (query === null ? '' : `?${query}`)));
  }
}
