/** The document database for tests that are synchronous: a command as a plain object in, the reply out, over MongoDB's wire protocol. */
import { deserialize, serialize } from 'bson';
import { Worker } from 'node:worker_threads';

const OP_MSG = 2013;
/** Of a message before its body: length, request, response, code, flags, kind of section. */
const HEADER = 21;
const LARGEST_REPLY = 48_000_000;

export class CommandError extends Error {
  constructor({ errmsg, code, codeName }) {
    super(errmsg);
    Object.assign(this, { code, codeName });
  }
}

/** A connection to the server at a port. `command` throws the server's error. */
export function connect(port) {
  const shared = new SharedArrayBuffer(8 + LARGEST_REPLY);
  const state = new Int32Array(shared, 0, 2);
  const worker = new Worker(new URL('./database-socket.mjs', import.meta.url), { workerData: { port, shared } });
  worker.unref();

  function exchange(message) {
    state[0] = 0;
    worker.postMessage(message);
    Atomics.wait(state, 0, 0);
    if (state[0] < 0) throw new Error('The database went away: see what it printed');
    return new Uint8Array(shared, 8, state[1]);
  }

  function command(document, database = 'test') {
    const body = serialize({ ...document, $db: database }, { ignoreUndefined: true, serializeFunctions: true });
    const message = Buffer.alloc(HEADER + body.length);
    message.writeInt32LE(message.length, 0);
    message.writeInt32LE(OP_MSG, 12);
    message.set(body, HEADER);
    // What a test keeps may not change with the next reply.
    const reply = deserialize(exchange(message).slice(HEADER), { promoteBuffers: true });
    const refused = reply.writeErrors?.[0];
    if (reply.ok !== 1 || refused) throw new CommandError(refused ?? reply);
    return reply;
  }

  return { command };
}
