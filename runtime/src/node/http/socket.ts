/** The connection that a request came over, as far as handlers look at it. */
import EventEmitter from 'events';
import type { LiveTrace } from '../../sandbox/trace';

export class HttpSocket extends EventEmitter {
  readonly remoteFamily: string;
  readonly remotePort = 54321;
  readonly localAddress: string;
  readonly bytesRead = 0;
  readonly bytesWritten = 0;
  readable = true;
  writable = true;
  destroyed = false;
  timeout = 0;
  server: unknown;
  _httpMessage: unknown = null;
  /** Of the request that came over it. Private, as programs print their sockets. */
  #live: LiveTrace | undefined;
  /** Told when the connection is cut from this side. */
  onCut: ((error?: Error | null) => void) | undefined;

  /** `encrypted` is true over https, else absent. */
  constructor(readonly remoteAddress: string, readonly localPort: number, readonly encrypted?: true) {
    super();
    this.remoteFamily = remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
    this.localAddress = this.remoteFamily === 'IPv6' ? '::1' : '127.0.0.1';
  }

  static carry(socket: HttpSocket, live: LiveTrace): void {
    socket.#live = live;
  }

  /** What is being traced over a socket; undefined for sockets of any other make. */
  static traced(socket: unknown): LiveTrace | undefined {
    return typeof socket === 'object' && socket !== null && #live in socket ? socket.#live : undefined;
  }

  address(): object {
    return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }

  destroy(error?: Error | null): this {
    if (this.destroyed) return this;
    this.shut();
    this.onCut?.(error);
    this.emit('close', Boolean(error));
    return this;
  }

  /** Nothing goes over it any more. */
  shut(): void {
    this.destroyed = true;
    this.readable = false;
    this.writable = false;
  }

  destroySoon(): void {
    this.destroy();
  }

  end(): this {
    return this.destroy();
  }

  write(): boolean {
    return true;
  }

  setTimeout(ms: number, listener?: () => void): this {
    this.timeout = ms;
    if (listener) this.once('timeout', listener);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  cork(): void {}
  uncork(): void {}
  pause(): this {
    return this;
  }

  resume(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
