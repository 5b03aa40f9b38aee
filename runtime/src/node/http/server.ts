/** `http.Server` on the virtual ports of a sandbox. */
import EventEmitter from 'events';
import type { Program, Server as Listening } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { callerPlace } from '../../sandbox/stack';
import type { LiveTrace } from '../../sandbox/trace';
import type { Connection, PortHandler, RawRequest, Sink } from '../../sandbox/wire';
import { errnoOf, nodeError, received } from '../errors';
import { accept, type Service } from './accept';

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
  readonly secure: boolean = false;
  timeout = 0;
  keepAliveTimeout = 5000;
  headersTimeout = 60_000;
  requestTimeout = 300_000;
  maxHeadersCount: number | null = null;
  maxConnections: number | undefined;
  listening = false;
  port = 0;
  refed = true;
  host = '::';
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
    if (port === 0) port = world.freePort();
    this.host = options.host ?? '::';
    if (world.isTaken(port)) {
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
      ...(this.secure ? { secure: true } : {}),
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

/** `https.Server`: the same over a connection that counts as encrypted. Certificates are taken and not looked at. */
export class SecureServer extends Server {
  override readonly secure = true;
  private readonly hasCertificate: boolean;

  constructor(options?: unknown, listener?: Listener) {
    super(options, listener);
    const given = (typeof options === 'object' && options !== null ? options : {}) as Record<string, unknown>;
    this.hasCertificate = ['cert', 'pfx', 'SNICallback'].some((name) => given[name]);
  }

  override accept(request: RawRequest, sink: Sink, live: LiveTrace): Connection {
    if (this.hasCertificate) return super.accept(request, sink, live);
    // As in Node, where the handshake finds no cipher that both know.
    sink.reset('https.createServer was given no certificate: pass { key, cert }');
    return { abort() {} };
  }
}
