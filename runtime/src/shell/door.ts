/** The shell's way to the databases: one message of MongoDB's wire protocol after the other, each answered at once. */
import type { EngineBackend } from '../sandbox/backend';
import type { World } from '../sandbox/world';
import type { Bson, Doc } from './bson';

const HEADER = 16;
/** OP_MSG (MongoDB manual: "MongoDB Wire Protocol"). */
const OP_MSG = 2013;
/** Whole numbers of 64 bits stay what they are; the shell prints them as Long. */
const AS_IS = { promoteLongs: false };

function message(id: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER + 5 + body.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, bytes.length, true);
  view.setInt32(4, id, true);
  view.setInt32(12, OP_MSG, true);
  bytes.set(body, HEADER + 5);
  return bytes;
}

export class ShellDoor {
  private readonly connection: number;
  private count = 0;
  private writes: Promise<void>[] = [];

  constructor(private readonly world: World, private readonly backend: EngineBackend, private readonly bson: Bson) {
    this.connection = backend.connect();
  }

  /** Does a command and answers the reply; what it wrote is stored when `stored` resolves. */
  readonly command = (database: string, command: Doc): Doc => {
    const { world, bson } = this;
    this.count += 1;
    const body = bson.serialize({ ...command, $db: database }, { serializeFunctions: true });
    const answer = this.backend.receive(this.connection, message(this.count, body), Math.floor(world.clock.now()));
    const kept = world.store.keep(answer);
    if (kept) {
      kept.catch(() => undefined);
      this.writes.push(kept);
    }
    if (answer.answer !== 'reply') throw new Error('The database closed the connection');
    return bson.deserialize(answer.bytes.subarray(HEADER + 5), AS_IS);
  };

  /** Resolves when everything that was written is stored; rejects when it could not be, and was taken back. */
  async stored(): Promise<void> {
    await Promise.all(this.writes.splice(0));
  }

  close(): void {
    this.backend.disconnect(this.connection);
  }
}
