/** The server that the shell is connected to: `db.getMongo()`, and the sessions in which transactions run. */
import { inspect } from '../console/inspect';
import type { Bson, Doc } from './bson';
import type { Connection, Membership } from './connection';
import { Database } from './database';
import { MongoInvalidArgumentError } from './errors';

export const ADDRESS = 'mongodb://127.0.0.1:27017';

export class Mongo {
  readonly _makeId: () => unknown;
  private readonly said = new Set<string>();

  constructor(readonly _connection: Connection, private readonly bson: Bson, private readonly print: (text: string) => void) {
    const ObjectId = bson.ObjectId as new () => unknown;
    this._makeId = () => new ObjectId();
  }

  /** A deprecation is told once. */
  _warn(text: string): void {
    if (this.said.has(text)) return;
    this.said.add(text);
    this.print(`DeprecationWarning: ${text}`);
  }

  getDB(name: string): Database {
    return Database.open(this, name);
  }

  getDBs(): Doc {
    return this.getDB('admin')._plain({ listDatabases: 1 });
  }

  getDBNames(): string[] {
    return (this.getDBs().databases as Doc[]).map(({ name }) => String(name));
  }

  startSession(): Session {
    return new Session(this, new (this.bson.UUID as new () => unknown)(), this.bson);
  }

  toString(): string {
    return ADDRESS;
  }

  [inspect.custom](): string {
    return ADDRESS;
  }
}

/** A session: commands of its databases carry its id, and its transaction while one is open. */
export class Session implements Membership {
  private number = 0;
  private state: 'none' | 'starting' | 'open' = 'none';
  private options: Doc = {};

  constructor(private readonly mongo: Mongo, private readonly id: unknown, private readonly bson: Bson) {}

  fields(command: Doc): Doc {
    const lsid = { id: this.id };
    if (this.state === 'none') return { lsid };
    const txnNumber = (this.bson.Long as { fromNumber(value: number): unknown }).fromNumber(this.number);
    const first = this.state === 'starting' && !('abortTransaction' in command);
    this.state = 'open';
    return { lsid, txnNumber, autocommit: false, ...(first ? { startTransaction: true, ...this.options } : {}) };
  }

  getDatabase(name: string): Database {
    return Database.open(this.mongo, name, this);
  }

  startTransaction(options: Doc = {}): void {
    if (this.state !== 'none') throw new MongoInvalidArgumentError('Transaction already in progress');
    this.number += 1;
    this.state = 'starting';
    this.options = options;
  }

  commitTransaction(): void {
    this.finish('commitTransaction');
  }

  abortTransaction(): void {
    this.finish('abortTransaction');
  }

  /** Commits when the function returns, aborts when it throws. */
  withTransaction(work: (session: Session) => unknown): unknown {
    this.startTransaction();
    let value: unknown;
    try {
      value = work(this);
    } catch (error) {
      this.abortTransaction();
      throw error;
    }
    this.commitTransaction();
    return value;
  }

  endSession(): void {
    if (this.state !== 'none') this.abortTransaction();
    this.mongo.getDB('admin')._run({ endSessions: [{ id: this.id }] });
  }

  [inspect.custom](): string {
    return `ClientSession(${inspect(this.id)})`;
  }

  private finish(command: 'commitTransaction' | 'abortTransaction'): void {
    if (this.state === 'none') throw new MongoInvalidArgumentError('No transaction started');
    const untouched = this.state === 'starting';
    try {
      // The server does not know of a transaction in which nothing was done.
      if (!untouched) this.mongo.getDB('admin')._connection.run('admin', { [command]: 1 }, this);
    } finally {
      this.state = 'none';
    }
  }
}
