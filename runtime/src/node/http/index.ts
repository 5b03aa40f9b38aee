/** What `require('http')` and `require('https')` give. */
import EventEmitter from 'events';
import { ClientRequest, request } from './client';
import { checkName, checkValue } from './headers';
import { IncomingMessage } from './incoming';
import { OutgoingMessage } from './outgoing';
import { ServerResponse } from './response';
import { SecureServer, Server } from './server';
import { METHODS, STATUS_CODES } from './status';

class Agent extends EventEmitter {
  maxSockets = Infinity;
  keepAlive: boolean;
  readonly sockets = {};
  readonly freeSockets = {};
  readonly requests = {};
  constructor(readonly options: { keepAlive?: boolean } = {}) {
    super();
    this.keepAlive = options.keepAlive ?? false;
  }
  destroy(): void {}
}

/** Old code calls `http.Server(handler)` without `new`. */
const callable = <T extends new (...args: never[]) => object>(Class: T): T =>
  new Proxy(Class, { apply: (target, _self, args) => Reflect.construct(target, args) as object });

export function makeHttp(): Record<string, unknown> {
  const get = (...args: unknown[]): ClientRequest => request('http:', args).end();
  return {
    METHODS: [...METHODS],
    STATUS_CODES: { ...STATUS_CODES },
    Agent,
    ClientRequest,
    IncomingMessage,
    OutgoingMessage,
    Server: callable(Server),
    ServerResponse,
    createServer: (options?: unknown, listener?: () => void) => new Server(options, listener),
    validateHeaderName: checkName,
    validateHeaderValue: checkValue,
    get,
    request: (...args: unknown[]) => request('http:', args),
    setMaxIdleHTTPParsers: () => undefined,
    maxHeaderSize: 16_384,
    globalAgent: new Agent({ keepAlive: true }),
  };
}

/** TLS itself is not simulated: a request over https reaches a server made here, and shows as encrypted. */
export function makeHttps(): Record<string, unknown> {
  return {
    Agent,
    Server: callable(SecureServer),
    createServer: (options?: unknown, listener?: () => void) => new SecureServer(options, listener),
    get: (...args: unknown[]) => request('https:', args).end(),
    request: (...args: unknown[]) => request('https:', args),
    globalAgent: new Agent({ keepAlive: true }),
  };
}
