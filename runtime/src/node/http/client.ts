/** `http.request` and `http.get`, to the virtual ports of the same sandbox and to scripted third parties. */
import type { HeaderList } from '../../protocol';
import { exchange } from '../../sandbox/exchange';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { concat } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { IncomingMessage } from './incoming';
import { kHeaders, OutgoingMessage } from './outgoing';
import { HttpSocket } from './socket';
import type { HeaderValue } from './headers';

export interface RequestOptions {
  protocol?: string;
  host?: string;
  hostname?: string;
  port?: number | string;
  path?: string;
  method?: string;
  headers?: Record<string, HeaderValue>;
  auth?: string;
  signal?: AbortSignal;
  timeout?: number;
}

type OnResponse = (response: IncomingMessage) => void;

const hangUp = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

export class ClientRequest extends (OutgoingMessage as unknown as new () => OutgoingMessage) {
  method: string;
  path: string;
  host: string;
  protocol: string;
  aborted = false;
  reusedSocket = false;
  res: IncomingMessage | undefined;
  private readonly chunks: Uint8Array[] = [];
  private readonly url: URL;
  private readonly program: Program;
  private readonly controller = new AbortController();
  private readonly trace = current.trace;
  private readonly stores = current.stores;
  private started = false;
  private answered = false;
  /** Where further pieces of the body go, once the head is on its way. */
  private deliver: ((chunk: Uint8Array | null) => void) | undefined;

  constructor(options: RequestOptions, onResponse?: OnResponse) {
    super();
    this.program = current.owner as Program;
    this.protocol = options.protocol ?? 'http:';
    this.host = options.hostname ?? (options.host ?? 'localhost').replace(/:\d+$/, '');
    this.path = options.path ?? '/';
    this.method = (options.method ?? 'GET').toUpperCase();
    const port = options.port ?? /:(\d+)$/.exec(options.host ?? '')?.[1];
    this.url = new URL(`${this.protocol}//${this.host}${port ? `:${port}` : ''}/`);
    this.useChunkedEncodingByDefault = !/^(GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/.test(this.method);
    for (const [name, value] of Object.entries(options.headers ?? {})) if (value !== undefined) this.setHeader(name, value);
    if (!this.hasHeader('host')) this.setHeader('Host', this.url.host);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    options.signal?.addEventListener('abort', () => this.destroy(options.signal?.reason as Error));
    if (onResponse) this.once('response', onResponse as () => void);
    if (options.timeout) this.setTimeout(options.timeout);
    this.program.nextTick(() => this.connect());
  }

  override _implicitHeader(): void {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, this[kHeaders]?.list() ?? []);
  }

  override _now(): number {
    return this.program.world.clock.now();
  }

  /** What is written and ended at once is sent as a whole. */
  override _sendHead(): void {
    this.program.nextTick(() => this.start());
  }

  override _sendBytes(bytes: Uint8Array): void {
    if (this.deliver) this.deliver(bytes.slice());
    else this.chunks.push(bytes.slice());
  }

  override _sendEnd(): void {
    this.deliver?.(null);
  }

  override setTimeout(ms: number, listener?: () => void): this {
    if (listener) this.once('timeout', listener);
    const timer = this.program.timers.setTimeout(() => {
      if (!this.destroyed && !this.res) this.emit('timeout');
    }, ms) as { unref(): void };
    timer.unref();
    return this;
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
    const reason = error ?? (this.res ? null : hangUp());
    this.later(() => {
      if (this.res && !this.res.complete) this.res.destroy(error ?? Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      if (reason) this.emit('error', reason);
      this.over();
      // The server hears of it when the connection is down.
      this.controller.abort();
    });
    return this;
  }

  /** The answer begins. */
  private head(status: number, statusMessage: string, headers: HeaderList): void {
    this.answered = true;
    this.later(() => {
      if (this.destroyed) return;
      const message = new IncomingMessage(this.socket ?? this.makeSocket());
      message._head(null, '', headers);
      message.statusCode = status;
      message.statusMessage = statusMessage;
      Object.defineProperty(message, 'req', { value: this, configurable: true, writable: true });
      this.res = message;
      message.once('end', () => this.over());
      if (!this.emit('response', message)) message._dump();
    });
  }

  private chunk(bytes: Uint8Array): void {
    const copy = Buffer.from(bytes);
    this.later(() => void this.open?.push(copy));
  }

  /** The answer is complete. */
  private complete(): void {
    this.later(() => {
      const { open } = this;
      if (!open) return;
      open.complete = true;
      open.push(null);
    });
  }

  /** Runs as a task of the asker: what it does next, and an error in it, is not the server's. */
  private later(run: () => void): void {
    this.program.post(run, this.trace, this.stores);
  }

  private reset(): void {
    this.answered = true;
    this.later(() => {
      if (this.destroyed) return;
      if (this.open) this.open.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      this.fail(hangUp());
    });
  }

  private get open(): IncomingMessage | undefined {
    return this.res && !this.res.destroyed ? this.res : undefined;
  }

  private connect(): void {
    if (this.destroyed) return;
    this.socket ??= this.makeSocket();
    this.emit('socket', this.socket);
  }

  private makeSocket(): HttpSocket {
    const socket = new HttpSocket('127.0.0.1', Number(this.url.port) || 80);
    // Once there is an answer, what breaks is its error alone.
    socket.onCut = (error) => void this.destroy(this.res ? null : (error ?? null));
    return socket;
  }

  private fail(error: Error): void {
    this.destroyed = true;
    if (!this.res) this.emit('error', error);
    this.over();
  }

  private over(): void {
    if (this._closed) return;
    this._closed = true;
    this.emit('close');
  }

  private start(): void {
    if (this.started || this.destroyed) return;
    this.started = true;
    void this.send();
  }

  private async send(): Promise<void> {
    const { program, chunks, finished } = this;
    const outcome = await exchange(program.world, {
      method: this.method,
      url: this.url,
      target: this.path,
      headers: this._headerList,
      body: finished ? concat(chunks) : new Uint8Array(),
      ...(finished ? {} : { arriving: (deliver: (chunk: Uint8Array | null) => void) => this.arrive(deliver) }),
      signal: this.controller.signal,
      program,
      listener: {
        head: (...given) => this.head(...given),
        chunk: (bytes) => this.chunk(bytes),
        end: () => this.complete(),
        reset: () => this.reset(),
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
    this.later(() => this.fail(Object.assign(error, more)));
  }

  /** The server listens: what was written so far, and what comes. */
  private arrive(deliver: (chunk: Uint8Array | null) => void): void {
    this.deliver = deliver;
    for (const chunk of this.chunks.splice(0)) deliver(chunk);
    if (this.finished) deliver(null);
  }
}

/** The many ways to say where a request goes. */
export function request(protocol: string, args: unknown[]): ClientRequest {
  const onResponse = args.find((item) => typeof item === 'function') as OnResponse | undefined;
  const options: RequestOptions = { protocol };
  for (const item of args) {
    if (typeof item === 'string' || item instanceof URL) {
      const url = new URL(item);
      Object.assign(options, { protocol: url.protocol, hostname: url.hostname, port: url.port, path: url.pathname + url.search });
      if (url.username) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    } else if (typeof item === 'object' && item !== null) Object.assign(options, item);
  }
  return new ClientRequest(options, onResponse);
}
