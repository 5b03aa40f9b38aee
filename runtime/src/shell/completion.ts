/** Completion at the prompt: what can stand where a line ends. */
import { PROMPT_COMMANDS } from './prompt-commands';

/** What there is to name. */
export interface Known {
  databases: string[];
  collections: string[];
  /** Variables of the prompt. */
  names: string[];
  /** Fields of a collection's documents; `address.city` for inner ones. */
  fields: (collection: string) => string[];
}

export interface Completion {
  /** Where in the line the options begin. */
  from: number;
  options: string[];
}

export const DATABASE_METHODS = [
  'adminCommand', 'aggregate', 'createCollection', 'createView', 'dropDatabase', 'getCollection', 'getCollectionInfos', 'getCollectionNames',
  'getMongo', 'getName', 'getSiblingDB', 'hello', 'runCommand', 'serverStatus', 'stats', 'version',
];

export const COLLECTION_METHODS = [
  'aggregate', 'bulkWrite', 'countDocuments', 'createIndex', 'createIndexes', 'dataSize', 'deleteMany', 'deleteOne', 'distinct', 'drop', 'dropIndex',
  'dropIndexes', 'estimatedDocumentCount', 'exists', 'explain', 'find', 'findAndModify', 'findOne', 'findOneAndDelete', 'findOneAndReplace',
  'findOneAndUpdate', 'getFullName', 'getIndexes', 'getIndexKeys', 'insertMany', 'insertOne', 'isCapped', 'renameCollection', 'replaceOne',
  'runCommand', 'stats', 'storageSize', 'totalIndexSize', 'totalSize', 'updateMany', 'updateOne', 'validate',
];

const BOTH_CURSORS = [
  'allowDiskUse', 'batchSize', 'close', 'collation', 'comment', 'explain', 'forEach', 'hasNext', 'hint', 'isClosed', 'isExhausted', 'itcount', 'map',
  'maxTimeMS', 'next', 'objsLeftInBatch', 'pretty', 'toArray', 'tryNext',
];
export const AGGREGATION_METHODS = BOTH_CURSORS;
export const CURSOR_METHODS = [
  ...BOTH_CURSORS, 'count', 'limit', 'max', 'min', 'projection', 'readConcern', 'returnKey', 'showRecordId', 'size', 'skip', 'sort',
].sort();

const FILTER = [
  '$all', '$and', '$bitsAllSet', '$elemMatch', '$eq', '$exists', '$expr', '$gt', '$gte', '$in', '$jsonSchema', '$lt', '$lte', '$mod', '$ne', '$nin', '$nor',
  '$not', '$or', '$regex', '$size', '$text', '$type',
];
const UPDATE = ['$addToSet', '$currentDate', '$inc', '$max', '$min', '$mul', '$pop', '$pull', '$push', '$rename', '$set', '$setOnInsert', '$unset'];
const STAGES = [
  '$addFields', '$bucket', '$bucketAuto', '$count', '$facet', '$graphLookup', '$group', '$limit', '$lookup', '$match', '$merge', '$out', '$project',
  '$redact', '$replaceRoot', '$replaceWith', '$sample', '$set', '$setWindowFields', '$skip', '$sort', '$sortByCount', '$unionWith', '$unset', '$unwind',
];
const TYPES = ['BinData', 'Date', 'Decimal128', 'Double', 'EJSON', 'ISODate', 'Int32', 'Long', 'MaxKey', 'MinKey', 'NumberDecimal', 'NumberInt', 'NumberLong', 'ObjectId', 'Timestamp', 'UUID'];
const GLOBALS = ['console', 'db', 'load', 'print', 'printjson', ...TYPES];

const SHOW = ['collections', 'databases', 'dbs', 'tables'];
const NAME = String.raw`[A-Za-z_$][\w$]*`;
/** `db.users`, `db['users']` or `db.getCollection('users')`. */
const COLLECTION = String.raw`db(?:\.getCollection\(\s*(["'])(?<called>[^"']+)\1\s*\)|\[\s*(["'])(?<keyed>[^"']+)\3\s*\]|\.(?<plain>${NAME}(?:\.${NAME})*?))`;

/** A line with what stands in quotes blanked out, so that brackets can be counted. */
const unquoted = (text: string): string => text.replace(/(["'`])(?:\\.|(?!\1).)*(\1|$)/gs, (found) => (found.length > 1 ? `${found[0]}${'_'.repeat(found.length - 2)}${found.at(-1)}` : found));

/** Brackets that are open where a text ends, outermost first. */
function openBrackets(text: string): { bracket: string; at: number }[] {
  const open: { bracket: string; at: number }[] = [];
  [...unquoted(text)].forEach((one, at) => {
    if ('([{'.includes(one)) open.push({ bracket: one, at });
    else if (')]}'.includes(one)) open.pop();
  });
  return open;
}

/** The text without calls that have ended: `db.a.find({}).sort(x)` → `db.a.find().sort()`. */
function withoutArguments(text: string): string {
  const blank = unquoted(text);
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (blank[at] === ')' && depth > 0) depth -= 1;
    if (depth === 0) out += text[at];
    if (blank[at] === '(') depth += 1;
  }
  return out;
}

const begins = (options: readonly string[], prefix: string): string[] => options.filter((option) => option.startsWith(prefix) && option !== prefix);
const collectionIn = (match: RegExpExecArray): string => match.groups?.called ?? match.groups?.keyed ?? match.groups?.plain ?? '';

/** A member after a dot. */
function member(line: string, known: Known): Completion | undefined {
  const [, before = '', prefix = ''] = new RegExp(String.raw`^(.*?)\.(${NAME}|)$`, 's').exec(line) ?? [];
  if (!line.endsWith(`.${prefix}`) || before === '' && !line.startsWith('.')) return undefined;
  const head = line.slice(0, line.length - prefix.length - 1);
  const chain = /(?:^|[^\w$.])(db\b.*)$/s.exec(withoutArguments(head))?.[1];
  if (chain === undefined) return { from: line.length, options: [] };
  const answer = (options: string[]): Completion => ({ from: line.length - prefix.length, options: begins(options, prefix) });
  if (chain === 'db') return answer([...known.collections.filter((name) => new RegExp(`^${NAME}$`).test(name)).sort(), ...DATABASE_METHODS]);
  if (/\.aggregate\(\)(\.\w+\(\))*$/.test(chain)) return answer(AGGREGATION_METHODS);
  if (/\.find\(\)(\.\w+\(\))*$/.test(chain)) return answer(CURSOR_METHODS);
  const raw = /(?:^|[^\w$.])(db\b.*)$/s.exec(head)?.[1] ?? '';
  if (new RegExp(`^${COLLECTION}$`).exec(raw)) return answer(COLLECTION_METHODS);
  return answer([]);
}

/** A field or an operator where a key can stand: after `{` or `,` of a document that is an argument. */
function key(line: string, known: Known): Completion | undefined {
  const [, quote = '', prefix = ''] = /(?:[{,]\s*)(["']?)([\w$.]*)$/.exec(line) ?? [];
  if (!/[{,]\s*["']?[\w$.]*$/.test(line)) return undefined;
  const from = line.length - prefix.length;
  const open = openBrackets(line.slice(0, from - quote.length));
  if (open.at(-1)?.bracket !== '{') return undefined;
  const call = open.find(({ bracket, at }) => bracket === '(' && new RegExp(`${COLLECTION}\\.(?<method>\\w+)$`).test(line.slice(0, at)));
  if (!call) return undefined;
  const match = new RegExp(`${COLLECTION}\\.(?<method>\\w+)$`).exec(line.slice(0, call.at))!;
  const method = match.groups!.method!;
  const depth = open.slice(open.indexOf(call) + 1).length;
  const nth = unquoted(line.slice(call.at + 1, from)).replace(/[{[(].*?[}\])]/gs, '').split(',').length;
  const fields = known.fields(collectionIn(match));
  const names = quote === '' ? fields.filter((name) => !name.includes('.')) : fields;
  if (method === 'aggregate') return { from, options: begins(depth === 2 ? STAGES : [...names, ...FILTER], prefix) };
  const updates = /^update|^findOneAndUpdate/.test(method) && nth > 1;
  return { from, options: begins(updates && depth === 1 ? UPDATE : updates ? names : [...names, ...FILTER], prefix) };
}

/** What fits at the end of a line. */
export function complete(line: string, known: Known): Completion {
  const word = (options: string[], prefix: string): Completion => ({ from: line.length - prefix.length, options: begins(options, prefix) });
  const command = /^\s*(show|use)\s+(\S*)$/.exec(line);
  if (command) return word(command[1] === 'show' ? SHOW : known.databases, command[2]!);
  const quoted = /db(?:\.getCollection\(|\[)\s*["']([^"']*)$/.exec(line);
  if (quoted) return word(known.collections, quoted[1]!);
  const found = key(line, known) ?? member(line, known);
  if (found) return found;
  const prefix = new RegExp(`(${NAME})$`).exec(line)?.[1] ?? '';
  if (prefix === '') return { from: line.length, options: [] };
  const commands = line.trim() === prefix ? Object.keys(PROMPT_COMMANDS) : [];
  return word([...new Set([...commands, ...GLOBALS, ...known.names])].sort(), prefix);
}
