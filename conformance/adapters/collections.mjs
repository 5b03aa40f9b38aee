/** Plain arrays of objects as collections of the database, and back; documents that have no `_id` come back without one. */

const MARK = '$$none';
let made = 0;

const isMark = (value) => typeof value === 'object' && value !== null && typeof value.none === 'string' && value.none.startsWith(MARK);

/** With an `_id` for the database, where there is none. */
function marked(document) {
  if (document !== null && typeof document === 'object' && document._id !== undefined) return document;
  made += 1;
  return { _id: { none: `${MARK}${made}` }, ...document };
}

/** Without the `_id`s that `marked` gave, at any depth. */
export function unmarked(value) {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const fields = Object.entries(value).filter(([name, field]) => !(name === '_id' && isMark(field)));
  return Object.fromEntries(fields.map(([name, field]) => [name, unmarked(field)]));
}

export function collectionsOf(database) {
  /** Makes a collection hold these documents, and nothing else. */
  function fill(name, documents) {
    database.command({ drop: name });
    database.command({ create: name });
    const all = [...documents].map(marked);
    if (all.length) database.command({ insert: name, documents: all });
  }

  const batch = (reply) => unmarked(reply.cursor.firstBatch);
  const find = (name, query) => batch(database.command({ find: name, batchSize: 1_000_000, ...query }));

  /** A pipeline over these documents, which need no collection. */
  function aggregate(documents, pipeline, options) {
    const source = { $documents: { $literal: [...documents] } };
    return batch(database.command({ aggregate: 1, pipeline: [source, ...pipeline], cursor: { batchSize: 1_000_000 }, ...options }));
  }

  return { aggregate, command: database.command, fill, find };
}
