/** What a layer changed on `req` and `res`, found by comparing their own properties before and after. */
import type { Change } from '../protocol';

/** Longest text of a value. */
const MOST_TEXT = 200;
/** Properties that the router itself sets between layers. */
const OF_ROUTER = new Set(['next', 'res', 'req', 'route', 'baseUrl', 'originalUrl', 'params', 'app', 'locals', 'statusMessage']);
const SECRET = /pass(word|wd|phrase)?$|^pwd$|secret|api[-_]?key|private[-_]?key|authorization/i;
const MASK = '••••••';

type Bag = Record<string, unknown>;
type Watched = { getHeaders?(): Bag; locals?: Bag; statusCode: number } & Bag;

export class Watch {
  private readonly reqKeys: Set<string>;
  private readonly resKeys: Set<string>;
  private before: Map<string, unknown>;

  /** Begins with what Node itself puts on both, which is of no interest later. */
  constructor(
    private readonly req: Bag,
    private readonly res: Watched,
    private readonly inspect: (value: unknown) => string,
  ) {
    this.reqKeys = new Set(Object.keys(req));
    this.resKeys = new Set(Object.keys(res));
    this.before = this.take();
  }

  /** Forgets what happened since: the router did it. */
  retake(): void {
    this.before = this.take();
  }

  /** Returns what changed since the last look. */
  changes(): Change[] {
    const after = this.take();
    const changes: Change[] = [];
    for (const [path, value] of after) {
      if (!this.before.has(path)) {
        // A property that holds nothing is not news.
        if (value !== undefined) changes.push({ path, kind: 'add', after: this.text(path, value) });
      } else if (!same(this.before.get(path), value)) {
        changes.push({ path, kind: 'change', before: this.text(path, this.before.get(path)), after: this.text(path, value) });
      }
    }
    for (const [path, value] of this.before) {
      if (!after.has(path)) changes.push({ path, kind: 'remove', before: this.text(path, value) });
    }
    this.before = after;
    return changes;
  }

  private take(): Map<string, unknown> {
    const { req, res } = this;
    const values = new Map<string, unknown>([
      ['req.url', req['url']],
      ['req.method', req['method']],
      ['res.statusCode', res.statusCode],
    ]);
    for (const key of Object.keys(req)) if (!this.reqKeys.has(key) && isOwn(key)) values.set(`req.${key}`, req[key]);
    for (const key of Object.keys(res)) if (!this.resKeys.has(key) && isOwn(key)) values.set(`res.${key}`, res[key]);
    for (const key of Object.keys(res.locals ?? {})) values.set(`res.locals.${key}`, res.locals![key]);
    for (const [name, value] of Object.entries(res.getHeaders?.() ?? {})) values.set(`res.headers.${name}`, value);
    return values;
  }

  private text(path: string, value: unknown): string {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const text = SECRET.test(name) ? MASK : this.inspect(masked(value, 3));
    return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  }
}

function isOwn(key: string): boolean {
  return key[0] !== '_' && !OF_ROUTER.has(key);
}

/** Lists of headers are made anew at each look. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
  return Object.is(a, b);
}

/** A copy of plain data with its secrets hidden. */
function masked(value: unknown, depth: number): unknown {
  if (depth === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => masked(item, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, SECRET.test(key) ? MASK : masked(item, depth - 1)]));
}
