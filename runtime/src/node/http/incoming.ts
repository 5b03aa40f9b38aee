/** `http.IncomingMessage`: a readable stream with the head of a message. */
import { Readable } from 'readable-stream';
import type { HeaderList } from '../../protocol';
import { nextTick } from '../shims/process';
import type { HttpSocket } from './socket';

export interface IncomingMessage extends Readable {
  socket: HttpSocket;
  connection: HttpSocket;
  httpVersion: string;
  httpVersionMajor: number;
  httpVersionMinor: number;
  complete: boolean;
  rawHeaders: string[];
  rawTrailers: string[];
  headers: Record<string, string | string[] | undefined>;
  headersDistinct: Record<string, string[]>;
  trailers: Record<string, string>;
  aborted: boolean;
  url: string;
  method: string | null;
  statusCode: number | null;
  statusMessage: string | null;
  _consumed: boolean;
  _dumped: boolean;
  _head(method: string | null, url: string, headers: HeaderList): void;
  _dump(): void;
  setTimeout(ms: number, listener?: () => void): this;
}

/** Of these a second one is dropped. */
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since',
  'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
]);

/** Names and values that `headers` is made from, as many as without `server.maxHeadersCount`. */
export const MOST_HEADER_WORDS = 2000;

const lazy = Symbol('headers');
interface Hidden {
  [lazy]?: IncomingMessage['headers'];
}

function join(headers: IncomingMessage['headers'], name: string, value: string): void {
  const key = name.toLowerCase();
  const old = headers[key];
  if (key === 'set-cookie') {
    if (Array.isArray(old)) old.push(value);
    else headers[key] = [value];
  } else if (old === undefined) headers[key] = value;
  else if (!SINGLE.has(key)) headers[key] = `${old as string}${key === 'cookie' ? '; ' : ', '}${value}`;
}

type Constructor = { new (socket: HttpSocket): IncomingMessage; (socket: HttpSocket): void; prototype: IncomingMessage };

export const IncomingMessage = function IncomingMessage(this: IncomingMessage, socket: HttpSocket) {
  (Readable as unknown as { call(self: unknown, options: object): void }).call(this, { autoDestroy: true, highWaterMark: 65_536 });
  this.socket = socket;
  this.httpVersionMajor = 1;
  this.httpVersionMinor = 1;
  this.httpVersion = '1.1';
  this.complete = false;
  this.rawHeaders = [];
  this.rawTrailers = [];
  this.trailers = {};
  this.aborted = false;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this._consumed = false;
  this._dumped = false;
} as unknown as Constructor;

Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

Object.defineProperties(IncomingMessage.prototype, {
  connection: {
    get(this: IncomingMessage) {
      return this.socket;
    },
    set(this: IncomingMessage, socket: HttpSocket) {
      this.socket = socket;
    },
    configurable: true,
  },
  headers: {
    get(this: IncomingMessage & Hidden) {
      if (!this[lazy]) {
        this[lazy] = {};
        const end = Math.min(this.rawHeaders.length, MOST_HEADER_WORDS);
        for (let at = 0; at < end; at += 2) join(this[lazy], this.rawHeaders[at]!, this.rawHeaders[at + 1]!);
      }
      return this[lazy];
    },
    set(this: Hidden, headers: IncomingMessage['headers']) {
      this[lazy] = headers;
    },
    configurable: true,
  },
  headersDistinct: {
    get(this: IncomingMessage) {
      const distinct: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
      for (let at = 0; at < this.rawHeaders.length; at += 2) (distinct[this.rawHeaders[at]!.toLowerCase()] ??= []).push(this.rawHeaders[at + 1]!);
      return distinct;
    },
    configurable: true,
  },
});

IncomingMessage.prototype._head = function (method, url, headers) {
  this.method = method;
  this.url = url;
  for (const [name, value] of headers) this.rawHeaders.push(name, value);
};

IncomingMessage.prototype._read = function () {
  this._consumed = true;
};

IncomingMessage.prototype._destroy = function (error, done) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  let reason = error;
  if (!this.complete && !this.socket.destroyed) this.socket.destroy(error);
  if (!reason && !this.complete) reason = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  if (this.listenerCount('error') === 0) reason = null;
  nextTick(() => done(reason));
};

/** Throws away what nobody read. */
IncomingMessage.prototype._dump = function () {
  if (this._dumped) return;
  this._dumped = true;
  this.resume();
};

IncomingMessage.prototype.setTimeout = function (ms, listener) {
  if (listener) this.on('timeout', listener);
  this.socket.setTimeout(ms);
  return this;
};
