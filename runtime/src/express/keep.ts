/** Keeps a value as it is at a moment, so that its text can wait until somebody reads it. Secrets are not kept. */

/** Longest text of a value. */
const MOST_TEXT = 200;
/** Items of a list, and levels of an object, that a text can show. */
const MOST_ITEMS = 20;
const MOST_LEVELS = 3;
const SECRET = /pass(word|wd|phrase)?$|^pwd$|secret|api[-_]?key|private[-_]?key|authorization/i;
/** What stands between quotes as it is. */
const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;
const MASK = '••••••';
/** Which names are of secrets, of the names seen so far; few enough for a program that makes up names. */
const secrets = new Map<string, boolean>();
const MOST_NAMES = 500;

function isSecret(name: string): boolean {
  let is = secrets.get(name);
  if (is === undefined) {
    is = SECRET.test(name);
    if (secrets.size < MOST_NAMES) secrets.set(name, is);
  }
  return is;
}

export type Inspect = (value: unknown) => string;

/** A value whose text was made at once. */
class Text {
  constructor(readonly text: string) {}
}

const SECRET_TEXT = new Text(MASK);
const UNREADABLE = new Text('[unreadable]');
/** Stands for the value of a property that a getter answers: to call it is the program's business. */
export const GETTER: object = new Text('[Getter]');

/** A primitive, a copy of plain data, or a text: nothing in it belongs to the program. */
export type Kept = string | number | boolean | bigint | symbol | object | null | undefined;

/** What was met while plain data was copied; one copy is made at a time. */
let isPlain = true;

/** Keeps the value of a property. Only plain data can be copied; of anything else the text is made now. */
export function keep(name: string, value: unknown, inspect: Inspect): Kept {
  if (isSecret(name)) return SECRET_TEXT;
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value as Kept;
  if (value === GETTER) return value;
  isPlain = true;
  try {
    const copied = copy(value, MOST_LEVELS);
    return isPlain ? (copied as Kept) : new Text(shorten(inspect(copied)));
  } catch {
    // Code of the program that runs here, such as a proxy's, may throw.
    return UNREADABLE;
  }
}

/** The text of what was kept, at most 200 characters. */
export function textOf(kept: Kept, inspect: Inspect): string {
  if (kept instanceof Text) return kept.text;
  return shorten(typeof kept === 'string' && PLAIN.test(kept) ? `'${kept}'` : inspect(kept));
}

function shorten(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

/** A copy of plain data with its secrets hidden; what is not plain stays itself. */
function copy(value: unknown, levels: number): unknown {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'function') isPlain = false;
    return value;
  }
  if (Array.isArray(value)) {
    if (levels === 0) return value.length === 0 ? [] : [0];
    return value.slice(0, MOST_ITEMS).map((item) => copy(item, levels - 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    isPlain = false;
    return value;
  }
  // At the last level a text only says that there is something.
  if (levels === 0) return shell(value, prototype);
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const own = Object.getOwnPropertyDescriptor(value, key)!;
    const item = isSecret(key) ? MASK : copy(own.value, levels - 1);
    if (own.get || own.set) {
      isPlain = false;
      Object.defineProperty(copied, key, own);
    } else if (key === '__proto__') Object.defineProperty(copied, key, { value: item, enumerable: true });
    else copied[key] = item;
  }
  return copied;
}

function shell(value: object, prototype: unknown): object {
  const empty = Object.create(prototype as object | null) as Record<string, unknown>;
  if (Reflect.ownKeys(value).length > 0) empty['more'] = true;
  return empty;
}
