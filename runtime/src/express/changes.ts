/** What a layer changed on `req` and `res`, found by comparing their own properties with those of the last look. */
import type { Change } from '../protocol';
import { keep, textOf, type Inspect, type Kept } from './keep';

/** Properties that the router itself sets between layers. */
const OF_ROUTER = new Set(['next', 'res', 'req', 'route', 'baseUrl', 'originalUrl', 'params', 'app', 'locals', 'statusMessage']);

type Bag = Record<string, unknown>;
type Watched = { getHeaders?(): Bag; locals?: Bag; statusCode: number } & Bag;

/** A change with its values as they were; the text is made when it is read. */
interface Noted {
  path: string;
  kind: Change['kind'];
  before: Kept;
  after: Kept;
}

/** What one layer changed. Changes come first, what it removed last. */
export class Notes {
  private list: Noted[] | undefined;
  private removed = 0;

  constructor(private readonly inspect: Inspect) {}

  add(prefix: string, name: string, after: unknown): void {
    // A property that holds nothing is not news.
    if (after !== undefined) this.put({ path: prefix + name, kind: 'add', before: undefined, after: keep(name, after, this.inspect) });
  }

  change(prefix: string, name: string, before: unknown, after: unknown): void {
    const { inspect } = this;
    this.put({ path: prefix + name, kind: 'change', before: keep(name, before, inspect), after: keep(name, after, inspect) });
  }

  remove(prefix: string, name: string, before: unknown): void {
    this.removed++;
    const noted: Noted = { path: prefix + name, kind: 'remove', before: keep(name, before, this.inspect), after: undefined };
    if (this.list) this.list.push(noted);
    else this.list = [noted];
  }

  /** Ends one look: what the next adds goes after what this one removed. */
  over(): void {
    this.removed = 0;
  }

  read(): Change[] {
    const { inspect, list = [] } = this;
    return list.map(({ path, kind, before, after }) => ({
      path,
      kind,
      ...(kind === 'add' ? {} : { before: textOf(before, inspect) }),
      ...(kind === 'remove' ? {} : { after: textOf(after, inspect) }),
    }));
  }

  private put(noted: Noted): void {
    const { list, removed } = this;
    // Most layers change one thing: a list of one is kept as that.
    if (list === undefined) this.list = [noted];
    else if (removed === 0) list.push(noted);
    else list.splice(list.length - removed, 0, noted);
  }
}

/** Names in lower case, and values beside them. */
export interface HeaderSource {
  /** Grows with each change. */
  readonly version: number;
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** Where a look writes its notes; made at the first change. */
export interface Notebook {
  notes: Notes | undefined;
}

export class Watch {
  private readonly req: Own;
  private readonly res: Own;
  private readonly locals: Own;
  private headers = NOTHING_KNOWN;
  private url: unknown;
  private method: unknown;
  private status: unknown;
  private version = 0;

  /** Begins with what Node itself puts on both, which is of no interest later. */
  constructor(
    private readonly request: Bag,
    private readonly response: Watched,
    private readonly inspect: Inspect,
    private readonly headersOf: ((response: object) => HeaderSource | undefined) | undefined,
  ) {
    this.req = new Own('req.', Object.keys(request), isOfRequest);
    this.res = new Own('res.', Object.keys(response), isOfResponse);
    this.locals = new Own('res.locals.', [], isAny);
    this.url = request['url'];
    this.method = request['method'];
    this.status = response.statusCode;
    this.lookAside(undefined);
  }

  /** The router changed the URL, and nothing else. */
  moved(): void {
    this.url = this.request['url'];
  }

  /** Writes down what changed since the last look; without a notebook it is forgotten: the router did it. */
  look(book: Notebook | undefined): void {
    const { request, response } = this;
    const { url, method } = request;
    const { statusCode } = response;
    if (!Object.is(url, this.url)) {
      if (book) this.notes(book).change('req.', 'url', this.url, url);
      this.url = url;
    }
    if (!Object.is(method, this.method)) {
      if (book) this.notes(book).change('req.', 'method', this.method, method);
      this.method = method;
    }
    if (!Object.is(statusCode, this.status)) {
      if (book) this.notes(book).change('res.', 'statusCode', this.status, statusCode);
      this.status = statusCode;
    }
    this.req.look(request, book, this.inspect);
    this.res.look(response, book, this.inspect);
    this.lookAside(book);
    book?.notes?.over();
  }

  /** Looks at what is kept beside the objects' own properties. */
  private lookAside(book: Notebook | undefined): void {
    const { response } = this;
    this.locals.look(response.locals ?? NOTHING, book, this.inspect);
    if (!this.headersOf) {
      const plain = response.getHeaders?.() ?? NOTHING;
      return this.compareHeaders({ names: Object.keys(plain), values: Object.values(plain) }, book);
    }
    const headers = this.headersOf(response);
    if (headers === undefined || headers.version === this.version) return;
    this.version = headers.version;
    this.compareHeaders({ names: [...headers.keys], values: [...headers.values] }, book);
  }

  private compareHeaders(known: Known, book: Notebook | undefined): void {
    if (book && differ(this.headers, known)) compare('res.headers.', this.headers, known, this.notes(book));
    this.headers = known;
  }

  private notes(book: Notebook): Notes {
    return (book.notes ??= new Notes(this.inspect));
  }
}

const NOTHING: Bag = Object.freeze({});
const NO_NAMES: readonly string[] = [];

/** Names and their values, in order. */
interface Known {
  names: readonly string[];
  values: readonly unknown[];
}

const NOTHING_KNOWN: Known = { names: NO_NAMES, values: NO_NAMES };

/** The own properties of one object: their names in order, and the values of those that count. */
class Own {
  /** All names but those that it began with. */
  private tail: string[] = [];
  /** Of these the names that count, and their values. */
  private known: { names: string[]; values: unknown[] } = { names: [], values: [] };
  private readonly last: string | undefined;

  constructor(
    private readonly prefix: string,
    private readonly initial: string[],
    private readonly counts: (name: string) => boolean,
  ) {
    this.last = initial.at(-1);
  }

  /** Learns what is different, and notes it. */
  look(target: Bag, book: Notebook | undefined, inspect: Inspect): void {
    const keys = Object.keys(target);
    if (!this.hasGrown(keys)) return this.learn(target, keys, book, inspect);
    const { prefix, tail, counts } = this;
    const { names, values } = this.known;
    for (let at = 0; at < names.length; at++) {
      const before = values[at];
      const value = valueOf(target, names[at]!);
      if (same(before, value)) continue;
      values[at] = value;
      if (book) (book.notes ??= new Notes(inspect)).change(prefix, names[at]!, before, value);
    }
    for (let at = this.initial.length + tail.length; at < keys.length; at++) {
      const name = keys[at]!;
      tail.push(name);
      if (!counts(name)) continue;
      const value = valueOf(target, name);
      names.push(name);
      values.push(value);
      if (book) (book.notes ??= new Notes(inspect)).add(prefix, name, value);
    }
  }

  /**
   * Whether these are the names of before, and perhaps further ones. New properties come after old ones, so that a list with the
   * same name at the same place has the same beginning.
   */
  private hasGrown(keys: string[]): boolean {
    const { tail } = this;
    const from = this.initial.length;
    if (keys.length < from + tail.length || (from > 0 && keys[from - 1] !== this.last)) return false;
    for (let at = 0; at < tail.length; at++) if (keys[from + at] !== tail[at]) return false;
    return true;
  }

  /** Learns the properties anew. */
  private learn(target: Bag, keys: string[], book: Notebook | undefined, inspect: Inspect): void {
    const { initial, counts, known: before } = this;
    const isWhole = initial.length === 0 || keys[initial.length - 1] === this.last;
    this.tail = isWhole ? keys.slice(initial.length) : keys.filter((name) => !initial.includes(name));
    const names = this.tail.filter(counts);
    const after = { names, values: names.map((name) => valueOf(target, name)) };
    this.known = after;
    if (book && differ(before, after)) compare(this.prefix, before, after, (book.notes ??= new Notes(inspect)));
  }
}

function differ(before: Known, after: Known): boolean {
  if (before.names.length !== after.names.length) return true;
  for (let at = 0; at < after.names.length; at++) {
    if (before.names[at] !== after.names[at] || !same(before.values[at], after.values[at])) return true;
  }
  return false;
}

function compare(prefix: string, before: Known, after: Known, notes: Notes): void {
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

function isOfRequest(name: string): boolean {
  return name[0] !== '_' && name !== 'url' && name !== 'method' && !OF_ROUTER.has(name);
}

function isOfResponse(name: string): boolean {
  return name[0] !== '_' && name !== 'statusCode' && !OF_ROUTER.has(name);
}

function isAny(): boolean {
  return true;
}

/** A getter of the program may throw, which is none of the request's business. */
function valueOf(target: Bag, name: string): unknown {
  try {
    return target[name];
  } catch {
    return undefined;
  }
}

/** Lists of headers are made anew at each look. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
}
