/** `http.Server` on the virtual ports of a sandbox. */
import EventEmitter from 'events';
import type { Program, Server as Listening } from '../../sandbox/program';
import { current, inTask } from '../../sandbox/realm';
import { callerPlace, projectFile } from '../../sandbox/stack';
import { plainLayer, TRACE, type LiveTrace } from '../../sandbox/trace';
import type { Connection, PortHandler, RawRequest, Sink } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { errnoOf, nodeError, received } from '../errors';
import { IncomingMessage } from './incoming';
import { kNow, kSink, ServerResponse } from './response';
import { HttpSocket } from './socket';

type Listener = (...args: never[]) => void;
interface ListenOptions {
  port?: number | string;
  host?: string;
  path?: string;
  signal?: AbortSignal;
}

function portNumber(port: unknown): number {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536.${received(port)}.`);
  }
  return number;
}

export class Server extends EventEmitter implements PortHandler, Listening {
  timeout = 0;
  keepAliveTimeout = 5000;
  headersTimeout = 60_000;
  requestTimeout = 300_000;
  maxHeadersCount: number | null = null;
  maxConnections: number | undefined;
  listening = false;
  port = 0;
  refed = true;
  private host = '::';
  private readonly open_ = new Set<Sink>();
  private readonly program: Program;
  private readonly place: ReturnType<typeof callerPlace>;
  private closing = false;
  /** Classes given to `createServer`; Express has its own. */
  private readonly classes: Pick<Service, 'IncomingMessage' | 'ServerResponse'>;

  constructor(options?: unknown, listener?: Listener) {
    super();
    this.classes = typeof options === 'object' && options !== null ? (options as Server['classes']) : {};
    this.program = current.owner as Program;
    this.place = callerPlace();
    const handler = typeof options === 'function' ? (options as Listener) : listener;
    if (handler !== undefined && typeof handler !== 'function') {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "listener" argument must be of type function.${received(handler)}`);
    }
    if (handler) this.on('request', handler);
  }

  listen(...args: unknown[]): this {
    const { program } = this;
    const { world } = program;
    const callback = args.findLast((item) => typeof item === 'function') as Listener | undefined;
    const [first, second] = args;
    const options: ListenOptions = typeof first === 'object' && first !== null ? first : { port: first as number };
    if (typeof first !== 'object' && typeof second === 'string') options.host = second;
    if (this.listening) throw nodeError(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (callback) this.once('listening', callback);
    let port = options.port === undefined || options.port === null || typeof options.port === 'function' ? 0 : portNumber(options.port);
    if (port === 0) for (port = 49_152; world.ports.has(port); ) port += 1;
    this.host = options.host ?? '::';
    if (world.ports.has(port)) {
      const shown = `${this.host}:${port}`;
      const error = Object.assign(new Error(`listen EADDRINUSE: address already in use ${shown}`), {
        code: 'EADDRINUSE', errno: errnoOf('EADDRINUSE'), syscall: 'listen', address: this.host, port,
      });
      program.nextTick(() => this.emit('error', error));
      return this;
    }
    this.port = port;
    this.listening = true;
    this.closing = false;
    world.open(port, this);
    program.servers.add(this);
    options.signal?.addEventListener('abort', () => this.close());
    program.nextTick(() => {
      if (this.listening) this.emit('listening');
    });
    return this;
  }

  address(): object | null {
    if (!this.listening) return null;
    return { address: this.host === 'localhost' ? '127.0.0.1' : this.host, family: this.host.includes(':') ? 'IPv6' : 'IPv4', port: this.port };
  }

  close(done?: (error?: Error) => void): this {
    if (typeof done === 'function') {
      if (this.listening) this.once('close', done as Listener);
      else this.once('close', (() => done(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'))) as Listener);
    }
    this.stop();
    this.closing = true;
    this.closeIfIdle();
    return this;
  }

  closeAllConnections(): void {
    for (const sink of this.open_) sink.reset('socket hang up');
    this.open_.clear();
    this.closeIfIdle();
  }

  closeIdleConnections(): void {}

  getConnections(done: (error: null, count: number) => void): this {
    this.program.nextTick(() => done(null, this.open_.size));
    return this;
  }

  setTimeout(ms: number, listener?: Listener): this {
    this.timeout = ms;
    if (listener) this.on('timeout', listener);
    return this;
  }

  ref(): this {
    this.refed = true;
    return this;
  }

  unref(): this {
    this.refed = false;
    this.program.world.released();
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.close(() => resolve()));
  }

  /** The program ended. */
  drop(): void {
    this.stop();
    for (const sink of this.open_) sink.reset('socket hang up');
    this.open_.clear();
  }

  accept(request: RawRequest, sink: Sink, live: LiveTrace): Connection {
    return accept(this.program, this, request, sink, live, {
      begin: () => void this.open_.add(sink),
      end: () => {
        this.open_.delete(sink);
        this.closeIfIdle();
      },
      call: (req, res) => void this.emit('request', req, res),
      place: this.place,
      ...(this.classes.IncomingMessage ? { IncomingMessage: this.classes.IncomingMessage } : {}),
      ...(this.classes.ServerResponse ? { ServerResponse: this.classes.ServerResponse } : {}),
    });
  }

  private stop(): void {
    if (!this.listening) return;
    this.listening = false;
    this.program.world.shut(this.port);
    this.program.servers.delete(this);
    this.program.world.released();
  }

  private closeIfIdle(): void {
    if (!this.closing || this.open_.size > 0 || this.program.closed) return;
    this.closing = false;
    this.program.nextTick(() => this.emit('close'));
  }
}

export interface Service {
  begin(): void;
  end(): void;
  call(request: IncomingMessage, response: ServerResponse): unknown;
  place: ReturnType<typeof callerPlace>;
  IncomingMessage?: typeof IncomingMessage;
  ServerResponse?: typeof ServerResponse;
}

/** Runs one request through a handler: makes the objects, feeds the body, ends both sides as Node does. */
export function accept(program: Program, server: unknown, raw: RawRequest, sink: Sink, live: LiveTrace, service: Service): Connection {
  const socket = new HttpSocket(raw.remoteAddress, raw.port);
  socket.server = server;
  const request = new (service.IncomingMessage ?? IncomingMessage)(socket);
  request._head(raw.method, raw.target, raw.headers);
  const response = new (service.ServerResponse ?? ServerResponse)(request);
  response[kNow] = () => program.world.clock.now();
  let answered = false;
  const layer = plainLayer('request', service.place ? { file: projectFile(service.place.path), line: service.place.line, column: service.place.column } : {});
  response[kSink] = {
    head(status, message, headers) {
      live.recorder?.answering();
      sink.head(status, message, headers);
    },
    chunk: (bytes) => sink.chunk(bytes),
    end() {
      answered = true;
      if (!live.claimed) {
        layer.does = 'answers';
        layer.ms = live.elapsed();
        live.trace.answered = layer;
      }
      sink.end();
      service.end();
    },
    reset: (message) => sink.reset(message),
  };
  response.assignSocket(socket);
  live.response = response;
  Object.defineProperty(request, TRACE, { value: live, configurable: true });
  socket.onCut = () => {
    if (answered) return;
    sink.reset('socket hang up');
    service.end();
    gone();
  };
  response.once('finish', () => {
    response.detachSocket(socket);
    if (!request._consumed) request._dump();
    program.nextTick(() => {
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    });
  });
  let left = false;
  /** The other side is away before the answer was complete. */
  function gone(): void {
    if (left) return;
    left = true;
    program.post(() => {
      if (!request.complete || !request.readableEnded) request.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    }, live.trace.id);
  }
  service.begin();
  program.post(() => {
    let failed = false;
    try {
      service.call(request, response);
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      if (!live.claimed) {
        live.trace.layers.push(layer);
        if (failed) layer.does = 'throws';
        if (!answered) live.trace.stopped = layer;
        response.once('finish', () => delete live.trace.stopped);
      }
    }
    feed(program, request, raw, live.trace.id);
  }, live.trace.id);
  return {
    live,
    abort() {
      if (answered) return;
      answered = true;
      socket.destroyed = true;
      service.end();
      inTask(program, live.trace.id, gone);
    },
  };
}

/** The body arrives: at once, or in pieces one task apart. */
function feed(program: Program, request: IncomingMessage, raw: RawRequest, trace: number): void {
  const chunks = raw.chunks ?? (raw.body.length > 0 ? [raw.body] : []);
  if (raw.chunks === undefined || chunks.length === 0) {
    for (const chunk of chunks) push(request, chunk);
    request.complete = true;
    request.push(null);
    return;
  }
  const [first, ...rest] = chunks;
  push(request, first!);
  let at = 0;
  const next = (): void => {
    if (request.destroyed) return;
    const chunk = rest[at];
    at += 1;
    if (chunk) push(request, chunk);
    else {
      request.complete = true;
      request.push(null);
      return;
    }
    program.post(next, trace);
  };
  program.post(next, trace);
}

function push(request: IncomingMessage, chunk: Uint8Array): void {
  request.push(Buffer.from(chunk));
}
