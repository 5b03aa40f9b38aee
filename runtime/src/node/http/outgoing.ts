/** `http.OutgoingMessage`: headers, implicit headers, body framing and the events around them. */
import { Stream } from 'readable-stream';
import type { HeaderList } from '../../protocol';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import { nextTick } from '../shims/process';
import { deprecated } from '../deprecated';
import { readTrailers, storeHeader } from './framing';
import { checkName, checkValue, headersSent, HeaderTable, keyOf, type HeaderValue } from './headers';
import { HttpSocket } from './socket';

type Done = (...args: unknown[]) => void;
export const kHeaders = Symbol('headers');
const kErrored = Symbol('errored');
const kPending = Symbol('pending');
const kNeedDrain = Symbol('needs drain');
const kBytes = Symbol('bytes');
/** Bytes on their way after which a writer is told to wait. */
const HIGH_WATER = 16_384;

export interface OutgoingMessage extends Stream {
  [kHeaders]: HeaderTable | null;
  [kErrored]: Error | undefined;
  [kPending]: number;
  [kNeedDrain]: boolean;
  [kBytes]: number;
  writable: boolean;
  destroyed: boolean;
  chunkedEncoding: boolean;
  shouldKeepAlive: boolean;
  useChunkedEncodingByDefault: boolean;
  sendDate: boolean;
  finished: boolean;
  strictContentLength: boolean;
  socket: HttpSocket | null;
  connection: HttpSocket | null;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly writableLength: number;
  readonly writableObjectMode: boolean;
  readonly writableCorked: number;
  readonly writableHighWaterMark: number;
  readonly writableNeedDrain: boolean;
  readonly errored: Error | undefined;
  readonly closed: boolean;
  /** Names that are listened to. */
  _eventsCount: number;
  _closed: boolean;
  _hasBody: boolean;
  _header: string | null;
  _headerSent: boolean;
  _contentLength: number | null;
  /** The connection ends with this message. */
  _last: boolean;
  _removedTE: boolean;
  _removedContLen: boolean;
  _removedConnection: boolean;
  /** Ms, for the header Keep-Alive; 0 for none. */
  _keepAliveTimeout: number;
  _rejectNonStandardBodyWrites: boolean;
  _trailers: HeaderList | undefined;
  _finished: boolean;
  _headerList: HeaderList;
  _implicitHeader(): void;
  _storeHeader(firstLine: string, headers: HeaderList): void;
  /** Where the bytes go; the head goes first. */
  _sendHead(): void;
  _sendBytes(bytes: Uint8Array): void;
  _sendEnd(trailers?: HeaderList): void;
  /** The connection has taken all of it. */
  _finishes(): void;
  /** Calls when a connection has taken the whole message. */
  _whenTaken(run: () => void): void;
  /** Bytes that no connection has taken yet. */
  _held(): number;
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
  this[kErrored] = undefined;
  this[kPending] = 0;
  this[kNeedDrain] = false;
  this[kBytes] = 0;
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
  this._removedConnection = false;
  this._keepAliveTimeout = 0;
  this._rejectNonStandardBodyWrites = false;
  this._trailers = undefined;
  this._finished = false;
} as unknown as Constructor;

Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);
const proto = OutgoingMessage.prototype;

const getters: Record<string, (this: OutgoingMessage) => unknown> = {
  headersSent() {
    return this._header !== null;
  },
  writableEnded() {
    return this.finished;
  },
  writableFinished() {
    return this.finished && this._held() === 0;
  },
  writableLength() {
    return this._held() + (this[kNeedDrain] ? this[kPending] : 0);
  },
  writableObjectMode: () => false,
  writableCorked: () => 0,
  writableHighWaterMark: () => HIGH_WATER,
  writableNeedDrain() {
    return !this.destroyed && !this.finished && this[kNeedDrain];
  },
  errored() {
    return this[kErrored];
  },
  closed() {
    return this._closed;
  },
};
for (const [name, get] of Object.entries(getters)) Object.defineProperty(proto, name, { get, configurable: true });
Object.defineProperty(proto, 'connection', {
  get(this: OutgoingMessage) {
    return this.socket;
  },
  set(this: OutgoingMessage, socket: HttpSocket) {
    this.socket = socket;
  },
  configurable: true,
});
Object.defineProperty(proto, '_headers', {
  get: deprecated('OutgoingMessage.prototype._headers is deprecated', 'DEP0066', function (this: OutgoingMessage) {
    return this.getHeaders();
  }),
  set: deprecated('OutgoingMessage.prototype._headers is deprecated', 'DEP0066', function (this: OutgoingMessage, headers: Record<string, HeaderValue> | null) {
    this[kHeaders] = null;
    for (const [name, value] of Object.entries(headers ?? {})) (this[kHeaders] ??= new HeaderTable()).set(keyOf(name), name, value);
  }),
  configurable: true,
});
Object.defineProperty(proto, '_headerNames', {
  get: deprecated('OutgoingMessage.prototype._headerNames is deprecated', 'DEP0066', function (this: OutgoingMessage) {
    const table = this[kHeaders];
    if (table === null) return null;
    return Object.assign(Object.create(null) as object, Object.fromEntries(table.keys.map((key, at) => [key, table.names[at]])));
  }),
  set: deprecated('OutgoingMessage.prototype._headerNames is deprecated', 'DEP0066', function (this: OutgoingMessage, names: Record<string, string> | null) {
    for (const [key, name] of Object.entries(names ?? {})) {
      const value = this[kHeaders]?.get(key);
      if (value !== undefined) this[kHeaders]?.set(key, name, value);
    }
  }),
  configurable: true,
});

proto.setHeader = function (name, value) {
  if (this._header !== null) throw headersSent('set');
  checkName(name);
  checkValue(name, value);
  (this[kHeaders] ??= new HeaderTable()).set(keyOf(name), name, value);
  return this;
};

proto.appendHeader = function (name, value) {
  if (this._header !== null) throw headersSent('append');
  checkName(name);
  checkValue(name, value);
  const table = (this[kHeaders] ??= new HeaderTable());
  const key = keyOf(name);
  const old = table.get(key);
  table.set(key, table.nameOf(key) ?? name, old === undefined ? value : [old, value].flat().map(String));
  return this;
};

proto.setHeaders = function (headers) {
  if (this._header !== null) throw headersSent('set');
  const isTable = headers instanceof Map || (typeof headers === 'object' && headers !== null && Object.prototype.toString.call(headers) === '[object Headers]');
  if (!isTable) throw invalidArgType('headers', 'an instance of Headers or Map', headers);
  for (const [name, value] of headers as Iterable<[string, HeaderValue]>) {
    if (name === 'set-cookie' && !(headers instanceof Map)) this.appendHeader(name, value);
    else this.setHeader(name, value);
  }
  return this;
};

function nameArgument(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalidArgType('name', 'of type string', name);
}

proto.getHeader = function (name) {
  nameArgument(name);
  return this[kHeaders]?.get(keyOf(name));
};

proto.getHeaders = function () {
  const headers = Object.create(null) as Record<string, HeaderValue>;
  const table = this[kHeaders];
  for (const [at, key] of table?.keys.entries() ?? []) headers[key] = table!.values[at]!;
  return headers;
};

proto.getHeaderNames = function () {
  return [...(this[kHeaders]?.keys ?? [])];
};

proto.getRawHeaderNames = function () {
  return [...(this[kHeaders]?.names ?? [])];
};

proto.hasHeader = function (name) {
  nameArgument(name);
  return this[kHeaders]?.has(keyOf(name)) ?? false;
};

proto.removeHeader = function (name) {
  nameArgument(name);
  if (this._header !== null) throw headersSent('remove');
  const key = keyOf(name);
  if (key === 'transfer-encoding') this._removedTE = true;
  if (key === 'content-length') this._removedContLen = true;
  if (key === 'connection') this._removedConnection = true;
  if (key === 'date') this.sendDate = false;
  this[kHeaders]?.delete(key);
};

proto._implicitHeader = function () {
  throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
};

proto._storeHeader = function (firstLine, headers) {
  storeHeader(this, firstLine, headers);
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

/** A message with a length that is held to it. */
function isStrict(message: OutgoingMessage): boolean {
  return message.strictContentLength && message._hasBody && !message.chunkedEncoding && typeof message._contentLength === 'number' && !message._removedContLen && Boolean(message[kHeaders]?.has('content-length'));
}

function mismatch(bytes: number, length: number): Error {
  return nodeError(Error, 'ERR_HTTP_CONTENT_LENGTH_MISMATCH', `Response body's content-length of ${bytes} byte(s) does not match the content-length of ${length} byte(s) set in header`);
}

/** The connection has taken what was written. */
function drained(message: OutgoingMessage): void {
  message[kPending] = 0;
  message[kNeedDrain] = false;
  if (!message.finished && !message.destroyed) message.emit('drain');
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
    const given = message.strictContentLength ? message[kHeaders]?.get('content-length') : undefined;
    if (given !== undefined) message._contentLength = Number(given);
    else if (last) message._contentLength = bytes.length;
    message._implicitHeader();
  }
  if (isStrict(message)) {
    const sum = message[kBytes] + bytes.length;
    if (last ? sum !== message._contentLength : sum > message._contentLength!) throw mismatch(sum, message._contentLength!);
  }
  if (!message._hasBody) {
    if (message._rejectNonStandardBodyWrites) throw nodeError(Error, 'ERR_HTTP_BODY_NOT_ALLOWED', 'Adding content for this request method or response status is not allowed.');
    if (typeof done === 'function') nextTick(done as Done);
    return true;
  }
  sendHead(message);
  if (bytes.length > 0) {
    message._sendBytes(bytes);
    if (message.socket instanceof HttpSocket) HttpSocket.used(message.socket, bytes.length);
    message[kBytes] += bytes.length;
    message[kPending] += bytes.length;
  }
  if (typeof done === 'function') nextTick(done as Done);
  if (message[kPending] < HIGH_WATER) return true;
  if (!message[kNeedDrain]) {
    message[kNeedDrain] = true;
    nextTick(drained as Done, message);
  }
  return false;
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
  } else if (isStrict(this) && this[kBytes] !== this._contentLength) throw mismatch(this[kBytes], this._contentLength!);
  if (typeof callback === 'function') this.once('finish', callback as () => void);
  sendHead(this);
  this.finished = true;
  const isLate = this.destroyed || Boolean(this.socket?.destroyed);
  this.emit('prefinish');
  this._sendEnd(this.chunkedEncoding ? this._trailers : undefined);
  this._whenTaken(() => {
    // Nobody takes what comes when the connection is gone.
    if (isLate || (this.destroyed && !this._finished && this[kErrored])) return;
    this._finished = true;
    this._finishes();
    this.emit('finish');
  });
  return this;
};

proto._finishes = () => undefined;
proto._held = () => 0;
proto._whenTaken = function (run) {
  nextTick(run);
};

proto.destroy = function (error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error ?? undefined;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', (socket: HttpSocket) => socket.destroy(error));
  return this;
};

proto.addTrailers = function (headers) {
  this._trailers = readTrailers(headers);
};
proto.cork = function () {};
proto.uncork = function () {};

proto.setTimeout = function (ms, listener) {
  if (listener) this.on('timeout', listener);
  if (this.socket) this.socket.setTimeout(ms);
  else this.once('socket', (socket: HttpSocket) => socket.setTimeout(ms));
  return this;
};

Object.defineProperty(proto, 'pipe', {
  value(this: OutgoingMessage) {
    this.emit('error', nodeError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
  },
  writable: true,
  configurable: true,
});
