/** What `require('send')` gives: sends one file with conditional and partial answers. `express.static` and `res.sendFile` use it too. */
import { escapeHtml, htmlPage } from './final';
import type { Kit } from './kit';
import { rangesOf } from './request';
import type { Emitter, FileOptions, FileStat, NodeError, Request, Response } from './types';
import { withoutLeadingSlashes } from './url';

/** Emits `error`, `directory`, `file`, `headers`, `stream` and `end`, as the `send` package does. */
export interface SendStream extends Emitter {
  pipe(res: Response): Response;
  send(path: string, stat: FileStat): void;
}

export interface SendFunction {
  (req: Request, path: string, options?: FileOptions): SendStream;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;
const UPWARD = /(?:^|[\\/])\.\.(?:[\\/]|$)/;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 365.25 * 86_400_000 };
/** Failures of reading that mean "no such file". */
const MISSING = ['ENAMETOOLONG', 'ENOENT', 'ENOTDIR'];

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

export function makeSend(kit: Kit): SendFunction {
  const { fs, path, engine, createError } = kit;
  const { EventEmitter } = kit;

  class FileStream extends EventEmitter implements SendStream {
    private readonly dotfiles: string;
    private readonly extensions: string[];
    private readonly index: string[];
    private readonly maxAge: number;
    private readonly root: string | null;
    private res!: Response;

    constructor(
      private readonly req: Request,
      private readonly target: string,
      private readonly options: FileOptions,
    ) {
      super();
      this.dotfiles = options.dotfiles ?? 'ignore';
      if (!['ignore', 'allow', 'deny'].includes(this.dotfiles)) {
        throw new TypeError('dotfiles option must be "allow", "deny", or "ignore"');
      }
      this.extensions = listOf(options.extensions, 'extensions option');
      this.index = options.index === undefined ? ['index.html'] : listOf(options.index, 'index option');
      this.maxAge = milliseconds(options.maxAge || options.maxage);
      this.root = options.root ? path.resolve(options.root) : null;
    }

    pipe(res: Response): Response {
      this.res = res;
      const name = decoded(this.target);
      if (name === undefined || name.includes('\0')) return this.error(400);
      const { root } = this;
      const relative = root !== null && name ? path.normalize(`.${path.sep}${name}`) : name;
      if (UPWARD.test(relative)) return this.error(403);
      const parts = (root === null ? path.normalize(name) : relative).split(path.sep);
      const full = root === null ? path.resolve(name) : path.normalize(path.join(root, relative));
      if (this.dotfiles !== 'allow' && parts.some((part) => part.length > 1 && part[0] === '.')) {
        return this.error(this.dotfiles === 'deny' ? 403 : 404);
      }
      if (this.index.length > 0 && this.target.endsWith('/')) this.sendFirst(this.index.map((file) => path.join(full, file)));
      else this.sendFile(full);
      return res;
    }

    /** Answers with a file that exists. */
    send(file: string, stat: FileStat): void {
      const { req, res, options } = this;
      if (res.headersSent) return void this.error(500, new Error("Can't set headers after they are sent."));
      this.setHeaders(file, stat);
      const { headers } = req;
      if (headers['if-match'] || headers['if-unmodified-since'] || headers['if-none-match'] || headers['if-modified-since']) {
        if (this.isPreconditionFailure()) return void this.error(412);
        const { statusCode } = res;
        if (((statusCode >= 200 && statusCode < 300) || statusCode === 304) && this.isFresh()) return this.notModified();
      }

      let start = options.start ?? 0;
      let length = Math.max(0, stat.size - start);
      if (options.end !== undefined) length = Math.min(length, options.end - start + 1);
      if ((options.acceptRanges ?? true) && /^ *bytes=/.test(headers['range'] ?? '')) {
        const ranges = this.isRangeFresh() ? rangesOf(kit, length, headers['range']!, true) : -2;
        if (ranges === -1) {
          res.setHeader('Content-Range', `bytes */${length}`);
          return void this.error(416, undefined, { 'Content-Range': `bytes */${length}` });
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
      this.stream(file, start, Math.max(start, start + length - 1));
    }

    private stream(file: string, start: number, end: number): void {
      const { res } = this;
      const stream = fs.createReadStream(file, { start, end });
      this.emit('stream', stream);
      stream.pipe(res);
      res.once('close', () => stream.destroy());
      stream.on('error', (error: NodeError) => {
        stream.destroy();
        this.failToRead(error);
      });
      stream.on('end', () => this.emit('end'));
    }

    private sendFile(full: string): void {
      const endsWithSlash = full.endsWith(path.sep);
      fs.stat(full, (error, stat) => {
        if (error?.code === 'ENOENT' && !path.extname(full) && !endsWithSlash) {
          return this.sendFirst(this.extensions.map((extension) => `${full}.${extension}`), error);
        }
        if (error) return this.failToRead(error);
        if (stat.isDirectory()) return this.redirect(full);
        if (endsWithSlash) return void this.error(404);
        this.emit('file', full, stat);
        this.send(full, stat);
      });
    }

    /** Sends the first of these that is a file. */
    private sendFirst(files: string[], last?: NodeError): void {
      const [file, ...rest] = files;
      if (file === undefined) return last ? this.failToRead(last) : void this.error(404);
      fs.stat(file, (error, stat) => {
        if (error) return this.sendFirst(rest, error);
        if (stat.isDirectory()) return this.sendFirst(rest);
        this.emit('file', file, stat);
        this.send(file, stat);
      });
    }

    private redirect(folder: string): void {
      const { res } = this;
      if (this.listenerCount('directory') > 0) return void this.emit('directory', res, folder);
      if (this.target.endsWith('/')) return void this.error(403);
      answerRedirect(kit, res, engine.encodeUrl(withoutLeadingSlashes(`${this.target}/`)));
    }

    private failToRead(error: NodeError): void {
      this.error(MISSING.includes(error.code ?? '') ? 404 : 500, error);
    }

    private error(status: number, cause?: NodeError, headers?: Record<string, string>): Response {
      const { res } = this;
      if (this.listenerCount('error') > 0) {
        const properties = { ...(cause ? { expose: false } : {}), ...(headers ? { headers } : {}) };
        this.emit('error', createError(status, cause, properties));
        return res;
      }
      const page = htmlPage('Error', escapeHtml(kit.http.STATUS_CODES[status] || String(status)));
      for (const name of res.getHeaderNames()) res.removeHeader(name);
      for (const [name, value] of Object.entries(headers ?? {})) res.setHeader(name, value);
      answerPage(kit, res, status, page);
      return res;
    }

    private setHeaders(file: string, stat: FileStat): void {
      const { res, options } = this;
      this.emit('headers', res, file, stat);
      if ((options.acceptRanges ?? true) && !res.getHeader('Accept-Ranges')) res.setHeader('Accept-Ranges', 'bytes');
      if ((options.cacheControl ?? true) && !res.getHeader('Cache-Control')) {
        res.setHeader('Cache-Control', `public, max-age=${Math.floor(this.maxAge / 1000)}${options.immutable ? ', immutable' : ''}`);
      }
      if ((options.lastModified ?? true) && !res.getHeader('Last-Modified')) res.setHeader('Last-Modified', stat.mtime.toUTCString());
      if ((options.etag ?? true) && !res.getHeader('ETag')) res.setHeader('ETag', engine.etagOfFile(stat.size, stat.mtime.getTime()));
      if (!res.getHeader('Content-Type')) res.setHeader('Content-Type', kit.contentType(path.extname(file)) || 'application/octet-stream');
    }

    private isPreconditionFailure(): boolean {
      const { headers } = this.req;
      const match = headers['if-match'];
      if (match) {
        const etag = this.res.getHeader('ETag');
        const fits = (tag: string): boolean => tag === etag || tag === `W/${etag}` || `W/${tag}` === etag;
        return !etag || (match !== '*' && !match.split(',').some((tag) => fits(tag.trim())));
      }
      const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '');
      if (Number.isNaN(unmodifiedSince)) return false;
      return !(Date.parse(String(this.res.getHeader('Last-Modified'))) <= unmodifiedSince);
    }

    private isFresh(): boolean {
      const { headers } = this.req;
      const text = (name: string): string | undefined => {
        const value = this.res.getHeader(name);
        return value === undefined ? undefined : String(value);
      };
      return engine.isFresh(headers['if-none-match'], headers['if-modified-since'], headers['cache-control'], text('ETag'), text('Last-Modified'));
    }

    private isRangeFresh(): boolean {
      const given = this.req.headers['if-range'];
      if (!given) return true;
      if (given.includes('"')) {
        const etag = this.res.getHeader('ETag');
        return Boolean(etag && given.includes(String(etag)));
      }
      return Date.parse(String(this.res.getHeader('Last-Modified'))) <= Date.parse(given);
    }

    private notModified(): void {
      const { res } = this;
      for (const part of ['Encoding', 'Language', 'Length', 'Range', 'Type']) res.removeHeader(`Content-${part}`);
      res.statusCode = 304;
      res.end();
    }
  }

  return (req, target, options) => new FileStream(req, target, options ?? {});
}

function decoded(url: string): string | undefined {
  try {
    return decodeURIComponent(url);
  } catch {
    return undefined;
  }
}

/** Answers with an HTML page of Express's own. */
function answerPage(kit: Kit, res: Response, status: number, page: string, location?: string): void {
  res.statusCode = status;
  res.setHeader('Content-Type', 'text/html; charset=UTF-8');
  res.setHeader('Content-Length', kit.Buffer.byteLength(page));
  res.setHeader('Content-Security-Policy', "default-src 'none'");
  res.setHeader('X-Content-Type-Options', 'nosniff');
  if (location !== undefined) res.setHeader('Location', location);
  res.end(page);
}

/** Sends the client on to a folder's address. */
export function answerRedirect(kit: Kit, res: Response, location: string): void {
  answerPage(kit, res, 301, htmlPage('Redirecting', `Redirecting to ${escapeHtml(location)}`), location);
}
