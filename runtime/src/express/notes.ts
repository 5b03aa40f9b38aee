/** What a layer changed, as it was noted: values as they were then, whose texts wait until somebody reads them. */
import type { Change } from '../protocol';
import { keep, textOf, type Inspect, type Kept } from './keep';

/** Names and their values, in order. */
export interface Known {
  names: readonly string[];
  values: readonly unknown[];
}

/** A change with its values as they were; the text is made when it is read. */
interface Noted {
  /** Put together, the path. */
  prefix: string;
  name: string;
  kind: Change['kind'];
  before: Kept;
  after: Kept;
}

/** Headers before and after; what is different is looked for when it is read. */
interface NotedHeaders {
  before: Known;
  after: Known;
  /** How many notes of the same look, of what was removed, come after this one. */
  removed: number;
}

/** What one layer changed. Changes come first, what it removed last. */
export class Notes {
  private list: (Noted | NotedHeaders)[] | undefined;
  private removed = 0;

  constructor(private readonly inspect: Inspect) {}

  add(prefix: string, name: string, after: unknown): void {
    // A property that holds nothing is not news.
    if (after !== undefined) this.put({ prefix, name, kind: 'add', before: undefined, after: keep(name, after, this.inspect) });
  }

  change(prefix: string, name: string, before: unknown, after: unknown): void {
    const { inspect } = this;
    this.put({ prefix, name, kind: 'change', before: keep(name, before, inspect), after: keep(name, after, inspect) });
  }

  remove(prefix: string, name: string, before: unknown): void {
    this.removed++;
    const noted: Noted = { prefix, name, kind: 'remove', before: keep(name, before, this.inspect), after: undefined };
    if (this.list) this.list.push(noted);
    else this.list = [noted];
  }

  /** The last of a look. */
  headers(before: Known, after: Known): void {
    this.put({ before, after, removed: this.removed });
  }

  /** Ends one look: what the next adds goes after what this one removed. */
  over(): void {
    this.removed = 0;
  }

  read(): Change[] {
    const { inspect } = this;
    return this.spread().map(({ prefix, name, kind, before, after }) => ({
      path: prefix + name,
      kind,
      ...(kind === 'add' ? {} : { before: textOf(before, inspect) }),
      ...(kind === 'remove' ? {} : { after: textOf(after, inspect) }),
    }));
  }

  /** With a note for each header. */
  private spread(): Noted[] {
    const spread = new Notes(this.inspect);
    const list = this.list ?? [];
    for (let at = 0; at < list.length; at++) {
      const noted = list[at]!;
      if ('kind' in noted) {
        spread.put(noted);
        continue;
      }
      for (let left = noted.removed; left > 0; left--) spread.put(list[++at]!);
      spread.removed = noted.removed;
      compare('res.headers.', noted.before, noted.after, spread);
      spread.over();
    }
    return (spread.list ?? []) as Noted[];
  }

  private put(noted: Noted | NotedHeaders): void {
    const { list, removed } = this;
    // Most layers change one thing: a list of one is kept as that.
    if (list === undefined) this.list = [noted];
    else if (removed === 0) list.push(noted);
    else list.splice(list.length - removed, 0, noted);
  }
}

/** Whether anything is different. */
export function differ(before: Known, after: Known): boolean {
  if (before.names.length !== after.names.length) return true;
  for (let at = 0; at < after.names.length; at++) {
    if (before.names[at] !== after.names[at] || !same(before.values[at], after.values[at])) return true;
  }
  return false;
}

/** Notes each difference. */
export function compare(prefix: string, before: Known, after: Known, notes: Notes): void {
  let found = 0;
  for (let at = 0; at < after.names.length; at++) {
    const name = after.names[at]!;
    const value = after.values[at];
    const old = before.names[at] === name ? at : before.names.indexOf(name);
    if (old === -1) notes.add(prefix, name, value);
    else {
      found++;
      if (!same(before.values[old], value)) notes.change(prefix, name, before.values[old], value);
    }
  }
  if (found === before.names.length) return;
  for (let at = 0; at < before.names.length; at++) {
    const name = before.names[at]!;
    if (!after.names.includes(name)) notes.remove(prefix, name, before.values[at]);
  }
}

/** Lists of headers are made anew at each look. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  try {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
  } catch {
    // A proxy may throw, and one that was revoked does.
    return false;
  }
}
