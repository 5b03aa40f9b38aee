/** `http.IncomingMessage`: a readable stream with the head of a message. */
import { Readable, Stream } from 'readable-stream';
import type { HeaderList } from '../../protocol';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { lastTick, nextTick } from '../shims/process';
import type { HttpSocket } from './socket';

type Table = Record<string, string | string[] | undefined>;

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
  trailers: Table;
  trailersDistinct: Record<string, string[]>;
  joinDuplicateHeaders: boolean | undefined;
  client: HttpSocket;
  aborted: boolean;
  url: string;
  method: string | null;
  statusCode: number | null;
  statusMessage: string | null;
  _consumed: boolean;
  _eventsCount: number;
  _readableState: Record<'flowing' | 'reading' | 'needReadable' | 'ended' | 'endEmitted' | 'destroyed' | 'closed' | 'closeEmitted' | 'errored', boolean> & { length: number };
  _dumped: boolean;
  _head(method: string | null, url: string, headers: HeaderList, most?: number | null): void;
  _tail(trailers: HeaderList | undefined): void;
  _addHeaderLine(name: string, value: string, table: Table): void;
  _addHeaderLineDistinct(name: string, value: string, table: Record<string, string[]>): void;
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
const lazyDistinct = Symbol('distinct headers');
const lazyTrailers = Symbol('trailers');
interface Hidden {
  [lazy]?: Table;
  [lazyDistinct]?: Record<string, string[]>;
  [lazyTrailers]?: Table;
}
function join(headers: Table, name: string, value: string, all: boolean | undefined): void {
  const key = name.toLowerCase();
  const old = headers[key];
  if (key === 'set-cookie') {
    if (Array.isArray(old)) old.push(value);
    else headers[key] = [value];
  } else if (typeof old !== 'string') headers[key] = value;
  else if (all || !SINGLE.has(key)) headers[key] = `${old}${key === 'cookie' ? '; ' : ', '}${value}`;
}

function tableOf(raw: string[], all: boolean | undefined): Table {
  const table: Table = {};
  const end = Math.min(raw.length, MOST_HEADER_WORDS);
  for (let at = 0; at < end; at += 2) join(table, raw[at]!, raw[at + 1]!, all);
  return table;
}

function distinct(raw: string[]): Record<string, string[]> {
  const table = Object.create(null) as Record<string, string[]>;
  for (let at = 0; at < raw.length; at += 2) (table[raw[at]!.toLowerCase()] ??= []).push(raw[at + 1]!);
  return table;
}

type Constructor = { new (socket?: HttpSocket): IncomingMessage; (socket?: HttpSocket): void; prototype: IncomingMessage };

const STREAM = { highWaterMark: 65_536 };
type StreamParts = { ReadableState: new (options: object, stream: object, isDuplex: boolean) => IncomingMessage['_readableState'] };

export const IncomingMessage = function IncomingMessage(this: IncomingMessage, socket: HttpSocket) {
  // What `Readable.call(this)` does, without looking at options for each request.
  this._readableState = new (Readable as unknown as StreamParts).ReadableState(STREAM, this, false);
  (Stream as unknown as { call(self: unknown): void }).call(this);
  this.socket = socket;
  this.client = socket;
  this.joinDuplicateHeaders = false;
  this.httpVersionMajor = 1;
  this.httpVersionMinor = 1;
  this.httpVersion = '1.1';
  this.complete = false;
  this.rawHeaders = [];
  this.rawTrailers = [];
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
      return (this[lazy] ??= tableOf(this.rawHeaders, this.joinDuplicateHeaders));
    },
    set(this: Hidden, headers: Table) {
      this[lazy] = headers;
    },
    configurable: true,
  },
  headersDistinct: {
    get(this: IncomingMessage & Hidden) {
      return (this[lazyDistinct] ??= distinct(this.rawHeaders));
    },
    set(this: Hidden, headers: Record<string, string[]>) {
      this[lazyDistinct] = headers;
    },
    configurable: true,
  },
  trailers: {
    get(this: IncomingMessage & Hidden) {
      return (this[lazyTrailers] ??= tableOf(this.rawTrailers, this.joinDuplicateHeaders));
    },
    set(this: Hidden, trailers: Table) {
      this[lazyTrailers] = trailers;
    },
    configurable: true,
  },
  trailersDistinct: {
    get(this: IncomingMessage) {
      return distinct(this.rawTrailers);
    },
    configurable: true,
  },
});

IncomingMessage.prototype._head = function (method, url, headers, most) {
  this.method = method;
  this.url = url;
  const { rawHeaders } = this;
  const count = most ? Math.min(most, headers.length) : headers.length;
  for (let at = 0; at < count; at += 1) rawHeaders.push(headers[at]![0], headers[at]![1]);
};

IncomingMessage.prototype._tail = function (this: IncomingMessage & Hidden, trailers) {
  for (const [name, value] of trailers ?? []) this.rawTrailers.push(name, value);
  delete this[lazyTrailers];
};

IncomingMessage.prototype._addHeaderLine = function (name, value, table) {
  join(table, name, value, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLineDistinct = function (name, value, table) {
  (table[name.toLowerCase()] ??= []).push(value);
};

IncomingMessage.prototype._read = function () {
  this._consumed = true;
};

IncomingMessage.prototype._destroy = destroyMessage;

function destroyMessage(this: IncomingMessage, error: Error | null, done: (error?: Error | null) => void): void {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  if (this.aborted && this.socket && !this.socket.destroyed) this.socket.destroy(error);
  nextTick(() => done(this.listenerCount('error') === 0 ? null : error));
}

const iterate = (Readable.prototype as unknown as Record<symbol, () => unknown>)[Symbol.asyncIterator]!;

/** Behind `forEach`, `map` and the like, too: from here on promises read, though no word of the program says so. */
(IncomingMessage.prototype as unknown as Record<symbol, () => unknown>)[Symbol.asyncIterator] = function () {
  const { owner } = current;
  if (owner) (owner as Program).usesPromises = true;
  return iterate.call(this);
};

/** Nobody listens to an empty message, and the methods are all our own. */
function isUntouched(message: IncomingMessage): boolean {
  const { resume, read, push, destroy } = Readable.prototype;
  const state = message._readableState;
  return message._eventsCount === 0 && state.length === 0 && state.flowing === null && !message._dumped && message._dump === dump &&
    message.resume === resume && message.read === read && message.push === push && message.destroy === destroy && message._destroy === destroyMessage;
}

/**
 * The end of a body has come: what `push(null)` does, which tells listeners in the next tick. When there is none, and no tick runs
 * before that could add one (`isNext`), at once.
 */
export function bodyEnds(message: IncomingMessage, isNext: boolean): void {
  if (!isNext || !isUntouched(message) || message.emit !== Readable.prototype.emit) return void message.push(null);
  const state = message._readableState;
  state.reading = state.needReadable = false;
  state.ended = true;
}

/**
 * Whether `_dump` can be done with `resumes` in the next tick and `endsSoon` after it: a message that is complete and empty, with
 * nobody who listens and methods that are all our own. Step by step through the stream takes longer than much of a small request.
 */
export function dumpsPlainly(message: IncomingMessage): boolean {
  const isPlain = message.complete && isUntouched(message);
  if (isPlain) message._dumped = message._readableState.flowing = true;
  return isPlain;
}

export function resumes(message: IncomingMessage): void {
  if (message._readableState.length > 0) message.read(0);
  else message.emit('resume');
}

/** Each state and each event in its tick. */
export function endsNext(message: IncomingMessage): void {
  nextTick(ends as () => void, message);
}

/** If others could see it; else at once. */
export function endsSoon(message: IncomingMessage): void {
  lastTick(ends, message);
}

function ends(message: IncomingMessage): void {
  const state = message._readableState;
  if (state.endEmitted || state.closeEmitted || state.errored || state.length > 0) return;
  state.endEmitted = true;
  message.emit('end');
  if (state.destroyed || message.destroy !== Readable.prototype.destroy || message._destroy !== destroyMessage) return void message.destroy();
  state.destroyed = true;
  lastTick(closes, message);
}

function closes(message: IncomingMessage): void {
  message._readableState.closed = true;
  lastTick(isClosed, message);
}

function isClosed(message: IncomingMessage): void {
  message._readableState.closeEmitted = true;
  message.emit('close');
}

/** Throws away what nobody read. */
function dump(this: IncomingMessage): void {
  if (this._dumped) return;
  this._dumped = true;
  // What is buffered is nobody's any more.
  this.removeAllListeners('data');
  this.resume();
}

IncomingMessage.prototype._dump = dump;

IncomingMessage.prototype.setTimeout = function (ms, listener) {
  if (listener) this.on('timeout', listener);
  this.socket.setTimeout(ms);
  return this;
};
