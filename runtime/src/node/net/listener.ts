/** What servers of `net` and `http` share: a virtual port. */
import EventEmitter from 'events';
import type { Program, Server as Listening } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { errnoOf, nodeError, received } from '../errors';

export type Listener = (...args: never[]) => void;

interface ListenOptions {
  port?: number | string;
  host?: string;
  signal?: AbortSignal;
}

function portNumber(port: unknown): number {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536.${received(port)}.`);
  }
  return number;
}

export abstract class PortListener extends EventEmitter implements Listening {
  listening = false;
  port = 0;
  refed = true;
  host = '::';
  /** Private, as programs print their servers. */
  readonly #program = current.owner as Program;

  protected get program(): Program {
    return this.#program;
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
    const wanted = options.port === undefined || options.port === null || typeof options.port === 'function' ? 0 : portNumber(options.port);
    const port = wanted || world.freePort();
    this.host = options.host ?? '::';
    if (world.isTaken(port)) {
      const error = Object.assign(new Error(`listen EADDRINUSE: address already in use ${this.host}:${port}`), {
        code: 'EADDRINUSE', errno: errnoOf('EADDRINUSE'), syscall: 'listen', address: this.host, port,
      });
      program.nextTick(() => this.emit('error', error));
      return this;
    }
    this.port = port;
    this.listening = true;
    this.occupy(port);
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

  ref(): this {
    this.refed = true;
    return this;
  }

  unref(): this {
    this.refed = false;
    this.program.world.released();
    return this;
  }

  abstract close(done?: (error?: Error) => void): this;

  /** The program ended. */
  abstract drop(): void;

  /** From now on clients reach this port. */
  protected abstract occupy(port: number): void;

  /** From now on they do not. */
  protected abstract leave(port: number): void;

  protected stop(): void {
    if (!this.listening) return;
    this.listening = false;
    this.leave(this.port);
    this.program.servers.delete(this);
    this.program.world.released();
  }
}
