/** `http.ServerResponse`. */
import type { HeaderList } from '../../protocol';
import type { Sink } from '../../sandbox/wire';
import { nodeError } from '../errors';
import { checkName, checkValue, hasInvalidCharacter, headersSent, HeaderTable, type HeaderValue } from './headers';
import type { IncomingMessage } from './incoming';
import { kHeaders, OutgoingMessage } from './outgoing';
import type { HttpSocket } from './socket';
import { STATUS_CODES } from './status';

export const kSink = Symbol('sink');
export const kNow = Symbol('now');

export interface ServerResponse extends OutgoingMessage {
  [kSink]: Sink | undefined;
  [kNow]: (() => number) | undefined;
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

type Constructor = { new (request: IncomingMessage): ServerResponse; prototype: ServerResponse };

export const ServerResponse = function ServerResponse(this: ServerResponse, request: IncomingMessage) {
  OutgoingMessage.call(this);
  this.req = request;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (request.method === 'HEAD') this._hasBody = false;
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
  return this[kNow]?.() ?? Date.now();
};

proto.writeHead = function (status, reason, headers) {
  if (this._header !== null) throw headersSent('write');
  const code = Number(status) | 0;
  if (code < 100 || code > 999) throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${String(status)}`);
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
  this._storeHeader(`HTTP/1.1 ${code} ${this.statusMessage}`, list);
  return this;
};

/** Headers of the table, overwritten by those given to writeHead: an object, pairs, or a flat list. */
function merge(response: ServerResponse, given: unknown): HeaderList {
  if (typeof given !== 'object' || given === null) return response[kHeaders]?.list() ?? [];
  const table = (response[kHeaders] ??= new HeaderTable());
  if (Array.isArray(given)) {
    const flat = given.flat(1) as (string | HeaderValue)[];
    if (flat.length % 2 !== 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'headers' is invalid");
    const added = new HeaderTable();
    for (let at = 0; at < flat.length; at += 2) {
      const [name, value] = [flat[at] as string, flat[at + 1]!];
      const key = name.toLowerCase();
      const old = added.get(key);
      added.set(key, [name, old ? [old[1], value].flat().map(String) : value]);
    }
    for (const [key, entry] of added) {
      checkName(entry[0]);
      checkValue(entry[0], entry[1]);
      table.set(key, entry);
    }
  } else {
    for (const [name, value] of Object.entries(given as Record<string, HeaderValue>)) {
      if (name) {
        checkName(name);
        checkValue(name, value);
        table.set(name.toLowerCase(), [name, value]);
      }
    }
  }
  return table.list();
}

Object.defineProperty(proto, 'writeHeader', { value: proto.writeHead, writable: true, configurable: true });

proto._sendHead = function () {
  this[kSink]?.head(this.statusCode, this.statusMessage ?? '', this._headerList);
};

proto._sendBytes = function (bytes) {
  this[kSink]?.chunk(bytes);
};

proto._sendEnd = function () {
  this[kSink]?.end();
};

proto.writeContinue = function (done) {
  this._sent100 = true;
  done?.();
};
proto.writeProcessing = function (done) {
  done?.();
};
proto.writeEarlyHints = function (_hints, done) {
  done?.();
};
proto.assignSocket = function (socket) {
  socket._httpMessage = this;
  this.socket = socket;
  this.emit('socket', socket);
};
proto.detachSocket = function (socket) {
  socket._httpMessage = null;
  this.socket = null;
};
