/** Cursors of find and aggregate: nothing is asked before the first document is wanted (mongosh: "Cursor Methods"). */
import type { Doc } from './bson';
import { Documents, type Connection, type Membership } from './connection';
import { MongoInvalidArgumentError } from './errors';

type Each = (document: unknown) => unknown;

/** Documents that the prompt shows at once. */
export const PAGE = 20;

export interface Place {
  connection: Connection;
  database: string;
  collection: string;
  member?: Membership | undefined;
}

/** What both kinds of cursor can. */
export abstract class AbstractCursor {
  private documents: Documents | undefined;
  private readonly transforms: Each[] = [];
  private closed = false;

  constructor(protected readonly place: Place, protected readonly command: Doc) {}

  protected abstract batch(): number | undefined;

  /** The documents, asked for now if they were not. */
  private open(): Documents {
    const { connection, database, member } = this.place;
    return (this.documents ??= new Documents(connection, database, connection.run(database, this.command, member), this.batch(), member));
  }

  hasNext(): boolean {
    return !this.closed && this.open().hasNext();
  }

  next(): unknown {
    if (!this.hasNext()) return null;
    return this.transforms.reduce<unknown>((document, change) => change(document), this.open().next());
  }

  tryNext(): unknown {
    return this.next();
  }

  toArray(): unknown[] {
    const all: unknown[] = [];
    while (this.hasNext()) all.push(this.next());
    return all;
  }

  /** Stops when the function answers false. */
  forEach(each: Each): void {
    while (this.hasNext()) if (each(this.next()) === false) return;
  }

  map(change: Each): this {
    this.transforms.push(change);
    return this;
  }

  itcount(): number {
    return this.toArray().length;
  }

  pretty(): this {
    return this;
  }

  close(): void {
    this.documents?.close();
    this.closed = true;
  }

  isClosed(): boolean {
    return this.closed;
  }

  isExhausted(): boolean {
    return this.closed || this.open().over;
  }

  objsLeftInBatch(): number {
    return this.open().buffered;
  }

  batchSize(size: number): this {
    return this.set('batchSize', size);
  }

  collation(document: Doc): this {
    return this.set('collation', document);
  }

  comment(text: unknown): this {
    return this.set('comment', text);
  }

  hint(index: unknown): this {
    return this.set('hint', index);
  }

  maxTimeMS(ms: number): this {
    return this.set('maxTimeMS', ms);
  }

  allowDiskUse(allow = true): this {
    return this.set('allowDiskUse', allow);
  }

  explain(verbosity: unknown = 'queryPlanner'): Doc {
    const { connection, database, member } = this.place;
    const level = verbosity === true ? 'allPlansExecution' : verbosity === false ? 'queryPlanner' : verbosity;
    return connection.run(database, { explain: this.explained(), verbosity: level }, member);
  }

  /** The next documents for the prompt, and whether there are more. */
  page(): { documents: unknown[]; more: boolean } {
    const documents: unknown[] = [];
    const size = this.batch() ?? PAGE;
    while (documents.length < size && this.hasNext()) documents.push(this.next());
    return { documents, more: this.hasNext() };
  }

  *[Symbol.iterator](): Generator<unknown> {
    while (this.hasNext()) yield this.next();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    yield* this;
    await Promise.resolve();
  }

  protected explained(): Doc {
    return this.command;
  }

  protected set(option: string, value: unknown): this {
    if (this.documents) throw new MongoInvalidArgumentError('Cursor is already initialized');
    if (value !== undefined) this.command[option] = value;
    return this;
  }
}

export class Cursor extends AbstractCursor {
  /** A limit below zero asks for one batch, as the server's single batch does. */
  limit(count: number): this {
    if (count < 0) this.set('singleBatch', true);
    return this.set('limit', Math.abs(count));
  }

  skip(count: number): this {
    return this.set('skip', count);
  }

  sort(order: Doc): this {
    return this.set('sort', sortOf(order));
  }

  projection(fields: Doc): this {
    return this.set('projection', fields);
  }

  project(fields: Doc): this {
    return this.projection(fields);
  }

  min(bounds: Doc): this {
    return this.set('min', bounds);
  }

  max(bounds: Doc): this {
    return this.set('max', bounds);
  }

  returnKey(only = true): this {
    return this.set('returnKey', only);
  }

  showRecordId(show = true): this {
    return this.set('showRecordId', show);
  }

  /** Documents that fit, whatever limit and skip say. */
  count(): number {
    return this.counted({});
  }

  /** Documents that the cursor gives: limit and skip count. */
  size(): number {
    const { limit, skip } = this.command;
    return this.counted({ ...(limit ? { limit } : {}), ...(skip ? { skip } : {}) });
  }

  readConcern(level: string): this {
    return this.set('readConcern', { level });
  }

  protected batch(): number | undefined {
    return this.command.batchSize as number | undefined;
  }

  private counted(options: Doc): number {
    const { connection, database, collection, member } = this.place;
    const { filter, hint, collation } = this.command;
    const more = { ...(hint ? { hint } : {}), ...(collation ? { collation } : {}) };
    return Number(connection.run(database, { count: collection, query: filter, ...options, ...more }, member).n);
  }
}

export class AggregationCursor extends AbstractCursor {
  override batchSize(size: number): this {
    return this.set('cursor', { batchSize: size });
  }

  protected batch(): number | undefined {
    return (this.command.cursor as Doc).batchSize as number | undefined;
  }
}

function sortOf(order: unknown): unknown {
  if (typeof order !== 'object' || order === null) {
    throw new MongoInvalidArgumentError(`Invalid sort format: ${JSON.stringify(order)} Sort must be a valid object`);
  }
  return order;
}
