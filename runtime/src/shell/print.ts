/** What the prompt shows of a value, as mongosh prints it. */
import { inspectValue, type Doc } from './bson';
import { AbstractCursor } from './cursor';

/** Text that is shown as it stands. */
export class Shown {
  constructor(readonly text: string) {}
}

const FULL = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
const MORE = '\nType "it" for more';

/** Texts as they are, documents as code; of long lists the beginning. */
export function shown(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Shown) return value.text;
  if (typeof value === 'string') return value;
  // The plan of a query is deep.
  const whole = typeof value === 'object' && value !== null && 'queryPlanner' in value;
  return inspectValue(value, whole ? FULL : { depth: 6 });
}

/** The next documents of a cursor; nothing of one that has none. */
export function shownPage(cursor: AbstractCursor): string {
  const { documents, more } = cursor.page();
  return documents.length === 0 ? '' : inspectValue(documents, FULL) + (more ? MORE : '');
}

function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(2)} ${units[unit]}`;
}

/** `show dbs`: names, and sizes in a column of their own. */
export function shownDatabases(databases: Doc[]): string {
  const rows = databases.map(({ name, sizeOnDisk }): [string, string] => [String(name), bytes(Number(sizeOnDisk))]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows.map(([name, size]) => `${name.padEnd(widths[0]!)}  ${size.padStart(widths[1]!)}`).join('\n');
}

const BADGES: Record<string, string> = { view: '[view]', timeseries: '[time-series]' };

/** `show collections`. */
export function shownCollections(collections: Doc[]): string {
  const width = Math.max(0, ...collections.map(({ name }) => String(name).length));
  return collections.map(({ name, type }) => {
    const badge = BADGES[String(type)];
    return badge ? `${String(name).padEnd(width)}  ${badge}` : String(name);
  }).join('\n');
}

interface Failure {
  name?: unknown;
  message?: unknown;
  codeName?: unknown;
  errInfo?: unknown;
  result?: unknown;
  writeErrors?: Doc[];
}

/** An error without its stack: what went wrong, and what MongoDB adds to it. */
export function shownError(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return `Uncaught ${inspectValue(error)}`;
  const { name, message, codeName, errInfo, result, writeErrors } = error as Failure;
  const parts = [`${String(name)}${codeName ? `[${String(codeName)}]` : ''}: ${String(message)}`];
  if (errInfo) parts.push(`Additional information: ${inspectValue(errInfo, FULL)}`);
  if (result) parts.push(`Result: ${inspectValue(result)}`);
  if (writeErrors) parts.push(`Write Errors: ${inspectValue(writeErrors.map(({ index, code, errmsg }) => ({ index, code, errmsg })), FULL)}`);
  return parts.join('\n');
}
