/** Sends one file: conditional and partial answers, index files, dot files. What `express.static` and `res.sendFile` share. */
import { escapeHtml, htmlPage } from './final';
import type { Kit } from './kit';
import { rangesOf } from './request';
import type { FileOptions, FileStat, NodeError, Request, Response } from './types';

/** Who is told what happens. */
export interface Hearers {
  /** The path is a directory. */
  directory?(path: string): void;
  /** Without it the error is answered with a plain page. */
  error?(error: unknown): void;
  /** Headers may be set now. */
  headers?(res: Response, path: string, stat: FileStat): void;
  /** A file was found; from here on errors are real. */
  file?(): void;
  end?(): void;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;
const UPWARD = /(?:^|[\\/])\.\.(?:[\\/]|$)/;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 365.25 * 86_400_000 };

/** Milliseconds of a number or of a text such as `1d`. */
function milliseconds(given: number | string | undefined): number {
  const found = typeof given === 'string' ? /^(-?[\d.]+) *(ms|s|m|h|d|w|y)?[a-z]*$/i.exec(given.trim()) : undefined;
  const value = found ? Number(found[1]) * (UNITS[(found[2] ?? 'ms').toLowerCase()] ?? 1) : Number(given);
  return Number.isNaN(value) ? 0 : Math.min(Math.max(0, value), YEAR);
}

function listOf(given: string | string[] | false | undefined, name: string): string[] {
  const list = given === undefined || given === false ? [] : [given].flat();
  if (list.some((item) => typeof item !== 'string')) throw new TypeError(`${name} must be array of strings or false`);
  return list;
}

export function transfer(kit: Kit, req: Request, res: Response, url: string, options: FileOptions, hearers: Hearers): void {
  const { fs, path, engine, createError } = kit;
  const dotfiles = options.dotfiles ?? 'ignore';
  if (!['ignore', 'allow', 'deny'].includes(dotfiles)) {
    throw new TypeError('dotfiles option must be "allow", "deny", or "ignore"');
  }
  const extensions = listOf(options.extensions, 'extensions option');
  const index = options.index === undefined ? ['index.html'] : listOf(options.index, 'index option');
  const maxAge = milliseconds(options.maxAge || options.maxage);

  const fail = (status: number, cause?: NodeError, headers?: Record<string, string>): void => {
    if (hearers.error) {
      const properties = { ...(cause ? { expose: false } : {}), ...(headers ? { headers } : {}) };
      return hearers.error(createError(status, cause && Object.assign(cause, { status }), properties));
    }
    const page = htmlPage('Error', escapeHtml(kit.http.STATUS_CODES[status] || String(status)));
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    for (const [name, value] of Object.entries(headers ?? {})) res.setHeader(name, value);
    res.statusCode = status;
    res.setHeader('Content-Type', 'text/html; charset=UTF-8');
    res.setHeader('Content-Length', kit.Buffer.byteLength(page));
    res.setHeader('Content-Security-Policy', "default-src 'none'");
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.end(page);
  };
  const failToRead = (error: NodeError): void =>
    fail(['ENAMETOOLONG', 'ENOENT', 'ENOTDIR'].includes(error.code ?? '') ? 404 : 500, error);

  let name: string;
  try {
    name = decodeURIComponent(url);
  } catch {
    return fail(400);
  }
  if (name.includes('\0')) return fail(400);
  const relative = options.root && name ? path.normalize(`.${path.sep}${name}`) : name;
  if (UPWARD.test(relative)) return fail(403);
  const parts = (options.root ? relative : path.normalize(name)).split(path.sep);
  const full = options.root ? path.normalize(path.join(path.resolve(options.root), relative)) : path.resolve(name);
  if (dotfiles !== 'allow' && parts.some((part) => part.length > 1 && part[0] === '.')) {
    return fail(dotfiles === 'deny' ? 403 : 404);
  }
  if (index.length > 0 && url.endsWith('/')) {
    return firstFile(index.map((file) => path.join(full, file)));
  }

  const endsWithSlash = full.endsWith(path.sep);
  fs.stat(full, (error, stat) => {
    if (error?.code === 'ENOENT' && !path.extname(full) && !endsWithSlash) {
      return firstFile(extensions.map((extension) => `${full}.${extension}`), error);
    }
    if (error) return failToRead(error);
    if (stat.isDirectory()) return hearers.directory ? hearers.directory(full) : fail(403);
    if (endsWithSlash) return fail(404);
    hearers.file?.();
    send(full, stat);
  });

  /** Sends the first of these that is a file. */
  function firstFile(files: string[], last?: NodeError): void {
    const [file, ...rest] = files;
    if (file === undefined) return last ? failToRead(last) : fail(404);
    fs.stat(file, (error, stat) => {
      if (error) return firstFile(rest, error);
      if (stat.isDirectory()) return firstFile(rest);
      hearers.file?.();
      send(file, stat);
    });
  }

  function send(file: string, stat: FileStat): void {
    if (res.headersSent) return fail(500, new Error("Can't set headers after they are sent."));
    setHeaders(file, stat);
    const { headers } = req;
    if (headers['if-match'] || headers['if-unmodified-since'] || headers['if-none-match'] || headers['if-modified-since']) {
      if (isPreconditionFailure()) return fail(412);
      const { statusCode } = res;
      if (((statusCode >= 200 && statusCode < 300) || statusCode === 304) && isFresh()) return notModified();
    }

    let start = options.start ?? 0;
    let length = Math.max(0, stat.size - start);
    if (options.end !== undefined) length = Math.min(length, options.end - start + 1);
    if ((options.acceptRanges ?? true) && /^ *bytes=/.test(headers['range'] ?? '')) {
      const ranges = isRangeFresh() ? rangesOf(kit, length, headers['range']!, true) : -2;
      if (ranges === -1) {
        res.setHeader('Content-Range', `bytes */${length}`);
        return fail(416, undefined, { 'Content-Range': `bytes */${length}` });
      }
      if (typeof ranges === 'object' && ranges.length === 1) {
        const [range] = ranges as [{ start: number; end: number }];
        res.statusCode = 206;
        res.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${length}`);
        start += range.start;
        length = range.end - range.start + 1;
      }
    }
    res.setHeader('Content-Length', length);
    if (req.method === 'HEAD') return void res.end();

    const stream = fs.createReadStream(file, { start, end: Math.max(start, start + length - 1) });
    stream.on('error', (error: NodeError) => {
      stream.destroy();
      failToRead(error);
    });
    stream.on('end', () => hearers.end?.());
    res.once('close', () => stream.destroy());
    stream.pipe(res);
  }

  function setHeaders(file: string, stat: FileStat): void {
    hearers.headers?.(res, file, stat);
    if ((options.acceptRanges ?? true) && !res.getHeader('Accept-Ranges')) res.setHeader('Accept-Ranges', 'bytes');
    if ((options.cacheControl ?? true) && !res.getHeader('Cache-Control')) {
      res.setHeader('Cache-Control', `public, max-age=${Math.floor(maxAge / 1000)}${options.immutable ? ', immutable' : ''}`);
    }
    if ((options.lastModified ?? true) && !res.getHeader('Last-Modified')) res.setHeader('Last-Modified', stat.mtime.toUTCString());
    if ((options.etag ?? true) && !res.getHeader('ETag')) res.setHeader('ETag', engine.etagOfFile(stat.size, stat.mtime.getTime()));
    if (!res.getHeader('Content-Type')) res.setHeader('Content-Type', kit.contentType(path.extname(file)) || 'application/octet-stream');
  }

  function isPreconditionFailure(): boolean {
    const match = req.headers['if-match'];
    if (match) {
      const etag = res.getHeader('ETag');
      const fits = (tag: string): boolean => tag === etag || tag === `W/${etag}` || `W/${tag}` === etag;
      return !etag || (match !== '*' && !match.split(',').some((tag) => fits(tag.trim())));
    }
    const unmodifiedSince = Date.parse(req.headers['if-unmodified-since'] ?? '');
    if (Number.isNaN(unmodifiedSince)) return false;
    return !(Date.parse(String(res.getHeader('Last-Modified'))) <= unmodifiedSince);
  }

  function isFresh(): boolean {
    const { headers } = req;
    const text = (name: string): string | undefined => (res.getHeader(name) === undefined ? undefined : String(res.getHeader(name)));
    return engine.isFresh(headers['if-none-match'], headers['if-modified-since'], headers['cache-control'], text('ETag'), text('Last-Modified'));
  }

  function isRangeFresh(): boolean {
    const given = req.headers['if-range'];
    if (!given) return true;
    if (given.includes('"')) {
      const etag = res.getHeader('ETag');
      return Boolean(etag && given.includes(String(etag)));
    }
    return Date.parse(String(res.getHeader('Last-Modified'))) <= Date.parse(given);
  }

  function notModified(): void {
    for (const part of ['Encoding', 'Language', 'Length', 'Range', 'Type']) res.removeHeader(`Content-${part}`);
    res.statusCode = 304;
    res.end();
  }
}
