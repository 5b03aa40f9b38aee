/** `express.Router()`: a stack of layers, and the walk of a request through it. */
import type { Kit } from './kit';
import { ask, Layer, matchersOf, paramsOf, type Found } from './layer';
import { mergeParams, processParams, type CalledParams } from './params';
import { Route as AnyRoute } from './route';
import { run, runError } from './run';
import { PATH_FITS, SCRIPT, SCRIPT_WITHOUT_METHOD, Table, TAKES } from './table';
import type { AnyFunction, Next, ParamHandler, Path, Request, Response, RouteObject, RouterFunction, RouterOptions, Site } from './types';
import { originOf, pathOf } from './url';

/** Most layers that run in a row without giving way to others. */
const MOST_IN_A_ROW = 100;
/** Words in the engine's answer before the captures of a layer. */
const HEAD_WORDS = 4;

export interface RouterClass {
  new (options?: RouterOptions): RouterFunction;
  (options?: RouterOptions): RouterFunction;
  prototype: object;
  Route: new (path: Path) => AnyRoute;
}

type Self = RouterFunction & { table: Table };

export function routerClass(kit: Kit): RouterClass {
  const { engine, scratch, setImmediate, Buffer } = kit;

  class Route extends AnyRoute {
    protected giveWay(next: Next, error: unknown): void {
      setImmediate(next, error);
    }
  }

  function Router(this: unknown, options?: RouterOptions): RouterFunction {
    const router = ((req: Request, res: Response, next: Next): void => router.handle(req, res, next)) as unknown as Self;
    Object.setPrototypeOf(router, this instanceof Router ? Object.getPrototypeOf(this) : Router.prototype);
    router.caseSensitive = options?.caseSensitive;
    router.mergeParams = options?.mergeParams;
    router.params = {};
    router.strict = options?.strict;
    router.stack = [];
    Object.defineProperty(router, 'table', { value: new Table(engine, scratch, kit.numberOf) });
    return router;
  }
  // As in Express, a router inherits from a function, so that it can be called.
  Router.prototype = function () {};
  Router.Route = Route;
  const prototype = Router.prototype as unknown as Record<string, unknown>;

  prototype['param'] = function (this: Self, name: string, handler: ParamHandler): Self {
    if (!name) throw new TypeError('argument name is required');
    if (typeof name !== 'string') throw new TypeError('argument name must be a string');
    if (!handler) throw new TypeError('argument fn is required');
    if (typeof handler !== 'function') throw new TypeError('argument fn must be a function');
    (this.params[name] ??= []).push(handler);
    return this;
  };

  prototype['use'] = function (this: Self, ...given: unknown[]): Self {
    const [path, handlers] = pathAndHandlers(given);
    if (handlers.length === 0) throw new TypeError('argument handler is required');
    const site = kit.site(1);
    for (const handler of handlers) {
      if (typeof handler !== 'function') throw new TypeError('argument handler must be a function');
      addUse(this, path, handler as AnyFunction, site);
    }
    return this;
  };

  /** Adds middleware whose place is known already. */
  function addUse(router: Self, path: Path, handler: AnyFunction, site: Site | undefined): void {
    const matchers = matchersOf(engine, path, { end: false, strict: false, sensitive: Boolean(router.caseSensitive) });
    const layer = new Layer(path, handler, matchers, false);
    layer.site = site;
    router.stack.push(layer);
  }

  prototype['route'] = function (this: Self, path: Path): RouteObject {
    const route = new Route(path);
    const matchers = matchersOf(engine, path, { end: true, strict: Boolean(this.strict), sensitive: Boolean(this.caseSensitive) });
    const handle = function handle(req: Request, res: Response, next: Next): void {
      route.dispatch(req, res, next);
    };
    const layer = new Layer(path, handle as AnyFunction, matchers, true);
    layer.route = route as unknown as RouteObject;
    this.stack.push(layer);
    return route as unknown as RouteObject;
  };

  prototype['listRoutes'] = function (this: Self): { path: Path; methods: string[] | undefined; router: unknown }[] {
    return this.stack.flatMap((layer) => {
      const route = layer.route as unknown as Route | undefined;
      const router = !route && Array.isArray((layer.handle as unknown as Self).stack) ? layer.handle : undefined;
      if (!route && !router) return [];
      const paths = Array.isArray(layer.rawPath) ? layer.rawPath : [layer.rawPath];
      return paths.map((path) => ({ path, methods: route?._methods(true), router }));
    });
  };

  for (const method of [...kit.methods, 'all']) {
    (Route.prototype as unknown as Record<string, unknown>)[method] = function (this: Route, ...handlers: unknown[]): Route {
      return this.add(method === 'all' ? undefined : method, handlers, kit.site(1));
    };
    prototype[method] = function (this: Self, path: Path, ...handlers: unknown[]): Self {
      const site = kit.site(1);
      const route = this.route(path) as unknown as Route;
      route.add(method === 'all' ? undefined : method, handlers, site);
      return this;
    };
  }

  prototype['handle'] = function handle(this: Self, req: Request, res: Response, callback: Next): void {
    if (!callback) throw new TypeError('argument callback is required');
    const { stack } = this;
    const frame = kit.tracer?.of(req)?.open(stack);
    const origin = originOf(req.url) ?? '';
    const parentParams = req.params;
    const parentUrl = req.baseUrl || '';
    const parentNext = req.next;
    const hasCallbacks = Object.keys(this.params).length > 0;
    const called: CalledParams = {};
    const allowed: string[] | undefined = req.method === 'OPTIONS' ? [] : undefined;

    let index = 0;
    let removed = '';
    let slashAdded = false;
    let inARow = 0;
    // The engine's answer, for which path and method, and how far it has been read.
    let words: number[] = [];
    let word = 0;
    let askedPath: string | undefined;
    let askedMethod = '';

    const done: Next = (error) => {
      frame?.close(error);
      req.baseUrl = parentUrl;
      req.next = parentNext;
      req.params = parentParams;
      if (allowed === undefined || error || allowed.length === 0) return callback(error);
      kit.tracer?.of(req)?.final();
      try {
        sendAllowed(res, allowed);
      } catch (error) {
        callback(error);
      }
    };

    const next: Next = (given) => {
      let error = given === 'route' ? null : given;
      if (slashAdded) {
        const isRoot = req.url === '/' || req.url.startsWith('/?');
        if (isRoot || (removed.endsWith('/') && req.url[0] === '/')) req.url = req.url.slice(1);
        slashAdded = false;
      }
      if (removed.length !== 0) {
        req.baseUrl = parentUrl;
        req.url = origin + removed + req.url.slice(origin.length);
        removed = '';
      }
      if (error === 'router') return void setImmediate(done, null);
      if (index >= stack.length) return void setImmediate(done, error);
      if (++inARow > MOST_IN_A_ROW) return void setImmediate(next, given);
      const path = pathOf(req.url);
      if (path === undefined) return done(error);

      if (path !== askedPath || req.method !== askedMethod || !this.table.isCurrent(stack)) {
        askedPath = path;
        askedMethod = req.method;
        words = this.table.find(stack, path, req.method);
        word = 0;
        frame?.judged(stack, words);
      }

      while (word < words.length) {
        const at = word;
        const position = words[at]!;
        const mark = words[at + 1]! & 0xff;
        word += HEAD_WORDS + words[at + 3]! * 3;
        if (position < index) continue;
        frame?.asked(index, position, error);
        index = position + 1;

        const layer = stack[position]!;
        const route = layer.route as unknown as Route | undefined;
        let found: Found | undefined;
        if (mark === SCRIPT || mark === SCRIPT_WITHOUT_METHOD) {
          try {
            found = askLayer(layer, path);
          } catch (thrown) {
            error = error || thrown;
          }
          if (found === undefined) continue;
          frame?.fits(position, mark === SCRIPT);
        }
        if (mark === PATH_FITS || mark === SCRIPT_WITHOUT_METHOD) {
          if (!error && allowed !== undefined) allowed.push(...route!._methods());
          continue;
        }
        // Only layers for errors run while an error is on its way.
        if (route !== undefined && error) continue;

        let params: Record<string, unknown>;
        let layerPath: string;
        if (found !== undefined) {
          ({ params, path: layerPath } = found);
        } else if (layer.slash) {
          params = {};
          layerPath = '';
        } else {
          const matcher = layer.matchers[words[at + 1]! >> 8] as Exclude<(typeof layer.matchers)[number], RegExp>;
          try {
            params = paramsOf(matcher, path, words, at + 3);
          } catch (thrown) {
            error = error || thrown;
            continue;
          }
          layerPath = route === undefined ? path.slice(0, words[at + 2]) : path;
        }

        if (route !== undefined) req.route = route;
        req.params = this.mergeParams ? mergeParams(params, parentParams) : params;

        const pass: Next = (paramError) => {
          if (paramError) return next(error || paramError);
          if (route !== undefined) route.dispatch(req, res, next, frame);
          else enter(layer, error, layerPath, path);
          inARow = 0;
        };
        if (hasCallbacks) processParams(this.params, Object.keys(params), called, req, res, pass);
        else pass();
        return;
      }
      frame?.asked(index, stack.length, error);
      index = stack.length;
      done(error);
    };

    /** Runs middleware, with the part of the path that it is mounted on taken off. */
    const enter = (layer: Layer, error: unknown, layerPath: string, path: string): void => {
      if (layerPath.length !== 0) {
        const after = path[layerPath.length];
        if (layerPath !== path.slice(0, layerPath.length) || (after !== undefined && after !== '/')) return next(error);
        removed = layerPath;
        req.url = origin + req.url.slice(origin.length + removed.length);
        if (!origin && req.url[0] !== '/') {
          req.url = `/${req.url}`;
          slashAdded = true;
        }
        req.baseUrl = parentUrl + (removed.endsWith('/') ? removed.slice(0, -1) : removed);
      }
      if (error) runError(layer, error, req, res, next, frame);
      else run(layer, req, res, next, frame);
    };

    req.next = next;
    req.baseUrl = parentUrl;
    req.originalUrl = req.originalUrl || req.url;
    next();
  };

  /** Asks the paths of a layer of which at least one is a regular expression. */
  function askLayer(layer: Layer, path: string): Found | undefined {
    for (const matcher of layer.matchers) {
      if (matcher instanceof RegExp) {
        const found = ask(matcher, path);
        if (found) return found;
        continue;
      }
      const table = new engine.RouteTable();
      table.addPath(matcher.pattern);
      table.addUse(0);
      const words = scratch.words(table.find(scratch.write(path), 0));
      if (words[1] !== undefined && (words[1] & 0xff) === TAKES) {
        return { params: paramsOf(matcher, path, words, 3), path: path.slice(0, words[2]) };
      }
    }
    return undefined;
  }

  /** Answers OPTIONS with what the routes of this path would take. */
  function sendAllowed(res: Response, methods: string[]): void {
    const allow = [...new Set(methods)].sort().join(', ');
    res.setHeader('Allow', allow);
    res.setHeader('Content-Length', Buffer.byteLength(allow));
    res.setHeader('Content-Type', 'text/plain');
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.end(allow);
  }

  return Router as unknown as RouterClass;
}

/** Tells `use(path, …)` from `use(…)`, where the handlers may stand in nested lists. */
export function pathAndHandlers(given: unknown[]): [Path, unknown[]] {
  let first = given[0];
  while (Array.isArray(first) && first.length !== 0) first = first[0];
  if (typeof first === 'function') return ['/', given.flat(Infinity)];
  return [given[0] as Path, given.slice(1).flat(Infinity)];
}
