/** `http.OutgoingMessage`: headers, implicit headers, body framing and the events around them. */
import { Stream } from 'readable-stream';
import type { HeaderList } from '../../protocol';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import { nextTick } from '../shims/process';
import { checkName, checkValue, headersSent, HeaderTable, type HeaderValue } from './headers';
import type { HttpSocket } from './socket';

type Done = (...args: unknown[]) => void;
export const kHeaders = Symbol('headers');
const kErrored = Symbol('errored');

export interface OutgoingMessage extends Stream {
  [kHeaders]: HeaderTable | null;
  [kErrored]: Error | null;
  writable: boolean;
  destroyed: boolean;
  chunkedEncoding: boolean;
  shouldKeepAlive: boolean;
  useChunkedEncodingByDefault: boolean;
  sendDate: boolean;
  finished: boolean;
  strictContentLength: boolean;
  socket: HttpSocket | null;
  readonly connection: HttpSocket | null;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly writableLength: number;
  readonly writableObjectMode: boolean;
  readonly writableCorked: number;
  readonly writableHighWaterMark: number;
  readonly writableNeedDrain: boolean;
  readonly errored: Error | null;
  readonly closed: boolean;
  _closed: boolean;
  _hasBody: boolean;
  _header: string | null;
  _headerSent: boolean;
  _contentLength: number | null;
  /** The connection ends with this message. */
  _last: boolean;
  _removedTE: boolean;
  _removedContLen: boolean;
  _finished: boolean;
  _headerList: HeaderList;
  _implicitHeader(): void;
  _storeHeader(firstLine: string, headers: HeaderList): void;
  /** Where the bytes go; the head goes first. */
  _sendHead(): void;
  _sendBytes(bytes: Uint8Array): void;
  _sendEnd(): void;
  _now(): number;
  setHeader(name: string, value: HeaderValue): this;
  appendHeader(name: string, value: HeaderValue): this;
  setHeaders(headers: Headers | Map<string, HeaderValue>): this;
  getHeader(name: string): HeaderValue | undefined;
  getHeaders(): Record<string, HeaderValue>;
  getHeaderNames(): string[];
  getRawHeaderNames(): string[];
  hasHeader(name: string): boolean;
  removeHeader(name: string): void;
  flushHeaders(): void;
  addTrailers(headers: object): void;
  write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
  end(chunk?: unknown, encoding?: unknown, done?: unknown): this;
  destroy(error?: Error | null): this;
  cork(): void;
  uncork(): void;
  setTimeout(ms: number, listener?: () => void): this;
}

type Constructor = { new (): OutgoingMessage; call(self: unknown): void; prototype: OutgoingMessage };

export const OutgoingMessage = function OutgoingMessage(this: OutgoingMessage) {
  (Stream as unknown as { call(self: unknown): void }).call(this);
  this[kHeaders] = null;
  this[kErrored] = null;
  this.writable = true;
  this.destroyed = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this.finished = false;
  this.strictContentLength = false;
  this.socket = null;
  this._closed = false;
  this._hasBody = true;
  this._header = null;
  this._headerSent = false;
  this._contentLength = null;
  this._last = false;
  this._removedTE = false;
  this._removedContLen = false;
  this._finished = false;
} as unknown as Constructor;

Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);
const proto = OutgoingMessage.prototype;

const getters: Record<string, (this: OutgoingMessage) => unknown> = {
  connection() {
    return this.socket;
  },
  headersSent() {
    return this._header !== null;
  },
  writableEnded() {
    return this.finished;
  },
  writableFinished() {
    return this.finished && this._finished;
  },
  writableLength: () => 0,
  writableObjectMode: () => false,
  writableCorked: () => 0,
  writableHighWaterMark: () => 16_384,
  writableNeedDrain: () => false,
  errored() {
    return this[kErrored];
  },
  closed() {
    return this._closed;
  },
  _headers() {
    return this.getHeaders();
  },
};
for (const [name, get] of Object.entries(getters)) Object.defineProperty(proto, name, { get, configurable: true });

proto.setHeader = function (name, value) {
  if (this._header !== null) throw headersSent('set');
  checkName(name);
  checkValue(name, value);
  (this[kHeaders] ??= new HeaderTable()).set(name.toLowerCase(), [name, value]);
  return this;
};

proto.appendHeader = function (name, value) {
  if (this._header !== null) throw headersSent('append');
  checkName(name);
  checkValue(name, value);
  const old = this[kHeaders]?.get(name.toLowerCase());
  const values = [...(old ? [old[1]].flat() : []), ...[value].flat()].map(String);
  (this[kHeaders] ??= new HeaderTable()).set(name.toLowerCase(), [old?.[0] ?? name, old ? values : value]);
  return this;
};

proto.setHeaders = function (headers) {
  if (this._header !== null) throw headersSent('set');
  for (const [name, value] of headers as Iterable<[string, HeaderValue]>) {
    if (name === 'set-cookie') this.appendHeader(name, value);
    else this.setHeader(name, value);
  }
  return this;
};

function nameArgument(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalidArgType('name', 'of type string', name);
}

proto.getHeader = function (name) {
  nameArgument(name);
  return this[kHeaders]?.get(name.toLowerCase())?.[1];
};

proto.getHeaders = function () {
  const headers = Object.create(null) as Record<string, HeaderValue>;
  for (const [key, [, value]] of this[kHeaders] ?? []) headers[key] = value;
  return headers;
};

proto.getHeaderNames = function () {
  return [...(this[kHeaders]?.keys() ?? [])];
};

proto.getRawHeaderNames = function () {
  return [...(this[kHeaders]?.values() ?? [])].map(([name]) => name);
};

proto.hasHeader = function (name) {
  nameArgument(name);
  return this[kHeaders]?.has(name.toLowerCase()) ?? false;
};

proto.removeHeader = function (name) {
  nameArgument(name);
  if (this._header !== null) throw headersSent('remove');
  const key = name.toLowerCase();
  if (key === 'transfer-encoding') this._removedTE = true;
  if (key === 'content-length') this._removedContLen = true;
  if (key === 'date') this.sendDate = false;
  this[kHeaders]?.delete(key);
};

proto._implicitHeader = function () {
  throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
};

/** Milliseconds that the server keeps an idle connection. */
function keepAlive({ socket }: OutgoingMessage): number {
  return (socket?.server as { keepAliveTimeout?: number } | undefined)?.keepAliveTimeout ?? 5000;
}

proto._storeHeader = function (firstLine, headers) {
  const has = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const list: HeaderList = [...headers];
  if (this.sendDate && !has.has('date')) list.push(['Date', new Date(this._now()).toUTCString()]);
  const connection = has.get('connection');
  if (connection === undefined) {
    list.push(['Connection', this.shouldKeepAlive ? 'keep-alive' : 'close']);
    if (this.shouldKeepAlive && this.sendDate) list.push(['Keep-Alive', `timeout=${Math.floor(keepAlive(this) / 1000)}`]);
  } else if (/close/i.test(connection)) this.shouldKeepAlive = false;
  const encoding = has.get('transfer-encoding');
  if (encoding !== undefined && /chunked/i.test(encoding)) this.chunkedEncoding = true;
  if (!has.has('content-length') && encoding === undefined) {
    if (!this._hasBody) this.chunkedEncoding = false;
    else if (!this.useChunkedEncodingByDefault) this._last = true;
    else if (!this._removedContLen && typeof this._contentLength === 'number') list.push(['Content-Length', String(this._contentLength)]);
    else if (!this._removedTE) {
      list.push(['Transfer-Encoding', 'chunked']);
      this.chunkedEncoding = true;
    }
  }
  this._headerList = list;
  this._header = `${firstLine}\r\n${list.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
};

proto.flushHeaders = function () {
  if (this._header === null) this._implicitHeader();
  sendHead(this);
};

function sendHead(message: OutgoingMessage): void {
  if (message._headerSent) return;
  message._headerSent = true;
  message._sendHead();
}

function fail(message: OutgoingMessage, error: Error, done: unknown): void {
  nextTick(() => {
    if (typeof done === 'function') (done as Done)(error);
    if (!message.destroyed) message.emit('error', error);
  });
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8');
  if (chunk instanceof Uint8Array) return chunk;
  if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  throw invalidArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

function writeBytes(message: OutgoingMessage, chunk: unknown, encoding: unknown, done: unknown, last: boolean): boolean {
  const bytes = bytesOf(chunk, encoding);
  const error = message.finished
    ? nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
    : message.destroyed
      ? nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed')
      : undefined;
  if (error) {
    if (!message.destroyed) fail(message, error, done);
    else if (typeof done === 'function') nextTick(done as Done, error);
    return false;
  }
  if (message._header === null) {
    if (last) message._contentLength = bytes.length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (typeof done === 'function') nextTick(done as Done);
    return true;
  }
  sendHead(message);
  if (bytes.length > 0) message._sendBytes(bytes);
  if (typeof done === 'function') nextTick(done as Done);
  return true;
}

proto.write = function (chunk, encoding, done) {
  if (typeof encoding === 'function') return writeBytes(this, chunk, null, encoding, false);
  return writeBytes(this, chunk, encoding, done, false);
};

proto.end = function (chunk, encoding, done) {
  let [body, form, callback] = [chunk, encoding, done];
  if (typeof body === 'function') [body, form, callback] = [null, null, body];
  else if (typeof form === 'function') [form, callback] = [null, form];
  if (body) {
    if (this.finished) {
      fail(this, nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback);
      return this;
    }
    writeBytes(this, body, form, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (this.writableFinished) (callback as Done)(nodeError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
      else this.once('finish', callback as () => void);
    }
    return this;
  } else if (this._header === null) {
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback as () => void);
  sendHead(this);
  this.finished = true;
  this.emit('prefinish');
  this._sendEnd();
  nextTick(() => {
    if (this.destroyed && !this._finished && this[kErrored]) return;
    this._finished = true;
    this.emit('finish');
  });
  return this;
};

proto.destroy = function (error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error ?? null;
  this.socket?.destroy(error);
  return this;
};

proto.addTrailers = function () {};
proto.cork = function () {};
proto.uncork = function () {};

proto.setTimeout = function (ms, listener) {
  if (listener) this.on('timeout', listener);
  this.socket?.setTimeout(ms);
  return this;
};

Object.defineProperty(proto, 'pipe', {
  value(this: OutgoingMessage) {
    this.emit('error', nodeError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
  },
  writable: true,
  configurable: true,
});
