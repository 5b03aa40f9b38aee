/** `http.request` and `http.get`, to the virtual ports of the same sandbox and to scripted third parties. */
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

export class ClientRequest extends (OutgoingMessage as unknown as new () => OutgoingMessage) {
  method: string;
  path: string;
  host: string;
  protocol: string;
  aborted = false;
  reusedSocket = false;
  private readonly chunks: Uint8Array[] = [];
  private readonly url: URL;
  private readonly program: Program;
  private readonly controller = new AbortController();

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
    if (!this.useChunkedEncodingByDefault) this._hasBody = true;
    for (const [name, value] of Object.entries(options.headers ?? {})) if (value !== undefined) this.setHeader(name, value);
    if (!this.hasHeader('host')) this.setHeader('Host', this.url.host);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    options.signal?.addEventListener('abort', () => this.destroy(options.signal?.reason as Error));
    if (onResponse) this.once('response', onResponse as () => void);
    if (options.timeout) this.setTimeout(options.timeout);
  }

  override _implicitHeader(): void {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, this[kHeaders]?.list() ?? []);
  }

  override _now(): number {
    return this.program.world.clock.now();
  }

  override _sendHead(): void {}

  override _sendBytes(bytes: Uint8Array): void {
    this.chunks.push(bytes.slice());
  }

  override _sendEnd(): void {
    void this.send();
  }

  override setTimeout(ms: number, listener?: () => void): this {
    if (listener) this.once('timeout', listener);
    const timer = this.program.timers.setTimeout(() => {
      if (!this.destroyed && !this.answered) this.emit('timeout');
    }, ms) as { unref(): void };
    timer.unref();
    return this;
  }

  setNoDelay(): void {}
  setSocketKeepAlive(): void {}

  abort(): void {
    this.aborted = true;
    this.destroy();
  }

  override destroy(error?: Error | null): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.controller.abort();
    const reason = error ?? (this.answered ? null : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    this.program.post(() => {
      if (reason) this.emit('error', reason);
      this.emit('close');
    });
    return this;
  }

  private answered = false;

  private async send(): Promise<void> {
    const { program } = this;
    const outcome = await exchange(program.world, {
      method: this.method,
      url: this.url,
      target: this.path,
      headers: this._headerList,
      body: concat(this.chunks),
      signal: this.controller.signal,
      program,
    });
    if (this.destroyed || program.closed) return;
    if ('failure' in outcome) {
      const error = (outcome.failure.cause ?? outcome.failure) as Error;
      const port = Number(this.url.port) || 80;
      const more = outcome.kind === 'refused' && /ECONNREFUSED/.test(error.message) ? { errno: -111, syscall: 'connect', address: '127.0.0.1', port } : {};
      program.post(() => {
        this.destroyed = true;
        this.emit('error', outcome.kind === 'reset' ? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) : Object.assign(error, more));
        this.emit('close');
      });
      return;
    }
    const { response } = outcome;
    program.post(() => {
      this.answered = true;
      const message = new IncomingMessage(new HttpSocket('127.0.0.1', Number(this.url.port) || 80));
      message._head(null, '', response.headers);
      message.statusCode = response.status;
      message.statusMessage = response.statusMessage;
      if (!this.emit('response', message)) message._dump();
      if (response.body.length > 0) message.push(Buffer.from(response.body));
      message.complete = true;
      message.push(null);
      message.once('end', () => this.emit('close'));
    });
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
