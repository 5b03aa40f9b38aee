/** `http.ServerResponse`. */
import type { HeaderList } from '../../protocol';
import type { Sink } from '../../sandbox/wire';
import { format } from '../../console/inspect';
import { invalidArgType, nodeError, received } from '../errors';
import { pairsOf } from './client-options';
import { addValue, checkedList } from './framing';
import { hasInvalidCharacter, headersSent, type HeaderValue } from './headers';
import type { IncomingMessage } from './incoming';
import { nextTick } from '../shims/process';
import { kHeaders, OutgoingMessage } from './outgoing';
import type { HttpSocket } from './socket';
import { STATUS_CODES } from './status';

export const kSink = Symbol('sink');
const kRaw = Symbol('raw');
const kStatus = Symbol('status');

/** Where an answer goes, and whose time stands in it. */
export interface ResponseSink extends Sink {
  now(): number;
  /** The whole answer has been taken; called before `finish` is told. */
  finished(): void;
}

export interface ServerResponse extends OutgoingMessage {
  [kSink]: ResponseSink | undefined;
  [kRaw]?: string;
  /** What stands in the head, whatever `statusCode` becomes afterwards. */
  [kStatus]?: [code: number, message: string];
  _writeRaw(text: unknown, encoding?: unknown, done?: unknown): boolean;
  req: IncomingMessage;
  statusCode: number;
  statusMessage: string | undefined;
  _sent100: boolean;
  /** The client holds its body back until it is told to go on. */
  _expect_continue: boolean;
  writeHead(status: number, reason?: unknown, headers?: unknown): this;
  writeContinue(done?: () => void): void;
  writeProcessing(done?: () => void): void;
  writeEarlyHints(hints: object, done?: () => void): void;
  assignSocket(socket: HttpSocket): void;
  detachSocket(socket: HttpSocket): void;
}

export interface ResponseOptions {
  rejectNonStandardBodyWrites?: boolean | undefined;
}

type Constructor = { new (request: IncomingMessage, options?: ResponseOptions): ServerResponse; (request: IncomingMessage, options?: ResponseOptions): void; prototype: ServerResponse };

export const ServerResponse = function ServerResponse(this: ServerResponse, request: IncomingMessage, options?: ResponseOptions) {
  OutgoingMessage.call(this);
  this.req = request;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (request.method === 'HEAD') this._hasBody = false;
  if (options?.rejectNonStandardBodyWrites) this._rejectNonStandardBodyWrites = true;
} as unknown as Constructor;

Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);
const proto = ServerResponse.prototype;
proto.statusCode = 200;
proto.statusMessage = undefined;

proto._implicitHeader = function () {
  this.writeHead(this.statusCode);
};

proto._now = function () {
  return this[kSink]?.now() ?? Date.now();
};

proto.writeHead = function (status, reason, headers) {
  if (this._header !== null) throw headersSent('write');
  const code = Number(status) | 0;
  if (code < 100 || code > 999) throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${(format as (...args: unknown[]) => string)('%s', status)}`);
  let given = headers;
  if (typeof reason === 'string') this.statusMessage = reason;
  else {
    this.statusMessage ||= STATUS_CODES[code] ?? 'unknown';
    given ??= reason;
  }
  this.statusCode = code;
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  const list = merge(this, given);
  if (hasInvalidCharacter(this.statusMessage)) throw nodeError(TypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
  if (code === 204 || code === 304 || (code >= 100 && code <= 199)) this._hasBody = false;
  // A client that was told to wait for nothing sends no body on this connection.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this[kStatus] = [code, this.statusMessage];
  this._storeHeader(`HTTP/1.1 ${code} ${this.statusMessage}`, list);
  return this;
};

/** Headers of the table, overwritten by those given to writeHead: an object, pairs, or a flat list. Without a table these are kept nowhere. */
function merge(response: ServerResponse, given: unknown): HeaderList {
  const table = response[kHeaders];
  if (typeof given !== 'object' || given === null) return table?.list() ?? [];
  const pairs = pairsOf(given);
  if (!table) return checkedList(pairs);
  for (const [name, value] of pairs) if (name) response.setHeader(name, value as HeaderValue);
  return table.list();
}

Object.defineProperty(proto, 'writeHeader', { value: proto.writeHead, writable: true, configurable: true });

proto._sendHead = function () {
  const [code, message] = this[kStatus] ?? [this.statusCode, this.statusMessage ?? ''];
  this[kSink]?.head(code, message, this._headerList);
};

proto._sendBytes = function (bytes) {
  this[kSink]?.chunk(bytes);
};

proto._finishes = function () {
  this[kSink]?.finished();
};

proto._sendEnd = function (trailers) {
  this[kSink]?.end(trailers);
};

proto.writeContinue = function (done) {
  this._sent100 = true;
  this[kSink]?.information?.(100, 'Continue', []);
  if (done) nextTick(done);
};
proto.writeProcessing = function (done) {
  this[kSink]?.information?.(102, 'Processing', []);
  if (done) nextTick(done);
};

// What RFC 8288 calls a link: an address in brackets, then its parameters.
const LINK = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function checkLink(value: unknown): string {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  for (const item of values) {
    if (typeof item !== 'string' || !LINK.test(item)) {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'hints' must be an array or string of format "</styles.css>; rel=preload; as=style".${received(item)}`);
    }
  }
  return values.join(', ');
}

proto.writeEarlyHints = function (hints, done) {
  if (typeof hints !== 'object' || hints === null) throw invalidArgType('hints', 'of type object', hints);
  const { link, ...others } = hints as Record<string, unknown>;
  if (link === undefined || link === null) return;
  const text = checkLink(link);
  if (text === '') return;
  const headers: HeaderList = [['Link', text]];
  for (const [name, value] of Object.entries(others)) addValue(headers, name, value);
  this[kSink]?.information?.(103, 'Early Hints', headers);
  if (done) nextTick(done);
};

/** Text below the methods: a whole informational head is understood, piece by piece. */
proto._writeRaw = function (text, encoding, done) {
  const callback = typeof encoding === 'function' ? encoding : done;
  this[kRaw] = (this[kRaw] ?? '') + String(text);
  const whole = /^HTTP\/1\.1 (1\d\d) (.*)\r\n([\s\S]*?)\r\n$/.exec(this[kRaw]);
  if (whole && (whole[3] === '' || whole[3]!.endsWith('\r\n'))) {
    const headers = whole[3]!.split('\r\n').filter(Boolean).map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
    this[kSink]?.information?.(Number(whole[1]), whole[2]!, headers);
    this[kRaw] = '';
  }
  if (typeof callback === 'function') nextTick(callback as () => void);
  return true;
};
proto.assignSocket = function (socket) {
  if (socket._httpMessage) throw nodeError(Error, 'ERR_HTTP_SOCKET_ASSIGNED', 'ServerResponse has an already assigned socket');
  socket._httpMessage = this;
  this.socket = socket;
  this.emit('socket', socket);
};
proto.detachSocket = function (socket) {
  socket._httpMessage = null;
  this.socket = null;
};
