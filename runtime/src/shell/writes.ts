/** Writes to a collection as commands, and what the driver makes of their replies. */
import type { Doc } from './bson';
import { MongoBulkWriteError, MongoInvalidArgumentError, MongoServerError } from './errors';

/** Runs a command on the collection's database. */
export type Run = (command: Doc) => Doc;

export interface WriteOptions extends Doc {
  ordered?: boolean;
}

/** An update as the `update` command takes it. */
export function updateStatement(filter: unknown, update: unknown, multi: boolean, options: Doc): Doc {
  const { upsert, arrayFilters, collation, hint, sort } = options;
  return { q: filter, u: update, ...(multi ? { multi } : {}), ...defined({ upsert, arrayFilters, collation, hint, sort }) };
}

/** Refuses what is no update: MongoDB would replace the document, or say it less clearly. */
export function checkUpdate(update: unknown, method: string): void {
  const pipeline = Array.isArray(update);
  const stages = pipeline ? (update as Doc[]) : [update as Doc];
  if (!pipeline && !Object.keys((update ?? {}) as Doc)[0]?.startsWith('$')) {
    throw new MongoInvalidArgumentError(`Update document requires atomic operators${hintFor(update, method)}`);
  }
  if (stages.some((stage) => typeof stage !== 'object' || stage === null)) throw new MongoInvalidArgumentError('Update must be a document or a pipeline');
}

function hintFor(update: unknown, method: string): string {
  const name = typeof update === 'object' && update !== null ? Object.keys(update)[0] : undefined;
  return name === undefined ? '' : `. ${method} changes fields that operators name: write { $set: { ${name}: … } }, or call replaceOne to replace the whole document`;
}

export function checkReplacement(document: unknown): void {
  if (Object.keys((document ?? {}) as Doc).some((name) => name.startsWith('$'))) {
    throw new MongoInvalidArgumentError('Replacement document must not contain atomic operators');
  }
}

export function defined(options: Doc): Doc {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

const errorsOf = (reply: Doc): Doc[] => (reply.writeErrors as Doc[] | undefined) ?? [];

/** Throws for the one statement of a command that was refused. */
export function checkOne(reply: Doc): Doc {
  const [first] = errorsOf(reply);
  if (first) throw new MongoServerError(first);
  return reply;
}

/** Gives every document an `_id`, in place as the driver does. */
export function withIds(documents: Doc[], makeId: () => unknown): unknown[] {
  for (const document of documents) if (document._id === undefined) document._id = makeId();
  return documents.map((document) => document._id);
}

export interface UpdateResult extends Doc {
  acknowledged: boolean;
  insertedId: unknown;
  matchedCount: number;
  modifiedCount: number;
  upsertedCount: number;
}

export function updateResult(reply: Doc): UpdateResult {
  const upserted = (checkOne(reply).upserted as { _id: unknown }[] | undefined) ?? [];
  return {
    acknowledged: true,
    insertedId: upserted[0]?._id ?? null,
    matchedCount: Number(reply.n) - upserted.length,
    modifiedCount: Number(reply.nModified),
    upsertedCount: upserted.length,
  };
}

interface Totals extends Doc {
  acknowledged: boolean;
  insertedCount: number;
  insertedIds: Doc;
  matchedCount: number;
  modifiedCount: number;
  deletedCount: number;
  upsertedCount: number;
  upsertedIds: Doc;
}

const nothing = (): Totals => ({
  acknowledged: true, insertedCount: 0, insertedIds: {}, matchedCount: 0, modifiedCount: 0, deletedCount: 0, upsertedCount: 0, upsertedIds: {},
});

type Step = { kind: 'insert' | 'update' | 'delete'; statement: Doc; at: number };

function stepOf(operation: Doc, at: number, makeId: () => unknown): Step {
  const [name = '', given = {}] = Object.entries(operation)[0] ?? [];
  const options = given as Doc;
  const { filter, update, replacement, document, collation, hint } = options;
  switch (name) {
    case 'insertOne': {
      const inserted = (document ?? options) as Doc;
      withIds([inserted], makeId);
      return { kind: 'insert', statement: inserted, at };
    }
    case 'updateOne':
    case 'updateMany':
      checkUpdate(update, name);
      return { kind: 'update', statement: updateStatement(filter, update, name === 'updateMany', options), at };
    case 'replaceOne':
      checkReplacement(replacement);
      return { kind: 'update', statement: updateStatement(filter, replacement, false, options), at };
    case 'deleteOne':
    case 'deleteMany':
      return { kind: 'delete', statement: { q: filter, limit: name === 'deleteOne' ? 1 : 0, ...defined({ collation, hint }) }, at };
    default:
      throw new MongoInvalidArgumentError(
        'bulkWrite only supports insertOne, updateOne, updateMany, deleteOne, deleteMany, replaceOne' + (name ? `, not ${name}` : ''),
      );
  }
}

/** Steps that one command can do: neighbours of one kind when the order counts, else all of a kind. */
function grouped(steps: Step[], ordered: boolean): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = ordered ? groups.at(-1) : groups.find(([first]) => first!.kind === step.kind);
    if (group?.[0]!.kind === step.kind) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

const LIST = { insert: 'documents', update: 'updates', delete: 'deletes' } as const;

function add(totals: Totals, kind: Step['kind'], group: Step[], reply: Doc, failed: Set<number>): void {
  const n = Number(reply.n);
  if (kind === 'delete') totals.deletedCount += n;
  else if (kind === 'insert') {
    totals.insertedCount += n;
    const done = group.filter((_, index) => !failed.has(index)).slice(0, n);
    for (const { at, statement } of done) totals.insertedIds[String(at)] = statement._id;
  } else {
    const upserted = (reply.upserted as { index: number; _id: unknown }[] | undefined) ?? [];
    totals.matchedCount += n - upserted.length;
    totals.modifiedCount += Number(reply.nModified);
    totals.upsertedCount += upserted.length;
    for (const { index, _id } of upserted) totals.upsertedIds[String(group[Number(index)]!.at)] = _id;
  }
}

/** Does many writes of any kind (MongoDB manual: "Bulk Write Operations"). */
export function bulkWrite(run: Run, collection: string, operations: Doc[], options: WriteOptions, makeId: () => unknown): Totals {
  const ordered = options.ordered ?? true;
  const totals = nothing();
  const failures: Doc[] = [];
  for (const group of grouped(operations.map((operation, at) => stepOf(operation, at, makeId)), ordered)) {
    const { kind } = group[0]!;
    const reply = run({ [kind]: collection, [LIST[kind]]: group.map(({ statement }) => statement), ordered });
    const errors = errorsOf(reply);
    add(totals, kind, group, reply, new Set(errors.map(({ index }) => Number(index))));
    failures.push(...errors.map((error) => ({ ...error, index: group[Number(error.index)]!.at })));
    if (errors.length > 0 && ordered) break;
  }
  if (failures[0]) throw new MongoBulkWriteError(failures[0], totals, failures);
  return totals;
}
