/** `net.Socket`: a duplex stream over a wire inside the sandbox. */
import * as streams from 'readable-stream';
import { MONGO_PORT, type EngineBackend } from '../../sandbox/backend';
import { MongoConnection } from '../../sandbox/mongod';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { Buffer } from '../buffer';
import { errnoOf } from '../errors';
import { addressOf, isAtlas } from './addresses';

type Listener = (...args: never[]) => void;
type Done = (error?: Error | null) => void;

/** What lies at the other end. */
export interface Wire {
  write(bytes: Uint8Array): void;
  /** This side writes no more. */
  end?(): void;
  close(): void;
}

export interface ConnectOptions {
  port?: number | string;
  host?: string;
  path?: string;
  timeout?: number;
  allowHalfOpen?: boolean;
}

/** `connect(port, host?, listener?)` or `connect(options, listener?)`. */
export function connectArguments(args: unknown[]): { options: ConnectOptions; listener: Listener | undefined } {
  const listener = args.findLast((item) => typeof item === 'function') as Listener | undefined;
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return { options: first, listener };
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { options: { path: first }, listener };
  return { options: { port: first as number, ...(typeof second === 'string' ? { host: second } : {}) }, listener };
}

export class Socket extends streams.Duplex {
  connecting = false;
  pending = true;
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;
  encrypted?: boolean;
  remoteAddress: string | undefined;
  remoteFamily: string | undefined;
  remotePort: number | undefined;
  localAddress: string | undefined;
  localPort: number | undefined;
  /** Private, as programs print their sockets. */
  readonly #program: Program;
  #wire: Wire | undefined;
  /** Written before the wire was there. */
  #early: (() => void)[] = [];
  #idle: { refresh(): void } | undefined;
  #refed = true;
  #counted = false;
  #forget: (() => void) | undefined;

  constructor(options: { allowHalfOpen?: boolean } = {}, program = current.owner as Program) {
    super({ allowHalfOpen: options.allowHalfOpen ?? false, emitClose: false, autoDestroy: true });
    this.#program = program;
  }

  /** The program whose socket this is. */
  get owner(): Program {
    return this.#program;
  }

  get readyState(): string {
    if (this.connecting) return 'opening';
    return this.#wire ? 'open' : 'closed';
  }

  connect(...args: unknown[]): this {
    const { options, listener } = connectArguments(args);
    if (listener) this.once(this.connectEvent(), listener);
    if (options.timeout) this.setTimeout(options.timeout);
    this.connecting = true;
    this.count();
    const program = this.#program;
    this.#forget = program.onEnd(() => this.cut());
    const host = options.host ?? 'localhost';
    const port = Number(options.port);
    program.post(() => this.reach(host, port, options.path));
    return this;
  }

  /** A wire is there; the other side is a server or a client of the sandbox. */
  attach(wire: Wire, address: string, port: number): void {
    this.#wire = wire;
    this.connecting = this.pending = false;
    this.remoteAddress = address;
    this.remoteFamily = address.includes(':') ? 'IPv6' : 'IPv4';
    this.remotePort = port;
    this.localAddress = address;
    this.localPort = 54_321;
    this.count();
    for (const write of this.#early.splice(0)) write();
  }

  /** Bytes from the other side. */
  arrive(bytes: Uint8Array): void {
    if (this.destroyed) return;
    this.bytesRead += bytes.length;
    this.#idle?.refresh();
    this.push(Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length));
  }

  /** The other side writes no more. */
  finish(): void {
    if (!this.destroyed) this.push(null);
  }

  address(): object {
    return this.localAddress === undefined ? {} : { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }

  setTimeout(ms: number, listener?: Listener): this {
    this.timeout = ms;
    const { timers } = this.#program;
    timers.clearTimeout(this.#idle);
    this.#idle = undefined;
    if (ms > 0) {
      const timer = timers.setTimeout(() => this.emit('timeout'), ms) as { unref(): void; refresh(): void };
      timer.unref();
      this.#idle = timer;
      if (listener) this.once('timeout', listener);
    } else if (listener) this.removeListener('timeout', listener);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#refed = true;
    this.count();
    return this;
  }

  unref(): this {
    this.#refed = false;
    this.count();
    return this;
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }

  override _read(): void {}

  _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    const write = (): void => {
      this.bytesWritten += chunk.length;
      this.#idle?.refresh();
      this.#wire?.write(chunk);
      done();
    };
    if (this.#wire) write();
    else this.#early.push(write);
  }

  _final(done: Done): void {
    const end = (): void => {
      this.#wire?.end?.();
      done();
    };
    if (this.#wire || !this.connecting) end();
    else this.#early.push(end);
  }

  override _destroy(error: Error | null, done: Done): void {
    this.cut();
    done(error);
    // Unlike other streams, a socket says whether it failed.
    this.#program.nextTick(() => this.emit('close', Boolean(error)));
  }

  protected connectEvent(): string {
    return 'connect';
  }

  private cut(): void {
    const wire = this.#wire;
    this.#wire = undefined;
    this.connecting = false;
    this.#forget?.();
    this.#program.timers.clearTimeout(this.#idle);
    this.#idle = undefined;
    this.count();
    wire?.close();
  }

  /** An open socket keeps the program alive, as in Node. */
  private count(): void {
    const counts = this.#refed && !this.#program.closed && (this.connecting || this.#wire !== undefined);
    if (counts === this.#counted) return;
    this.#counted = counts;
    this.#program.alive += counts ? 1 : -1;
    if (!counts) this.#program.world.released();
  }

  private reach(host: string, port: number, path: string | undefined): void {
    const program = this.#program;
    const { world } = program;
    if (this.destroyed) return;
    if (path !== undefined) return this.refuse('ENOENT', `connect ENOENT ${path}`, { syscall: 'connect', address: path });
    const address = addressOf(host);
    if (address === undefined) return this.refuse('ENOTFOUND', `getaddrinfo ENOTFOUND ${host}`, { syscall: 'getaddrinfo', hostname: host });
    const listener = isAtlas(host) ? undefined : world.wires.get(port);
    if (listener) {
      listener(this, address);
      return this.connected();
    }
    if (port !== MONGO_PORT || !world.store.exists) {
      return this.refuse('ECONNREFUSED', `connect ECONNREFUSED ${address}:${port}`, { syscall: 'connect', address, port });
    }
    if (isAtlas(host)) world.sayOnce('MongoDB Atlas is not reached from here: the database of this page answers in its place, to any name and password.');
    const serve = (backend: EngineBackend): void => {
      if (this.destroyed) return;
      this.attach(new MongoConnection(program, backend, { data: (bytes) => this.arrive(bytes), end: () => this.finish() }), address, port);
      this.connected();
    };
    const here = world.store.now();
    if (here) return serve(here.backend);
    program.hold(world.store.backend()).then((backend) => program.post(() => serve(backend)), (error: unknown) => void this.destroy(error as Error));
  }

  protected connected(): void {
    this.emit('connect');
    this.emit('ready');
  }

  private refuse(code: string, message: string, more: object): void {
    this.destroy(Object.assign(new Error(message), { errno: errnoOf(code), code, ...more }));
  }
}
