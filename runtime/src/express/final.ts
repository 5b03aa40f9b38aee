/** The last stop: a 404 page, or the page of an error that nobody took. */
import type { Kit } from './kit';
import type { Next, Request, Response } from './types';
import { pathOf } from './url';

/** Escapes text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/["&'<>]/g, (c) => ESCAPES[c]!);
}

const ESCAPES: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#39;', '<': '&lt;', '>': '&gt;' };

/** The plain page that Express and its static files answer with. */
export function htmlPage(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<pre>${body}</pre>\n</body>\n</html>\n`;
}

interface Failure {
  status?: unknown;
  statusCode?: unknown;
  headers?: unknown;
  stack?: string;
  toString?(): string;
}

function isErrorStatus(status: unknown): status is number {
  return typeof status === 'number' && status >= 400 && status < 600;
}

/** Whether the request has been read, or never will be. */
function isRead(req: Request): boolean {
  const { socket } = req;
  return Boolean(req.upgrade || !socket || !socket.readable || (req.complete && !req.readable));
}

/** What `require('finalhandler')` gives. */
export type FinalHandlerPackage = (req: Request, res: Response, options?: FinalOptions) => Next;

interface FinalOptions {
  env?: string;
  onerror?: (error: unknown, req: Request, res: Response) => void;
}

export function finalHandlerPackage(kit: Kit): FinalHandlerPackage {
  return function finalhandler(req, res, options) {
    const onError = options?.onerror;
    const env = options?.env || kit.process.env['NODE_ENV'] || 'development';
    return finalHandler(kit, req, res, env, onError && ((error) => onError(error, req, res)));
  };
}

/** Returns what the outermost application calls when its router is through. */
export function finalHandler(kit: Kit, req: Request, res: Response, env: string, onError: ((error: unknown) => void) | undefined): Next {
  const { STATUS_CODES } = kit.http;

  return (error) => {
    if (!error && res.headersSent) return;
    let status = 404;
    let headers: Record<string, string> = {};
    let message: string;
    if (error) {
      const failure = error as Failure;
      const own = isErrorStatus(failure.status) ? failure.status : isErrorStatus(failure.statusCode) ? failure.statusCode : undefined;
      status = own ?? (isErrorStatus(res.statusCode) ? res.statusCode : 500);
      if (own !== undefined && failure.headers && typeof failure.headers === 'object') headers = { ...failure.headers };
      message = (env !== 'production' && (failure.stack || failure.toString?.())) || `${STATUS_CODES[status]}`;
      if (onError) kit.setImmediate(onError, error);
    } else {
      const url = req.originalUrl || req.url;
      message = `Cannot ${req.method} ${kit.engine.encodeUrl(url === undefined ? 'resource' : String(pathOf(url) ?? null))}`;
    }
    if (res.headersSent) {
      req.socket?.destroy();
      return;
    }
    kit.tracer?.of(req)?.final();
    if (isRead(req)) return write(status, headers, message);
    req.unpipe();
    whenRead(req, () => write(status, headers, message));
    req.resume();
  };

  function write(status: number, headers: Record<string, string>, message: string): void {
    const body = htmlPage('Error', escapeHtml(message).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;'));
    res.statusCode = status;
    if (req.httpVersionMajor < 2) res.statusMessage = STATUS_CODES[status] as string;
    for (const name of ['Content-Encoding', 'Content-Language', 'Content-Range']) res.removeHeader(name);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.setHeader('Content-Security-Policy', "default-src 'none'");
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Content-Length', kit.Buffer.byteLength(body, 'utf8'));
    if (req.method === 'HEAD') res.end();
    else res.end(body, 'utf8');
  }
}

/** Calls back once the request has ended, failed or been cut off. */
export function whenRead(req: Request, done: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    for (const event of ['end', 'close', 'error', 'aborted']) req.removeListener(event, once);
    done();
  };
  for (const event of ['end', 'close', 'error', 'aborted']) req.on(event, once);
}
