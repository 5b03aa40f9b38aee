/** `express.Router()`: a stack of layers, and the methods that add to it. */
import type { Kit } from './kit';
import { Layer, matchersOf } from './layer';
import { Route as AnyRoute } from './route';
import { Table } from './table';
import type { AnyFunction, Next, ParamHandler, Path, Request, Response, RouteObject, RouterFunction, RouterOptions, Site } from './types';
import { Walk } from './walk';

export interface RouterClass {
  new (options?: RouterOptions): RouterFunction;
  (options?: RouterOptions): RouterFunction;
  prototype: object;
  Route: new (path: Path) => AnyRoute;
}

/** A router with its picture in the engine. */
export type Self = RouterFunction & { table: Table };

export function routerClass(kit: Kit): RouterClass {
  const { engine, scratch, setImmediate } = kit;

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
    new Walk(kit, this, req, res, callback).start();
  };

  return Router as unknown as RouterClass;
}

/** Tells `use(path, …)` from `use(…)`, where the handlers may stand in nested lists. */
export function pathAndHandlers(given: unknown[]): [Path, unknown[]] {
  let first = given[0];
  while (Array.isArray(first) && first.length !== 0) first = first[0];
  if (typeof first === 'function') return ['/', given.flat(Infinity)];
  return [given[0] as Path, given.slice(1).flat(Infinity)];
}
