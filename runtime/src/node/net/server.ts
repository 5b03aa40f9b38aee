/** `net.Server`: programs of a sandbox listen on its virtual ports. */
import type { Program } from '../../sandbox/program';
import { PortListener, type Listener } from './listener';
import { Socket, type Wire } from './socket';

export class NetServer extends PortListener {
  readonly #sockets = new Set<Socket>();

  constructor(options?: unknown, listener?: Listener) {
    super();
    const handler = typeof options === 'function' ? (options as Listener) : listener;
    if (handler) this.on('connection', handler);
  }

  close(done?: (error?: Error) => void): this {
    if (done) this.once('close', done as Listener);
    this.stop();
    this.closeIfIdle();
    return this;
  }

  getConnections(done: (error: null, count: number) => void): this {
    this.program.nextTick(() => done(null, this.#sockets.size));
    return this;
  }

  /** The program ended. */
  drop(): void {
    this.stop();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** A client is here: two sockets, each the other's end. */
  private meet(client: Socket, address: string): void {
    const { program } = this;
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

  protected occupy(port: number): void {
    this.program.world.wires.set(port, (client, address) => this.meet(client, address));
  }

  protected leave(port: number): void {
    this.program.world.wires.delete(port);
  }

  private closeIfIdle(): void {
    if (!this.listening && this.#sockets.size === 0) this.program.post(() => this.emit('close'));
  }
}
