/**
 * The database that programs in real Node find at MongoDB's port: `MONGOD` names where the test command serves one. Each project
 * starts with its own documents and nothing else.
 */
import { createRequire } from 'node:module';

const { MongoClient, BSON } = createRequire(new URL('../../../packs/package.json', import.meta.url))('mongodb');

const HOST = `127.0.0.1:${process.env.MONGOD}`;
/** Databases that MongoDB keeps for itself. */
const OWN = ['admin', 'config', 'local'];

/** `27017:40123`, as the preload reads it. */
export const PORT = `27017:${process.env.MONGOD}`;

/** Drops everything, and inserts `data`: collection, or database and collection, → documents as EJSON. */
export async function fill(database, data = {}) {
  const client = await MongoClient.connect(`mongodb://${HOST}/?directConnection=true`);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (!OWN.includes(name)) await client.db(name).dropDatabase();
    for (const [name, rows] of Object.entries(data)) {
      const [collection, other = database] = name.split('.').reverse();
      if (rows.length > 0) await client.db(other).collection(collection).insertMany(rows.map((row) => BSON.EJSON.deserialize(row)));
    }
  } finally {
    await client.close();
  }
}

const ID = /\b[\da-f]{24}\b/g;

/** Ids that both sides gave to the same document, in the order in which both showed them. */
export class Ids {
  #real = new Map();
  #own = new Map();

  /** Two texts that should say the same. */
  meet(own, real) {
    const [ours, theirs] = [own, real].map((text) => text.match(ID) ?? []);
    if (ours.length !== theirs.length) return;
    ours.forEach((id, at) => {
      if (id === theirs[at] || this.#real.has(id)) return;
      this.#real.set(id, theirs[at]);
      this.#own.set(theirs[at], id);
    });
  }

  get any() {
    return this.#real.size > 0;
  }

  toReal = (text) => text.replace(ID, (id) => this.#real.get(id) ?? id);
  toOwn = (text) => text.replace(ID, (id) => this.#own.get(id) ?? id);
}
