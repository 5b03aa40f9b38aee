/** Our database of the packaged runtime, asked as the driver asks it: commands as BSON over the wire protocol, without a socket. */
import { deserialize, serialize } from 'bson';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PAGE } from './docdb-cases.mjs';
import { QUESTIONS } from './docdb-peers.mjs';

const { ADULTS, BY_CITY, CHANGE, OLDER } = QUESTIONS;
const OP_MSG = 2013;
/** Of a message before its body: length, request, response, code, flags, kind of section. */
const HEADER = 21;
/** As the driver cuts a long list. */
const BATCH = 10_000;

/** An empty database of the package in this folder. */
export async function openOurs(folder) {
  const { createSandbox } = await import(pathToFileURL(join(folder, 'index.js')).href);
  const sandbox = await createSandbox({ files: {}, entry: 'none.js' });
  const { backend } = sandbox.options.database();
  const connection = backend.connect();
  const journal = { records: 0, bytes: 0 };

  /** What changes something comes with journal records, which a host stores and confirms. */
  function receive(message) {
    const answer = backend.receive(connection, message, 0);
    if (answer.journal) {
      for (const record of answer.journal) {
        journal.records += 1;
        journal.bytes += record.length;
      }
      backend.confirm(answer.sequence);
    }
    return answer.bytes;
  }

  function command(document) {
    const body = serialize({ ...document, $db: 'shop' });
    const message = new Uint8Array(HEADER + body.length);
    const view = new DataView(message.buffer);
    view.setInt32(0, message.length, true);
    view.setInt32(12, OP_MSG, true);
    message.set(body, HEADER);
    const reply = deserialize(receive(message).subarray(HEADER), { promoteBuffers: true });
    if (reply.ok !== 1 || reply.writeErrors) throw new Error(reply.errmsg ?? reply.writeErrors[0].errmsg);
    return reply;
  }

  const find = (query) => command({ find: 'people', singleBatch: true, ...query }).cursor.firstBatch;

  command({ createIndexes: 'people', indexes: [{ key: { email: 1 }, name: 'email_1' }] });
  return {
    /** Gives its memory back: wasm has no garbage collector. */
    close: () => backend.free(),
    journal: () => journal,
    /** What the page asks for after each message: the last one's plan, numbers and changes. */
    trace: () => backend.work(),
    insert(documents) {
      for (let at = 0; at < documents.length; at += BATCH) command({ insert: 'people', documents: documents.slice(at, at + BATCH) });
    },
    byId: (_id) => find({ filter: { _id }, limit: 1 })[0],
    byEmail: (email) => find({ filter: { email } }),
    page: () => find({ filter: ADULTS, sort: { score: -1, _id: 1 }, ...PAGE }),
    groups: () => command({ aggregate: 'people', pipeline: BY_CITY, cursor: {} }).cursor.firstBatch,
    updateMany: () => command({ update: 'people', updates: [{ q: OLDER, u: CHANGE, multi: true }] }).nModified,
  };
}
