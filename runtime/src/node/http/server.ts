/** `http.Server` on the virtual ports of a sandbox. */
import { callerPlace } from '../../sandbox/stack';
import type { LiveTrace } from '../../sandbox/trace';
import type { Connection, PortHandler, RawRequest, Sink } from '../../sandbox/wire';
import { nodeError, received } from '../errors';
import { PortListener, type Listener } from '../net/listener';
import { accept } from './accept';
import { framed, refusal, refuse } from './gate';
import type { IncomingMessage } from './incoming';
import type { ServerResponse } from './response';
import { readServerOptions, type ServerOptions } from './server-options';
import { HttpSocket } from './socket';
import { STATUS_CODES } from './status';
import { isUpgrade, takeOver, type Takeover } from './takeover';

export class Server extends PortListener implements PortHandler {
  readonly secure: boolean = false;
  timeout = 0;
  keepAliveTimeout: number;
  headersTimeout: number;
  requestTimeout: number;
  maxHeadersCount: number | null = null;
  maxRequestsPerSocket = 0;
  maxConnections: number | undefined;
  private readonly open_ = new Set<Sink>();
  private readonly place: ReturnType<typeof callerPlace>;
  private closing = false;
  /** Connections that may carry a further request. */
  private readonly kept = new Set<HttpSocket>();
  private readonly options: ServerOptions;

  constructor(options?: unknown, listener?: Listener) {
    super();
    this.options = readServerOptions(options);
    this.keepAliveTimeout = this.options.keepAliveTimeout;
    this.headersTimeout = this.options.headersTimeout;
    this.requestTimeout = this.options.requestTimeout;
    for (const name of ['open_', 'kept', 'options', 'place', 'closing']) Object.defineProperty(this, name, { enumerable: false });
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
    this.closeIdleConnections();
    this.closeIfIdle();
    return this;
  }

  closeAllConnections(): void {
    for (const sink of this.open_) sink.reset('socket hang up');
    this.open_.clear();
    for (const socket of [...this.kept]) socket.destroy();
    this.closeIfIdle();
  }

  closeIdleConnections(): void {
    for (const socket of [...this.kept]) if (socket._httpMessage === null) socket.destroy();
  }

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
    const { options } = this;
    const refused = refusal(request, options.maxHeaderSize, options.requireHostHeader);
    if (refused) return refuse(this.program, this, refused, request, sink, live);
    const begin = (): void => void this.open_.add(sink);
    const end = (): void => {
      this.open_.delete(sink);
      this.closeIfIdle();
    };
    const event = this.takes(request);
    if (event) return takeOver(request, sink, live, { program: this.program, server: this, event, place: this.place, begin, end });
    return accept(this.program, this, framed(request), sink, live, {
      begin,
      end,
      call: (req, res) => this.call(req, res),
      place: this.place,
      socket: (make) => this.socket(request, make),
      joinDuplicateHeaders: options.joinDuplicateHeaders,
      rejectNonStandardBodyWrites: options.rejectNonStandardBodyWrites,
      maxHeadersCount: this.maxHeadersCount,
      keepAliveTimeout: this.keepAliveTimeout,
      ...(this.secure ? { secure: true } : {}),
      ...(options.classes.IncomingMessage ? { IncomingMessage: options.classes.IncomingMessage } : {}),
      ...(options.classes.ServerResponse ? { ServerResponse: options.classes.ServerResponse } : {}),
    });
  }

  /** Whether the program wants the connection of this request for itself. */
  private takes({ method, headers }: RawRequest): Takeover | undefined {
    if (method === 'CONNECT') return 'connect';
    return this.listenerCount('upgrade') > 0 && isUpgrade(headers) ? 'upgrade' : undefined;
  }

  /** A handler that is an async function and fails, when `events.captureRejections` is on. */
  [Symbol.for('nodejs.rejection')](error: Error, event: string, ...args: unknown[]): void {
    if (event !== 'request') return void this.emit('error', error);
    const response = args[1] as ServerResponse;
    if (response.headersSent || response.writableEnded) return void response.destroy();
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.statusCode = 500;
    response.end(STATUS_CODES[500]);
  }

  private call(request: IncomingMessage, response: ServerResponse): void {
    const expected = request.headers.expect;
    if (typeof expected === 'string') {
      if (!/(?:^|\W)100-continue(?:$|\W)/i.test(expected)) {
        if (this.listenerCount('checkExpectation') > 0) return void this.emit('checkExpectation', request, response);
        response.writeHead(417);
        response.end();
        return;
      }
      response._expect_continue = true;
      if (this.listenerCount('checkContinue') > 0) return void this.emit('checkContinue', request, response);
      response.writeContinue();
    }
    this.emit('request', request, response);
  }

  /** The server's end of a connection: kept with the client's, so that its next request comes over the same. */
  private socket(request: RawRequest, make: () => HttpSocket): HttpSocket {
    const client = request.connection as HttpSocket | undefined;
    const fresh = (): HttpSocket => {
      const socket = make();
      socket.server = this;
      if (this.timeout > 0) socket.setTimeout(this.timeout);
      socket.on('timeout', () => this.idle(socket));
      socket.on('error', (error: Error) => void this.emit('clientError', error, socket));
      if (client) {
        this.kept.add(socket);
        socket.remotePort = client.localPort;
        socket.once('close', () => {
          this.kept.delete(socket);
          // What is still on its way to the client comes first.
          this.program.post(() => client.destroy());
        });
        client.once('close', () => {
          if (socket._httpMessage === null) socket.destroy();
        });
      }
      this.emit('connection', socket);
      return socket;
    };
    return client ? HttpSocket.peer(client, fresh) : fresh();
  }

  /** Nothing came or went for a while; when nobody cares, the connection is cut. */
  private idle(socket: HttpSocket): void {
    const response = socket._httpMessage as ServerResponse | null;
    const told = [response && !response.req.complete && response.req.emit('timeout', socket), response?.emit('timeout', socket), this.emit('timeout', socket)];
    if (!told.some(Boolean)) socket.destroy();
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
