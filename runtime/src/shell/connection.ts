/** The shell's connection: commands to a database, and the batches of a cursor. */
import type { Doc } from './bson';
import { MongoServerError } from './errors';

/** Does one command and answers the reply, also one that says `ok: 0`. */
export type Door = (database: string, command: Doc) => Doc;

/** A transaction that commands belong to. */
export interface Membership {
  fields(command: Doc): Doc;
}

export class Connection {
  constructor(private readonly door: Door) {}

  /** Answers the reply of a command that worked. */
  run(database: string, command: Doc, member?: Membership): Doc {
    const reply = this.door(database, { ...command, ...member?.fields(command) });
    if (Number(reply.ok) !== 1) throw new MongoServerError(reply);
    return reply;
  }
}

interface Batch {
  id: unknown;
  ns: string;
  firstBatch?: unknown[];
  nextBatch?: unknown[];
}

/** The documents of a reply with a cursor; more are asked for when they are needed. */
export class Documents {
  private left: unknown[] = [];
  private at = 0;
  private id: unknown = 0;
  private collection = '';

  constructor(
    private readonly connection: Connection,
    private readonly database: string,
    reply: Doc,
    private readonly batchSize?: number,
    private readonly member?: Membership,
  ) {
    this.take(reply);
  }

  /** Documents that have come and were not read. */
  get buffered(): number {
    return this.left.length - this.at;
  }

  get over(): boolean {
    return this.buffered === 0 && Number(this.id) === 0;
  }

  hasNext(): boolean {
    while (this.buffered === 0 && Number(this.id) !== 0) this.more();
    return this.buffered > 0;
  }

  next(): unknown {
    if (!this.hasNext()) return null;
    this.at += 1;
    return this.left[this.at - 1];
  }

  close(): void {
    if (Number(this.id) !== 0) this.connection.run(this.database, { killCursors: this.collection, cursors: [this.id] });
    this.id = 0;
    this.left = [];
    this.at = 0;
  }

  private more(): void {
    const { batchSize } = this;
    this.take(this.connection.run(this.database, { getMore: this.id, collection: this.collection, ...(batchSize ? { batchSize } : {}) }, this.member));
  }

  private take(reply: Doc): void {
    const { id, ns, firstBatch, nextBatch } = reply.cursor as Batch;
    this.id = id;
    this.collection = ns.slice(ns.indexOf('.') + 1);
    this.left = firstBatch ?? nextBatch ?? [];
    this.at = 0;
  }
}
