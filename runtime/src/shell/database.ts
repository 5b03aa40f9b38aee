/** A database at the prompt: `db`, whose other properties are its collections (mongosh: "Database Methods"). */
import { inspect } from '../console/inspect';
import type { Doc } from './bson';
import { Collection } from './collection';
import { Documents, type Connection, type Membership } from './connection';
import { AggregationCursor } from './cursor';
import { MongoshInvalidInputError, requireArguments } from './errors';
import type { Mongo } from './mongo';
import { defined } from './writes';

/** Says of a property whether it is one of the object's own; every other is a collection. */
function isOwn(target: object, key: PropertyKey): boolean {
  return typeof key === 'symbol' || key.toString().startsWith('_') || key in target;
}

function collectionOf(database: Database, name: string): Collection {
  if (typeof name !== 'string' || name.trim() === '') throw new MongoshInvalidInputError('[COMMON-10001] Collection name cannot be empty.');
  const made: Collection = new Proxy(new Collection(database, name), {
    get: (target, key) => (isOwn(target, key) ? Reflect.get(target, key, made) : collectionOf(database, `${name}.${String(key)}`)) as unknown,
  });
  return made;
}

/** What replica sets add to every reply. */
const GOSSIP = ['$clusterTime', 'operationTime'];

export class Database {
  readonly _connection: Connection;

  constructor(readonly _mongo: Mongo, readonly _name: string, readonly _member?: Membership) {
    this._connection = _mongo._connection;
  }

  /** The database with its collections as properties. */
  static open(mongo: Mongo, name: string, member?: Membership): Database {
    if (!/^[^/\\. "$\0]{1,63}$/.test(name)) throw new MongoshInvalidInputError(`[COMMON-10001] Invalid database name: ${name}`);
    const made: Database = new Proxy(new Database(mongo, name, member), {
      get: (target, key) => (isOwn(target, key) ? Reflect.get(target, key, made) : collectionOf(made, String(key))) as unknown,
      // A property that was set stays, as on any object.
      set: (target, key, value) => Reflect.set(target, key, value),
    });
    return made;
  }

  get _makeId(): () => unknown {
    return this._mongo._makeId;
  }

  _warn(text: string): void {
    this._mongo._warn(text);
  }

  _run(command: Doc): Doc {
    return this._connection.run(this._name, command, this._member);
  }

  /** A reply without what only drivers read. */
  _plain(command: Doc): Doc {
    return Object.fromEntries(Object.entries(this._run(command)).filter(([name]) => !GOSSIP.includes(name)));
  }

  _list(command: Doc): unknown[] {
    const documents = new Documents(this._connection, this._name, this._run(command));
    const all: unknown[] = [];
    while (documents.hasNext()) all.push(documents.next());
    return all;
  }

  runCommand(command: string | Doc): Doc {
    requireArguments([command], 1, 'Database.runCommand');
    return this._plain(typeof command === 'string' ? { [command]: 1 } : command);
  }

  adminCommand(command: string | Doc): Doc {
    return this.getSiblingDB('admin').runCommand(command);
  }

  getCollection(name: string): Collection {
    requireArguments([name], 1, 'Database.getCollection');
    return collectionOf(this, name);
  }

  getSiblingDB(name: string): Database {
    requireArguments([name], 1, 'Database.getSiblingDB');
    return Database.open(this._mongo, name, this._member);
  }

  getCollectionNames(): string[] {
    return this.getCollectionInfos({}, { nameOnly: true }).map(({ name }) => String(name));
  }

  getCollectionInfos(filter: Doc = {}, options: Doc = {}): Doc[] {
    const listed = this._list({ listCollections: 1, filter, cursor: {}, ...options }) as Doc[];
    return listed.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  }

  createCollection(name: string, options: Doc = {}): Doc {
    requireArguments([name], 1, 'Database.createCollection');
    return this._plain({ create: name, ...options });
  }

  createView(name: string, source: string, pipeline: Doc[], options: Doc = {}): Doc {
    requireArguments([name, source, pipeline], 3, 'Database.createView');
    return this._plain({ create: name, viewOn: source, pipeline, ...options });
  }

  dropDatabase(): Doc {
    const { _name } = this;
    this._run({ dropDatabase: 1 });
    return { ok: 1, dropped: _name };
  }

  aggregate(pipeline: Doc[], options: Doc = {}): AggregationCursor {
    const { batchSize, ...rest } = options;
    const place = { connection: this._connection, database: this._name, collection: '$cmd.aggregate', member: this._member };
    return new AggregationCursor(place, { aggregate: 1, pipeline, cursor: defined({ batchSize }), ...rest });
  }

  stats(scale: number | Doc = 1): Doc {
    return this._plain({ dbStats: 1, ...(typeof scale === 'number' ? { scale } : scale) });
  }

  hello(): Doc {
    return this._plain({ hello: 1 });
  }

  serverStatus(): Doc {
    return this.adminCommand({ serverStatus: 1 });
  }

  version(): string {
    return String(this.adminCommand({ buildInfo: 1 }).version);
  }

  getName(): string {
    return this._name;
  }

  getMongo(): Mongo {
    return this._mongo;
  }

  toString(): string {
    return this._name;
  }

  toJSON(): string {
    return this._name;
  }

  [inspect.custom](): string {
    return this._name;
  }
}
