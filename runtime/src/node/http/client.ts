/** `http.request` and `http.get`, to the virtual ports of the same sandbox and to scripted third parties. */
import type { HeaderList } from '../../protocol';
import { exchange } from '../../sandbox/exchange';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { concat } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { Socket } from '../net/socket';
import { abortError, invalidArgType } from '../errors';
import { globalAgentOf, type Agent } from './agent';
import { pairsOf, readArguments, settle } from './client-options';
import { checkedList } from './framing';
import { responseProblem } from './head-check';
import { IncomingMessage } from './incoming';
import { kHeaders, OutgoingMessage } from './outgoing';
import { duration, HttpSocket } from './socket';
import { STATUS_CODES } from './status';
import type { Takeover, Tunnel } from './takeover';

export interface RequestOptions {
  protocol?: string | null;
  host?: string | null;
  hostname?: string | null;
  port?: number | string | null;
  defaultPort?: number | string;
  path?: string | null;
  method?: string | null;
  headers?: unknown;
  auth?: string;
  signal?: AbortSignal | undefined;
  timeout?: number;
  agent?: unknown;
  createConnection?: unknown;
  setHost?: boolean;
  localAddress?: string;
  family?: number;
  socketPath?: string;
  keepAlive?: boolean;
  joinDuplicateHeaders?: boolean;
  insecureHTTPParser?: boolean;
  maxHeaderSize?: number;
  _defaultAgent?: unknown;
}

type OnResponse = (response: IncomingMessage) => void;
/** Bodies that are written without a word about their length go nowhere: the other side cannot tell them from a next request. */
const BODILESS = /^(GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/;

const reset = (message: string): Error => Object.assign(new Error(message), { code: 'ECONNRESET' });

export class ClientRequest extends (OutgoingMessage as unknown as new () => OutgoingMessage) {
  method: string;
  path: string;
  host: string;
  protocol: string;
  agent: Agent | undefined;
  aborted = false;
  reusedSocket = false;
  res: IncomingMessage | null = null;
  timeout: number | undefined;
  timeoutCb: (() => void) | null = null;
  upgradeOrConnect = false;
  parser: object | null = null;
  maxHeadersCount: number | null = null;
  joinDuplicateHeaders: boolean | undefined;
  private readonly chunks: Uint8Array[] = [];
  private readonly url: URL;
  private readonly program: Program;
  private readonly controller = new AbortController();
  private readonly trace = current.trace;
  private readonly stores = current.stores;
  private readonly sentTrailers: HeaderList = [];
  private readonly maxHeaderSize: number | undefined;
  private started = false;
  private ready = false;
  private answered = false;
  private ended = false;
  private problem: Error | undefined;
  private whenTaken: (() => void) | undefined;
  /** Where further pieces of the body go, once the head is on its way. */
  private deliver: ((chunk: Uint8Array | null) => void) | undefined;

  constructor(...args: unknown[]) {
    super();
    const { options, listener } = readArguments(args);
    this.program = current.owner as Program;
    const settled = settle(options, globalAgentOf(this.program));
    const { agent, host, port } = settled;
    this.agent = agent;
    this.protocol = settled.protocol;
    this.method = settled.method;
    this.path = settled.path;
    this.host = host;
    this.timeout = options.timeout;
    this.joinDuplicateHeaders = options.joinDuplicateHeaders;
    this.maxHeaderSize = options.maxHeaderSize;
    const named = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    this.url = new URL(`${this.protocol}//${encodeURI(named)}:${port}/`);
    this.useChunkedEncodingByDefault = !BODILESS.test(this.method);
    this.shouldKeepAlive = agent ? agent.keepAlive || Number.isFinite(agent.maxSockets) : false;
    if (listener) this.once('response', listener as () => void);
    if (Array.isArray(options.headers)) {
      this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, checkedList(pairsOf(options.headers)));
    } else this.setHeaderOptions(options, port === settled.defaultPort ? named : `${named}:${port}`);
    if (options.timeout) this.timeoutCb = null;
    const { signal } = options;
    if (signal) {
      const stop = (): void => void this.destroy(abortError(signal));
      if (signal.aborted) this.program.nextTick(stop);
      else signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) this.destroy(abortError(signal));
    }
    this.take(options, settled.port);
    for (const name of ['chunks', 'url', 'program', 'controller', 'trace', 'stores', 'sentTrailers', 'deliver', 'whenTaken']) Object.defineProperty(this, name, { enumerable: false });
  }

  private setHeaderOptions(options: RequestOptions, host: string): void {
    const given = (options.headers ?? {}) as Record<string, never>;
    for (const name of Object.keys(given)) {
      if (name.toLowerCase() === 'host' && Array.isArray(given[name])) throw invalidArgType('options.headers.host', 'of type string', given[name]);
      this.setHeader(name, given[name]!);
    }
    if (options.setHost !== false && !this.hasHeader('host')) this.setHeader('Host', host);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    if (this.hasHeader('expect')) this._implicitHeader();
    if (this._header !== null) this.flushHeaders();
  }

  /** Asks for a connection. */
  private take(options: RequestOptions, port: number): void {
    const { signal: _signal, ...rest } = options;
    const wanted: RequestOptions = { ...rest, host: this.host, port, path: options.socketPath ?? null };
    if (this.agent) return this.agent.addRequest(this, wanted);
    if (typeof options.createConnection !== 'function') return this.onSocket(new HttpSocket('127.0.0.1', port));
    let over = false;
    const made = (error: Error | null, socket?: HttpSocket): void => {
      if (over) return;
      over = true;
      this.onSocket(socket, error);
    };
    const socket = (options.createConnection as (options: RequestOptions, done: typeof made) => HttpSocket | undefined)(wanted, made);
    if (socket) made(null, socket);
  }

  /** A connection is there, or none can be had. */
  onSocket(socket: HttpSocket | undefined, error?: Error | null): void {
    this.program.nextTick(() => {
      if (this.destroyed || error) {
        if (socket && !error && this.agent) socket.emit('free');
        else socket?.destroy(error);
        return this.failed(this.problem ?? error ?? undefined);
      }
      if (socket) this.attach(socket);
    });
  }

  private attach(socket: HttpSocket): void {
    this.socket = socket;
    socket._httpMessage = this;
    socket._hadError = false;
    this.reusedSocket ||= socket.bytesWritten > 0;
    HttpSocket.own(socket, { cut: () => this.controller.abort() });
    socket.once('error', this.onSocketError);
    socket.once('close', this.onSocketClose);
    socket.on('timeout', this.onSocketTimeout);
    if (this.timeout) this.listenTimeout();
    if (this.timeout && socket.timeout !== this.timeout) socket.setTimeout(this.timeout);
    this.emit('socket', socket);
    this.ready = true;
    if (this._headerSent) this.program.nextTick(() => this.start());
  }

  private detach(socket: HttpSocket): void {
    socket.off('error', this.onSocketError).off('close', this.onSocketClose).off('timeout', this.onSocketTimeout);
    HttpSocket.own(socket, undefined);
  }

  private readonly onSocketError = (error: Error): void => {
    this.destroyed = true;
    if (this.socket) this.socket._hadError = true;
    this.emit('error', error);
  };

  private readonly onSocketClose = (): void => {
    const { res, socket } = this;
    this.destroyed = true;
    if (res) {
      if (!res.complete) res.destroy(reset('aborted'));
      this.over();
      if (!res.aborted && res.readable) res.push(null);
      return;
    }
    if (socket && !socket._hadError) {
      socket._hadError = true;
      this.emit('error', reset('socket hang up'));
    }
    this.over();
  };

  private readonly onSocketTimeout = (): void => {
    this.timeoutCb?.();
    this.res?.emit('timeout');
  };

  private listenTimeout(): void {
    this.timeoutCb ??= () => {
      this.timeoutCb = () => undefined;
      this.emit('timeout');
    };
  }

  /** It ends without a connection. */
  private failed(error: Error | undefined): void {
    if (error) this.emit('error', error);
    else if (!this.aborted) this.emit('error', reset('socket hang up'));
    this.over();
  }

  override _implicitHeader(): void {
    if (this._header !== null) return;
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, this[kHeaders]?.list() ?? []);
  }

  override _now(): number {
    return this.program.world.clock.now();
  }

  /** What is written and ended at once is sent as a whole. */
  override _sendHead(): void {
    if (this.ready) this.program.nextTick(() => this.start());
  }

  override _sendBytes(bytes: Uint8Array): void {
    if (this.deliver) this.deliver(bytes.slice());
    else this.chunks.push(bytes.slice());
  }

  override _sendEnd(trailers?: HeaderList): void {
    if (trailers) this.sentTrailers.push(...trailers);
    this.deliver?.(null);
  }

  override _held(): number {
    return this.started || !this._header ? 0 : this._header.length;
  }

  override _whenTaken(run: () => void): void {
    if (this.started) this.program.nextTick(run);
    else this.whenTaken = run;
  }

  override setTimeout(ms: number, listener?: () => void): this {
    if (this.ended) return this;
    this.listenTimeout();
    const wait = duration(ms);
    if (listener) this.once('timeout', listener);
    const set = (socket: HttpSocket): void => {
      if (socket.connecting) socket.once('connect', () => socket.setTimeout(wait));
      else socket.setTimeout(wait);
    };
    if (this.socket) set(this.socket);
    else this.once('socket', set);
    return this;
  }

  clearTimeout(listener?: () => void): void {
    this.setTimeout(0, listener);
  }

  setNoDelay(): void {}
  setSocketKeepAlive(): void {}

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.program.nextTick(() => this.emit('abort'));
    this.destroy();
  }

  override destroy(error?: Error | null): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.res?._dump();
    this.problem = error ?? undefined;
    this.socket?.destroy(error);
    return this;
  }

  /** The answer begins. */
  private head(status: number, statusMessage: string, headers: HeaderList): void {
    this.answered = true;
    this.later(() => {
      if (this.destroyed) return;
      const problem = responseProblem(headers, this.maxHeaderSize);
      if (problem) return void this.socket?.destroy(problem);
      const message = this.message(status, statusMessage, headers);
      this.res = message;
      message.once('end', () => this.done());
      this.touch();
      if (!this.emit('response', message)) message._dump();
    });
  }

  private message(status: number, statusMessage: string, headers: HeaderList): IncomingMessage {
    const message = new IncomingMessage(this.socket!);
    if (this.joinDuplicateHeaders) message.joinDuplicateHeaders = true;
    message._head(null, '', headers, this.maxHeadersCount);
    message.statusCode = status;
    message.statusMessage = statusMessage;
    Object.defineProperty(message, 'req', { value: this, configurable: true, writable: true });
    return message;
  }

  private information(status: number, statusMessage: string, headers: HeaderList): void {
    this.later(() => {
      if (this.destroyed) return;
      if (status === 100) this.emit('continue');
      const { statusCode, headers: table, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = this.message(status, statusMessage || (STATUS_CODES[status] ?? ''), headers);
      this.emit('information', { statusCode, statusMessage, httpVersion, httpVersionMajor, httpVersionMinor, headers: table, rawHeaders });
    });
  }

  /** The server has taken the connection over: it is the program's now, if the program listens for that. */
  private taken(status: number, statusMessage: string, headers: HeaderList, tunnel: Tunnel): void {
    this.answered = true;
    this.later(() => {
      const event: Takeover = this.method === 'CONNECT' ? 'connect' : 'upgrade';
      const carrier = this.socket;
      const message = this.message(status, statusMessage, headers);
      Object.assign(message, { upgrade: true });
      if (!this.destroyed) this.res = message;
      if (this.destroyed || this.listenerCount(event) === 0) {
        tunnel.leave();
        return void carrier?.destroy();
      }
      if (carrier) {
        this.detach(carrier);
        carrier.emit('agentRemove');
      }
      const socket = new Socket({ allowHalfOpen: true }, this.program);
      tunnel.join(socket);
      Object.assign(socket, { _httpMessage: null, parser: null });
      Object.assign(this, { socket, upgradeOrConnect: true });
      this.emit(event, message, socket, Buffer.from(tunnel.head));
      this.destroyed = true;
      this.over();
    });
  }

  private chunk(bytes: Uint8Array): void {
    const copy = Buffer.from(bytes);
    this.later(() => {
      this.touch();
      this.open?.push(copy);
    });
  }

  /** The answer is complete. */
  private complete(trailers?: HeaderList): void {
    this.later(() => {
      const { open } = this;
      if (!open) return;
      open.complete = true;
      open._tail(trailers);
      open.push(null);
    });
  }

  /** Runs as a task of the asker: what it does next, and an error in it, is not the server's. */
  private later(run: () => void): void {
    this.program.post(run, this.trace, this.stores);
  }

  private touch(): void {
    if (this.socket instanceof HttpSocket) HttpSocket.used(this.socket);
  }

  private reset(): void {
    this.answered = true;
    this.later(() => this.socket?.destroy());
  }

  private get open(): IncomingMessage | undefined {
    return this.res && !this.res.destroyed ? this.res : undefined;
  }

  /** The answer was read to its end: the connection is free for the next, or goes. */
  private done(): void {
    const { socket, res } = this;
    this.ended = true;
    if (!socket) return;
    const closes = /(?:^|\W)close(?:$|\W)/i.test(String(res?.headers.connection ?? '')) || !this.shouldKeepAlive || this._last;
    if (closes || socket.destroyed) {
      this.shouldKeepAlive = false;
      if (socket.writable) socket.destroySoon();
      return;
    }
    const release = (): void => {
      this.destroyed = true;
      if (this.timeoutCb) socket.setTimeout(0);
      this.timeoutCb = null;
      this.detach(socket);
      this.program.nextTick(() => {
        this.over();
        if (!this._closed) return;
        socket.emit('free');
      });
    };
    if (this.finished) release();
    else this.once('finish', release);
  }

  private over(): void {
    if (this._closed) return;
    this._closed = true;
    this.emit('close');
  }

  private start(): void {
    if (this.started || this.destroyed || !this.ready) return;
    this.started = true;
    if (this.socket instanceof HttpSocket) {
      HttpSocket.used(this.socket, this._header?.length ?? 0);
      void this.send(this.socket);
    }
    if (this.whenTaken) this.program.nextTick(this.whenTaken);
  }

  private async send(socket: HttpSocket): Promise<void> {
    const { program, finished } = this;
    // Without a length and without chunks the other side takes no byte for the body; behind CONNECT it takes all for the tunnel.
    const isSent = this.method === 'CONNECT' || this.chunkedEncoding || this._headerList.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
    const chunks = isSent ? this.chunks : [];
    const outcome = await exchange(program.world, {
      method: this.method,
      url: this.url,
      target: this.path,
      headers: this._headerList,
      body: finished ? concat(chunks) : new Uint8Array(),
      ...(finished || !isSent ? {} : { arriving: (deliver: (chunk: Uint8Array | null) => void) => this.arrive(deliver) }),
      trailers: this.sentTrailers,
      connection: socket,
      signal: this.controller.signal,
      program,
      listener: {
        information: (...given) => this.information(...given),
        head: (...given) => this.head(...given),
        chunk: (bytes) => this.chunk(bytes),
        end: (trailers) => this.complete(trailers),
        reset: () => this.reset(),
        taken: (...given) => this.taken(...given),
      },
    });
    if (this.destroyed || program.closed || this.answered) return;
    if ('response' in outcome) {
      const { status, statusMessage, headers, body } = outcome.response;
      this.head(status, statusMessage, headers);
      if (body.length > 0) this.chunk(body);
      return this.complete();
    }
    const error = (outcome.failure.cause ?? outcome.failure) as Error;
    const port = Number(this.url.port) || 80;
    const more = outcome.kind === 'refused' && /ECONNREFUSED/.test(error.message) ? { errno: -111, syscall: 'connect', address: '127.0.0.1', port } : {};
    this.later(() => socket.destroy(Object.assign(error, more)));
  }

  /** The server listens: what was written so far, and what comes. */
  private arrive(deliver: (chunk: Uint8Array | null) => void): void {
    this.deliver = deliver;
    for (const chunk of this.chunks.splice(0)) deliver(chunk);
    if (this.finished) deliver(null);
  }
}
