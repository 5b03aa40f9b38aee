/** What a layer changed on `req` and `res`, found by comparing their own properties with those of the last look. */
import { GETTER, type Inspect } from './keep';
import { compare, differ, Notes, same, type Known } from './notes';

/** Properties that the router itself sets between layers. */
const OF_ROUTER = new Set(['next', 'res', 'req', 'route', 'baseUrl', 'originalUrl', 'params', 'app', 'locals', 'statusMessage']);

type Bag = Record<string, unknown>;
type Watched = { getHeaders?(): Bag; locals?: Bag; statusCode: number } & Bag;

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
    try {
      this.url = this.request['url'];
    } catch {
      // As in `look`.
    }
  }

  /** Writes down what changed since the last look; without a notebook it is forgotten: the router did it. */
  look(book: Notebook | undefined): void {
    try {
      this.compare(book);
    } catch {
      // What the program put in place of a property of both threw: its error, if anybody else reads it.
    }
    book?.notes?.over();
  }

  private compare(book: Notebook | undefined): void {
    const { request } = this;
    const { url, method } = request;
    if (!Object.is(url, this.url)) {
      if (book) this.notes(book).change('req.', 'url', this.url, url);
      this.url = url;
    }
    if (!Object.is(method, this.method)) {
      if (book) this.notes(book).change('req.', 'method', this.method, method);
      this.method = method;
    }
    this.lookAtStatus(book);
    this.req.look(request, book, this.inspect);
    this.res.look(this.response, book, this.inspect);
    this.lookAside(book);
  }

  private lookAtStatus(book: Notebook | undefined): void {
    const { statusCode } = this.response;
    if (Object.is(statusCode, this.status)) return;
    if (book) this.notes(book).change('res.', 'statusCode', this.status, statusCode);
    this.status = statusCode;
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
    this.compareHeaders({ names: [...headers.keys], values: headers.values.map(valueOfHeader) }, book);
  }

  private compareHeaders(known: Known, book: Notebook | undefined): void {
    if (book && differ(this.headers, known)) this.notes(book).headers(this.headers, known);
    this.headers = known;
  }

  private notes(book: Notebook): Notes {
    return (book.notes ??= new Notes(this.inspect));
  }
}

const NOTHING: Bag = Object.freeze({});
const NO_NAMES: readonly string[] = [];

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
      const value = before === GETTER ? valueOf(target, names[at]!) : valueAgain(target, names[at]!);
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

/** Lists belong to the program, which may go on with them. */
function valueOfHeader(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])] : value;
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

/** The value of a property that is new here. A getter's is not asked for: what it does is the program's business. */
function valueOf(target: Bag, name: string): unknown {
  const own = Object.getOwnPropertyDescriptor(target, name);
  return own && (own.get || own.set) ? GETTER : own?.value;
}

/** Of one that was a plain value. It may have become a getter that throws. */
function valueAgain(target: Bag, name: string): unknown {
  try {
    return target[name];
  } catch {
    return GETTER;
  }
}
