/** MongoDB's server at the other end of a socket: bytes in, bytes out, one message after the other. */
import type { EngineBackend, WireReply, WireWork } from './backend';
import type { Entry } from './clock';
import type { Program } from './program';
import { current, type Stores } from './realm';

/** The client's end. */
export interface Client {
  data(bytes: Uint8Array): void;
  end(): void;
}

interface Message {
  bytes: Uint8Array;
  trace: number | undefined;
  stores: Stores | undefined;
}

export class MongoConnection {
  private readonly id: number;
  /** The start of a message that is not whole yet. */
  private rest = new Uint8Array();
  private readonly messages: Message[] = [];
  private busy = false;
  private closed = false;
  private stopWaiting: (() => void) | undefined;

  constructor(private readonly program: Program, private readonly backend: EngineBackend, private readonly client: Client) {
    this.id = backend.connect();
  }

  /** Bytes from the client. */
  write(bytes: Uint8Array): void {
    const { trace, stores } = current;
    let all = bytes;
    if (this.rest.length > 0) {
      all = new Uint8Array(this.rest.length + bytes.length);
      all.set(this.rest);
      all.set(bytes, this.rest.length);
    }
    while (all.length >= 4) {
      const length = new DataView(all.buffer, all.byteOffset).getInt32(0, true);
      if (length < 16 || length > 48_000_000) return this.hangUp();
      if (all.length < length) break;
      this.messages.push({ bytes: all.subarray(0, length), trace, stores });
      all = all.subarray(length);
    }
    this.rest = all.slice();
    this.next();
  }

  /** The client went away. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopWaiting?.();
    this.backend.disconnect(this.id);
  }

  private next(): void {
    if (this.busy || this.closed) return;
    const message = this.messages.shift();
    if (!message) return;
    this.busy = true;
    this.perform(message);
  }

  private perform(message: Message): void {
    if (this.closed) return;
    const { world } = this.program;
    const answer = this.backend.receive(this.id, message.bytes, Math.floor(world.clock.now()));
    if (answer.answer === 'wait') return this.wait(message, answer.until);
    const work = this.backend.work();
    const stored = world.store.keep(answer);
    if (!stored) return this.done(message, answer, work);
    stored.then(
      () => this.done(message, answer, work),
      (error: unknown) => {
        const refusal = this.backend.refuse(message.bytes, (error as Error).message);
        this.done(message, refusal, work && { ...work, writes: [] });
      },
    );
  }

  private done(message: Message, reply: WireReply, work: WireWork | undefined): void {
    const { program, client } = this;
    this.busy = false;
    if (this.closed) return;
    if (work) program.world.tracer.work(message.trace, work.work, work.writes);
    if (reply.answer === 'close') return this.hangUp();
    // A task of the program, for the request that asked.
    if (reply.answer === 'reply') program.post(() => client.data(reply.bytes), message.trace, message.stores);
    this.next();
  }

  /** Asks again when something was stored, or at the time that the server named. */
  private wait(message: Message, until: number): void {
    const { world } = this.program;
    const again = (): void => {
      this.stopWaiting?.();
      this.perform(message);
    };
    const entry: Entry = world.clock.add(this.program, Math.max(0, until - world.clock.now()), again);
    world.store.listeners.add(again);
    this.stopWaiting = () => {
      this.stopWaiting = undefined;
      entry.run = undefined;
      world.store.listeners.delete(again);
    };
  }

  private hangUp(): void {
    if (this.closed) return;
    this.close();
    this.program.post(() => this.client.end());
  }
}
