/** `app.route('/x')`: the handlers of one path, by method. */
import { Layer } from './layer';
import { run, runError } from './run';
import type { AnyFunction, Next, Path, Request, Response, Site } from './types';
import type { Frame } from './trace';

/** Most handlers that run in a row without giving way to others. */
const MOST_IN_A_ROW = 100;

export abstract class Route {
  readonly stack: Layer[] = [];
  /** Methods in lower case; `_all` for all. */
  readonly methods: Record<string, boolean | undefined> = Object.create(null);
  /** Grows with each handler, so that a router knows when its table is old. */
  declare version: number;

  constructor(readonly path: Path) {
    Object.defineProperty(this, 'version', { value: 0, writable: true });
  }

  /** Calls `next` a little later, so that others have a turn. */
  protected abstract giveWay(next: Next, error: unknown): void;

  _handlesMethod(method: string): boolean {
    if (this.methods['_all']) return true;
    const name = method.toLowerCase();
    return Boolean(this.methods[name === 'head' && !this.methods['head'] ? 'get' : name]);
  }

  /** Methods in upper case, with the HEAD that comes with GET. */
  _methods(includeAll = false): string[] {
    const methods = Object.keys(this.methods).flatMap((name) => (name === '_all' ? (includeAll ? ['*'] : []) : [name.toUpperCase()]));
    if (this.methods['get'] && !this.methods['head']) methods.push('HEAD');
    return methods;
  }

  add(method: string | undefined, given: unknown[], site: Site | undefined): this {
    const handlers = given.flat(Infinity);
    if (handlers.length === 0) throw new TypeError('argument handler is required');
    for (const handler of handlers) {
      if (typeof handler !== 'function') throw new TypeError('argument handler must be a function');
      const layer = new Layer('/', handler as AnyFunction, [], true);
      layer.method = method;
      layer.site = site;
      this.methods[method ?? '_all'] = true;
      this.stack.push(layer);
    }
    this.version++;
    return this;
  }

  dispatch(req: Request, res: Response, done: Next, frame?: Frame): void {
    const { stack } = this;
    if (stack.length === 0) return done();
    // A request that somebody made by hand may lack one.
    let method = String(req.method).toLowerCase();
    if (method === 'head' && !this.methods['head']) method = 'get';
    req.route = this;

    // One handler needs no walk: what it hands to next() means the same to the router.
    if (stack.length === 1) {
      const layer = stack[0]!;
      if (layer.method !== undefined && layer.method !== method) return done();
      return run(layer, req, res, done, frame, this);
    }

    let index = 0;
    let inARow = 0;
    const next = (error?: unknown): void => {
      if (error === 'route') return done();
      if (error === 'router') return done(error);
      if (index >= stack.length) return done(error);
      if (++inARow > MOST_IN_A_ROW) return this.giveWay(next, error);
      let layer: Layer | undefined;
      while (index < stack.length) {
        const candidate = stack[index++]!;
        if (candidate.method === undefined || candidate.method === method) {
          layer = candidate;
          break;
        }
      }
      if (!layer) return done(error);
      if (error) runError(layer, error, req, res, next, frame, this);
      else run(layer, req, res, next, frame, this);
      inARow = 0;
    };
    next();
  }
}
