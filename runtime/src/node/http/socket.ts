/** The connection that messages go over, as far as programs look at it: no bytes cross it, the wire carries whole messages. */
import { EventEmitter } from '../events/emitter';
import type { Entry } from '../../sandbox/clock';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import type { LiveTrace } from '../../sandbox/trace';
import { invalidArgType, nodeError, outOfRange } from '../errors';
import { nextTick } from '../shims/process';

/** Longest time that a timer takes. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds as timers take them; what is too long is cut, with a warning. */
export function duration(ms: unknown, name = 'msecs'): number {
  if (typeof ms !== 'number') throw invalidArgType(name, 'of type number', ms);
  if (!(ms >= 0 && Number.isFinite(ms))) throw outOfRange(name, 'a non-negative finite number', ms);
  if (ms <= LONGEST) return ms;
  const warn = (current.owner as Program | undefined)?.process.emitWarning as ((...args: string[]) => void) | undefined;
  warn?.(`${ms} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${LONGEST}.`, 'TimeoutOverflowWarning');
  return LONGEST;
}

const now = (): number => (current.owner as Program | undefined)?.world.clock.now() ?? 0;

/** What hears that a connection was cut from this side. */
export interface Cuttable {
  cut(error?: Error | null): void;
}

export class HttpSocket extends EventEmitter {
  declare readonly remoteAddress: string;
  declare readonly localPort: number;
  declare readonly encrypted: true | undefined;
  declare readonly remoteFamily: string;
  declare remotePort: number;
  declare readonly localAddress: string;
  declare readonly bytesRead: number;
  declare bytesWritten: number;
  declare readable: boolean;
  declare writable: boolean;
  declare destroyed: boolean;
  declare connecting: boolean;
  declare timeout: number;
  declare server: unknown;
  declare parser: object | null;
  declare _httpMessage: unknown;
  declare _hadError: boolean;
  declare readonly writableLength: number;
  declare readonly writableHighWaterMark: number;
  /** Of the request that came over it. Private, as programs print their sockets. */
  #live: LiveTrace | undefined;
  /** The other end, once a server has taken it. */
  #peer: HttpSocket | undefined;
  #owner: Cuttable | undefined;
  #idle: Entry | undefined;
  #used = 0;
  /** In Node its timer keeps the process. */
  #ref = true;

  /** `encrypted` is true over https, else absent. */
  constructor(remoteAddress: string, localPort: number, encrypted?: true) {
    super();
    const isV6 = remoteAddress.includes(':');
    // Assigned, not declared with their values: one is made for every request, and definitions are slower.
    this.remoteAddress = remoteAddress;
    this.localPort = localPort;
    this.encrypted = encrypted;
    this.remoteFamily = isV6 ? 'IPv6' : 'IPv4';
    this.remotePort = 54321;
    this.localAddress = isV6 ? '::1' : '127.0.0.1';
    this.bytesRead = 0;
    this.bytesWritten = 0;
    this.readable = true;
    this.writable = true;
    this.destroyed = false;
    this.connecting = false;
    this.timeout = 0;
    this.server = undefined;
    this.parser = null;
    this._httpMessage = null;
    this._hadError = false;
    this.writableLength = 0;
    this.writableHighWaterMark = 16_384;
  }

  /** Who is told when the connection is cut from this side. */
  static own(socket: HttpSocket, owner: Cuttable | undefined): void {
    // An agent may have brought a socket of another make.
    if (#owner in socket) socket.#owner = owner;
  }

  static carry(socket: HttpSocket, live: LiveTrace): void {
    socket.#live = live;
  }

  /** What is being traced over a socket; undefined for sockets of any other make. */
  static traced(socket: unknown): LiveTrace | undefined {
    return typeof socket === 'object' && socket !== null && #live in socket ? socket.#live : undefined;
  }

  /** The server's end of a client's connection; made with the first request over it. */
  static peer(socket: HttpSocket, make: () => HttpSocket): HttpSocket {
    if (!socket.#peer || socket.#peer.destroyed) socket.#peer = make();
    return socket.#peer;
  }

  /** Something went over it: it is not idle. */
  static used(socket: HttpSocket, written = 0): void {
    socket.bytesWritten += written;
    if (socket.#idle) socket.#used = now();
  }

  address(): object {
    return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }

  destroy(error?: Error | null): this {
    if (this.destroyed) return this;
    this.shut();
    this.#owner?.cut(error);
    nextTick(() => {
      // A server's own end has no listener: who destroyed it knows the error.
      if (error && this.listenerCount('error') > 0) this.emit('error', error);
      this.emit('close', Boolean(error));
    });
    return this;
  }

  /** Nothing goes over it any more. */
  shut(): void {
    this.destroyed = true;
    this.readable = false;
    this.writable = false;
    this.setTimeout(0);
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
    if (this.destroyed && ms !== 0) return this;
    this.timeout = duration(ms);
    if (this.#idle) {
      this.#idle.run = undefined;
      (current.owner as Program | undefined)?.world.clock.weigh();
    }
    this.#idle = undefined;
    if (this.timeout > 0) {
      this.#used = now();
      this.#wait(this.timeout);
      if (listener) this.once('timeout', listener);
    } else if (listener) this.off('timeout', listener);
    return this;
  }

  /** Looks after `ms` whether it was idle since. */
  #wait(ms: number): void {
    const program = current.owner as Program | undefined;
    this.#idle = program?.world.clock.add(program, ms, () => {
      const left = this.#used + this.timeout - now();
      if (left > 0) return this.#wait(left);
      this.#idle = undefined;
      this.emit('timeout');
    }, !this.#ref);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setEncoding(): this {
    throw nodeError(Error, 'ERR_HTTP_SOCKET_ENCODING', 'Changing the socket encoding is not allowed per RFC7230 Section 3.');
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
    return this.#refer(true);
  }

  unref(): this {
    return this.#refer(false);
  }

  #refer(ref: boolean): this {
    this.#ref = ref;
    if (this.#idle) this.#idle.weak = !ref;
    (current.owner as Program | undefined)?.world.clock.weigh();
    return this;
  }
}
