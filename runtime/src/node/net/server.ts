/** `net.Server`: programs of a sandbox listen on its virtual ports. */
import EventEmitter from 'events';
import type { Program, Server as Listening } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { errnoOf } from '../errors';
import { Socket, type Wire } from './socket';

type Listener = (...args: never[]) => void;

export class NetServer extends EventEmitter implements Listening {
  listening = false;
  port = 0;
  refed = true;
  #host = '::';
  readonly #program = current.owner as Program;
  readonly #sockets = new Set<Socket>();

  constructor(options?: unknown, listener?: Listener) {
    super();
    const handler = typeof options === 'function' ? (options as Listener) : listener;
    if (handler) this.on('connection', handler);
  }

  listen(...args: unknown[]): this {
    const program = this.#program;
    const { world } = program;
    const callback = args.findLast((item) => typeof item === 'function') as Listener | undefined;
    const [first, second] = args;
    const options = (typeof first === 'object' && first !== null ? first : { port: first, host: second }) as { port?: number; host?: string };
    if (callback) this.once('listening', callback);
    if (typeof options.host === 'string') this.#host = options.host;
    const port = Number(options.port ?? 0) || world.freePort();
    if (world.isTaken(port)) {
      const error = Object.assign(new Error(`listen EADDRINUSE: address already in use ${this.#host}:${port}`), {
        code: 'EADDRINUSE', errno: errnoOf('EADDRINUSE'), syscall: 'listen', address: this.#host, port,
      });
      program.nextTick(() => this.emit('error', error));
      return this;
    }
    this.port = port;
    this.listening = true;
    world.wires.set(port, (client, address) => this.meet(client, address));
    program.servers.add(this);
    program.nextTick(() => {
      if (this.listening) this.emit('listening');
    });
    return this;
  }

  address(): object | null {
    return this.listening ? { address: this.#host, family: this.#host.includes(':') ? 'IPv6' : 'IPv4', port: this.port } : null;
  }

  close(done?: Listener): this {
    if (done) this.once('close', done);
    this.shut();
    this.closeIfIdle();
    return this;
  }

  getConnections(done: (error: null, count: number) => void): this {
    this.#program.nextTick(() => done(null, this.#sockets.size));
    return this;
  }

  ref(): this {
    this.refed = true;
    return this;
  }

  unref(): this {
    this.refed = false;
    this.#program.world.released();
    return this;
  }

  /** The program ended. */
  drop(): void {
    this.shut();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** A client is here: two sockets, each the other's end. */
  private meet(client: Socket, address: string): void {
    const program = this.#program;
    const served = new Socket({}, program);
    const caller = client.owner;
    const wire = (of: Program, other: Socket): Wire => ({
      write: (bytes) => of.post(() => other.arrive(bytes.slice())),
      end: () => of.post(() => other.finish()),
      close: () => of.post(() => other.finish()),
    });
    client.attach(wire(program, served), address, this.port);
    served.attach(wire(caller, client), address, 54_321);
    this.#sockets.add(served);
    served.on('close', () => {
      this.#sockets.delete(served);
      this.closeIfIdle();
    });
    program.post(() => this.emit('connection', served));
  }

  private shut(): void {
    if (!this.listening) return;
    this.listening = false;
    this.#program.world.wires.delete(this.port);
    this.#program.servers.delete(this);
    this.#program.world.released();
  }

  private closeIfIdle(): void {
    if (!this.listening && this.#sockets.size === 0) this.#program.post(() => this.emit('close'));
  }
}
