/** `http.Server` on the virtual ports of a sandbox. */
import { callerPlace } from '../../sandbox/stack';
import type { LiveTrace } from '../../sandbox/trace';
import type { Connection, PortHandler, RawRequest, Sink } from '../../sandbox/wire';
import { nodeError, received } from '../errors';
import { PortListener, type Listener } from '../net/listener';
import { accept, type Service } from './accept';

export class Server extends PortListener implements PortHandler {
  readonly secure: boolean = false;
  timeout = 0;
  keepAliveTimeout = 5000;
  headersTimeout = 60_000;
  requestTimeout = 300_000;
  maxHeadersCount: number | null = null;
  maxConnections: number | undefined;
  private readonly open_ = new Set<Sink>();
  private readonly place: ReturnType<typeof callerPlace>;
  private closing = false;
  /** Classes given to `createServer`; Express has its own. */
  private readonly classes: Pick<Service, 'IncomingMessage' | 'ServerResponse'>;

  constructor(options?: unknown, listener?: Listener) {
    super();
    this.classes = typeof options === 'object' && options !== null ? (options as Server['classes']) : {};
    this.place = callerPlace();
    const handler = typeof options === 'function' ? (options as Listener) : listener;
    if (handler !== undefined && typeof handler !== 'function') {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "listener" argument must be of type function.${received(handler)}`);
    }
    if (handler) this.on('request', handler);
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

  protected occupy(port: number): void {
    this.closing = false;
    this.program.world.open(port, this);
  }

  protected leave(port: number): void {
    this.program.world.shut(port);
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
