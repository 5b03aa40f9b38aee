/** A collection at the prompt (mongosh: "Collection Methods"). */
import { inspect } from '../console/inspect';
import type { Doc } from './bson';
import { AggregationCursor, Cursor, type Place } from './cursor';
import type { Database } from './database';
import { MongoInvalidArgumentError, requireArguments } from './errors';
import { bulkWrite, checkOne, checkReplacement, checkUpdate, defined, updateResult, updateStatement, withIds, type UpdateResult } from './writes';

/** `{ email: 1 }` → `email_1`, as the server names an index. */
export function indexName(keys: Doc): string {
  return Object.entries(keys).map(([path, kind]) => `${path}_${String(kind)}`).join('_');
}

const isStage = (stage: unknown, name: string): boolean => typeof stage === 'object' && stage !== null && name in stage;

export class Collection {
  constructor(readonly _database: Database, readonly _name: string) {}

  private get place(): Place {
    const { _connection: connection, _name: database, _member: member } = this._database;
    return { connection, database, collection: this._name, member };
  }

  private run(command: Doc): Doc {
    return this._database._run(command);
  }

  // Reading.

  find(filter: Doc = {}, projection?: Doc, options: Doc = {}): Cursor {
    return new Cursor(this.place, { find: this._name, filter, ...defined({ projection, ...options }) });
  }

  findOne(filter: Doc = {}, projection?: Doc, options: Doc = {}): unknown {
    return this.find(filter, projection, options).limit(-1).next();
  }

  countDocuments(filter: Doc = {}, options: Doc = {}): number {
    const { skip, limit, ...rest } = options;
    const pipeline = [{ $match: filter }, ...(skip ? [{ $skip: skip }] : []), ...(limit ? [{ $limit: limit }] : []), { $group: { _id: 1, n: { $sum: 1 } } }];
    const first = (this.aggregate(pipeline, rest) as AggregationCursor).next() as Doc | null;
    return first ? Number(first.n) : 0;
  }

  estimatedDocumentCount(options: Doc = {}): number {
    return Number(this.run({ count: this._name, ...options }).n);
  }

  count(filter: Doc = {}, options: Doc = {}): number {
    this._database._warn('Collection.count() is deprecated. Use countDocuments or estimatedDocumentCount.');
    return Number(this.run({ count: this._name, query: filter, ...options }).n);
  }

  distinct(field: string, filter: Doc = {}, options: Doc = {}): unknown[] {
    requireArguments([field], 1, 'Collection.distinct');
    return this.run({ distinct: this._name, key: field, query: filter, ...options }).values as unknown[];
  }

  aggregate(...given: unknown[]): AggregationCursor | Doc {
    const pipeline = (Array.isArray(given[0]) || given.length === 0 ? (given[0] ?? []) : given) as unknown[];
    const { explain, batchSize, ...options } = ((Array.isArray(given[0]) ? given[1] : undefined) ?? {}) as Doc;
    const cursor = new AggregationCursor(this.place, { aggregate: this._name, pipeline, cursor: defined({ batchSize }), ...options });
    if (explain) return cursor.explain(explain);
    // Such a pipeline writes: it must not wait for somebody who reads.
    if (isStage(pipeline.at(-1), '$out') || isStage(pipeline.at(-1), '$merge')) cursor.hasNext();
    return cursor;
  }

  explain(verbosity?: unknown): Explainable {
    return new Explainable(this, this.place, verbosity);
  }

  // Writing.

  insertOne(document: Doc, options: Doc = {}): Doc {
    requireArguments([document], 1, 'Collection.insertOne');
    const [insertedId] = withIds([document], this._database._makeId);
    checkOne(this.run({ insert: this._name, documents: [document], ordered: true, ...options }));
    return { acknowledged: true, insertedId };
  }

  insertMany(documents: Doc[], options: Doc = {}): Doc {
    requireArguments([documents], 1, 'Collection.insertMany');
    if (!Array.isArray(documents)) throw new MongoInvalidArgumentError('Argument "docs" must be an array of documents');
    const { insertedIds } = this.bulkWrite(documents.map((document) => ({ insertOne: { document } })), options);
    return { acknowledged: true, insertedIds };
  }

  insert(documents: Doc | Doc[], options: Doc = {}): Doc {
    this._database._warn('Collection.insert() is deprecated. Use insertOne, insertMany, or bulkWrite.');
    return this.insertMany(Array.isArray(documents) ? documents : [documents], options);
  }

  updateOne(filter: Doc, update: unknown, options: Doc = {}): UpdateResult {
    return this.changed('updateOne', filter, update, false, options);
  }

  updateMany(filter: Doc, update: unknown, options: Doc = {}): UpdateResult {
    return this.changed('updateMany', filter, update, true, options);
  }

  update(filter: Doc, update: unknown, options: Doc = {}): UpdateResult {
    this._database._warn('Collection.update() is deprecated. Use updateOne, updateMany, or bulkWrite.');
    return this.changed('update', filter, update, options.multi === true, options);
  }

  replaceOne(filter: Doc, replacement: Doc, options: Doc = {}): UpdateResult {
    requireArguments([filter, replacement], 2, 'Collection.replaceOne');
    checkReplacement(replacement);
    return this.updated(filter, replacement, false, options);
  }

  deleteOne(filter: Doc, options: Doc = {}): Doc {
    requireArguments([filter], 1, 'Collection.deleteOne');
    return this.deleted(filter, 1, options);
  }

  deleteMany(filter: Doc, options: Doc = {}): Doc {
    requireArguments([filter], 1, 'Collection.deleteMany');
    return this.deleted(filter, 0, options);
  }

  remove(filter: Doc, options: Doc | boolean = {}): Doc {
    requireArguments([filter], 1, 'Collection.remove');
    this._database._warn('Collection.remove() is deprecated. Use deleteOne, deleteMany, findOneAndDelete, or bulkWrite.');
    const one = options === true || (options as Doc).justOne === true;
    return this.deleted(filter, one ? 1 : 0, {});
  }

  bulkWrite(operations: Doc[], options: Doc = {}): Doc & { insertedIds: Doc } {
    requireArguments([operations], 1, 'Collection.bulkWrite');
    if (!Array.isArray(operations) || operations.length === 0) throw new MongoInvalidArgumentError('Invalid BulkOperation, Batch cannot be empty');
    return bulkWrite((command) => this.run(command), this._name, operations, options, this._database._makeId);
  }

  findOneAndUpdate(filter: Doc, update: unknown, options: Doc = {}): unknown {
    requireArguments([filter, update], 2, 'Collection.findOneAndUpdate');
    checkUpdate(update, 'findOneAndUpdate');
    return this.modified({ query: filter, update }, options);
  }

  findOneAndReplace(filter: Doc, replacement: Doc, options: Doc = {}): unknown {
    requireArguments([filter, replacement], 2, 'Collection.findOneAndReplace');
    checkReplacement(replacement);
    return this.modified({ query: filter, update: replacement }, options);
  }

  findOneAndDelete(filter: Doc, options: Doc = {}): unknown {
    requireArguments([filter], 1, 'Collection.findOneAndDelete');
    return this.modified({ query: filter, remove: true }, options);
  }

  findAndModify(options: Doc): unknown {
    requireArguments([options], 1, 'Collection.findAndModify');
    const { query = {}, update, remove, fields, ...rest } = options;
    return this.modified(defined({ query, update, remove }), { ...rest, ...defined({ projection: fields }) });
  }

  // Indexes.

  createIndex(keys: Doc, options: Doc = {}): string {
    requireArguments([keys], 1, 'Collection.createIndex');
    return this.createIndexes([keys], options)[0]!;
  }

  createIndexes(keys: Doc[], options: Doc = {}): string[] {
    requireArguments([keys], 1, 'Collection.createIndexes');
    const indexes = keys.map((key) => ({ key, name: indexName(key), ...options }));
    this.run({ createIndexes: this._name, indexes });
    return indexes.map(({ name }) => name);
  }

  getIndexes(): unknown[] {
    return this._database._list({ listIndexes: this._name, cursor: {} });
  }

  getIndexKeys(): unknown[] {
    return this.getIndexes().map((index) => (index as Doc).key);
  }

  dropIndex(index: unknown): Doc {
    requireArguments([index], 1, 'Collection.dropIndex');
    if (index === '*') throw new MongoInvalidArgumentError("To drop all indexes in the collection, use Collection.dropIndexes() instead");
    return this._database._plain({ dropIndexes: this._name, index });
  }

  dropIndexes(index: unknown = '*'): Doc {
    return this._database._plain({ dropIndexes: this._name, index });
  }

  // The collection itself.

  drop(): boolean {
    const { ok } = this._database._run({ drop: this._name });
    return Number(ok) === 1;
  }

  renameCollection(name: string, dropTarget = false): Doc {
    requireArguments([name], 1, 'Collection.renameCollection');
    const command = { renameCollection: this.getFullName(), to: `${this._database._name}.${name}`, dropTarget };
    return this._database.getSiblingDB('admin')._plain(command);
  }

  stats(options: Doc | number = {}): Doc {
    const scale = typeof options === 'number' ? options : options.scale;
    return this._database._plain({ collStats: this._name, ...defined({ scale }) });
  }

  dataSize(): unknown {
    return this.stats().size;
  }

  storageSize(): unknown {
    return this.stats().storageSize;
  }

  totalIndexSize(): unknown {
    return this.stats().totalIndexSize;
  }

  totalSize(): number {
    const { storageSize, totalIndexSize } = this.stats();
    return Number(storageSize) + Number(totalIndexSize);
  }

  validate(options: Doc = {}): Doc {
    return this._database._plain({ validate: this._name, ...options });
  }

  exists(): unknown {
    return this._database.getCollectionInfos({ name: this._name })[0] ?? null;
  }

  isCapped(): boolean {
    return this.stats().capped === true;
  }

  runCommand(command: string | Doc, options: Doc = {}): Doc {
    return this._database.runCommand(typeof command === 'string' ? { [command]: this._name, ...options } : command);
  }

  getName(): string {
    return this._name;
  }

  getFullName(): string {
    return `${this._database._name}.${this._name}`;
  }

  getDB(): Database {
    return this._database;
  }

  getMongo(): unknown {
    return this._database.getMongo();
  }

  toString(): string {
    return this.getFullName();
  }

  toJSON(): string {
    return this.getFullName();
  }

  [inspect.custom](): string {
    return this.getFullName();
  }

  private changed(method: string, filter: Doc, update: unknown, multi: boolean, options: Doc): UpdateResult {
    requireArguments([filter, update], 2, `Collection.${method}`);
    checkUpdate(update, method);
    return this.updated(filter, update, multi, options);
  }

  private updated(filter: Doc, update: unknown, multi: boolean, options: Doc): UpdateResult {
    return updateResult(this.run({ update: this._name, updates: [updateStatement(filter, update, multi, options)], ordered: true, ...defined({ let: options.let }) }));
  }

  private deleted(filter: Doc, limit: 0 | 1, { collation, hint }: Doc): Doc {
    const reply = checkOne(this.run({ delete: this._name, deletes: [{ q: filter, limit, ...defined({ collation, hint }) }], ordered: true }));
    return { acknowledged: true, deletedCount: Number(reply.n) };
  }

  private modified(command: Doc, options: Doc): unknown {
    const { projection, sort, upsert, arrayFilters, collation, hint, returnDocument, returnNewDocument } = options;
    const isNew = options.new === true || returnNewDocument === true || returnDocument === 'after';
    const given = defined({ fields: projection, sort, upsert, arrayFilters, collation, hint, let: options.let });
    return this.run({ findAndModify: this._name, ...command, ...(isNew ? { new: true } : {}), ...given }).value ?? null;
  }
}

/** What `db.users.explain()` answers: its methods say how they would run. */
class Explainable {
  private readonly verbosity: unknown;

  constructor(private readonly collection: Collection, private readonly place: Place, verbosity: unknown) {
    this.verbosity = verbosity === true ? 'allPlansExecution' : (verbosity || 'queryPlanner');
  }

  find(filter?: Doc, projection?: Doc): Doc {
    return this.collection.find(filter, projection).explain(this.verbosity);
  }

  aggregate(pipeline: Doc[], options: Doc = {}): unknown {
    return this.collection.aggregate(pipeline, { ...options, explain: this.verbosity });
  }

  count(query: Doc = {}): Doc {
    return this.explain({ count: this.place.collection, query });
  }

  distinct(key: string, query: Doc = {}): Doc {
    return this.explain({ distinct: this.place.collection, key, query });
  }

  update(filter: Doc, update: unknown, options: Doc = {}): Doc {
    return this.explain({ update: this.place.collection, updates: [updateStatement(filter, update, options.multi === true, options)] });
  }

  remove(filter: Doc, options: Doc = {}): Doc {
    return this.explain({ delete: this.place.collection, deletes: [{ q: filter, limit: options.justOne ? 1 : 0 }] });
  }

  findOneAndUpdate(query: Doc, update: unknown): Doc {
    return this.explain({ findAndModify: this.place.collection, query, update });
  }

  private explain(command: Doc): Doc {
    const { connection, database, member } = this.place;
    return connection.run(database, { explain: command, verbosity: this.verbosity }, member);
  }
}
