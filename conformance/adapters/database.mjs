/** The document database of a sandbox for tests that are synchronous: a command as a plain object in, the reply out, as a driver writes them. */
import { deserialize, serialize } from 'bson';

const OP_MSG = 2013;
/** Of a message before its body: length, request, response, code, flags, kind of section. */
const HEADER = 21;

export class CommandError extends Error {
  constructor({ errmsg, code, codeName }) {
    super(errmsg);
    Object.assign(this, { code, codeName });
  }
}

/** `command` throws the server's error. */
export function connect(sandbox) {
  const { backend } = sandbox.options.database();
  const connection = backend.connect();

  function command(document, database = 'test') {
    const body = serialize({ ...document, $db: database }, { ignoreUndefined: true, serializeFunctions: true });
    const message = Buffer.alloc(HEADER + body.length);
    message.writeInt32LE(message.length, 0);
    message.writeInt32LE(OP_MSG, 12);
    message.set(body, HEADER);
    const { bytes, sequence } = backend.receive(connection, message, Date.now());
    // Nothing is kept beyond the process.
    backend.confirm(sequence);
    const reply = deserialize(bytes.subarray(HEADER), { promoteBuffers: true });
    const refused = reply.writeErrors?.[0];
    if (reply.ok !== 1 || refused) throw new CommandError(refused ?? reply);
    return reply;
  }

  return { command };
}
