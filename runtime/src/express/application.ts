/** `express()`'s methods: settings, mounting, routes, rendering, listening. */
import { finalHandler } from './final';
import type { Kit } from './kit';
import { adopt, messageClasses } from './messages';
import { pathAndHandlers, type RouterClass } from './router';
import { compilers } from './settings';
import type { Route } from './route';
import type { AnyFunction, Application, Next, ParamHandler, Path, Request, Response, RouteObject } from './types';
import { View } from './view';

/** Hidden mark: `trust proxy` was never set, so that a mounted application takes its parent's. */
const TRUST_PROXY_DEFAULT = '@@symbol:trust_proxy_default';

export type ApplicationPrototype = Record<string, unknown> & ThisType<Application>;

export function applicationPrototype(kit: Kit, Router: RouterClass): ApplicationPrototype {
  const compile = compilers(kit);
  const { http, process, path } = kit;

  const application: ApplicationPrototype = {
    init() {
      const app = this as unknown as Application & Record<string, unknown>;
      app.cache = Object.create(null);
      app.engines = Object.create(null);
      app.settings = Object.create(null);
      (app['defaultConfiguration'] as () => void)();
      let router: unknown;
      Object.defineProperty(app, 'router', {
        configurable: true,
        enumerable: true,
        get(this: Application) {
          router ??= new Router({ caseSensitive: this.enabled('case sensitive routing'), strict: this.enabled('strict routing') });
          return router;
        },
      });
    },

    defaultConfiguration() {
      const env = process.env['NODE_ENV'] || 'development';
      this.enable('x-powered-by');
      this.set('etag', 'weak');
      this.set('env', env);
      this.set('query parser', 'simple');
      this.set('subdomain offset', 2);
      this.set('trust proxy', false);
      Object.defineProperty(this.settings, TRUST_PROXY_DEFAULT, { configurable: true, value: true });
      this.on('mount', (parent: Application) => {
        if (this.settings[TRUST_PROXY_DEFAULT] === true && typeof parent.settings['trust proxy fn'] === 'function') {
          delete this.settings['trust proxy'];
          delete this.settings['trust proxy fn'];
        }
        Object.setPrototypeOf(this.request, parent.request);
        Object.setPrototypeOf(this.response, parent.response);
        Object.setPrototypeOf(this.engines, parent.engines);
        Object.setPrototypeOf(this.settings, parent.settings);
      });
      this.locals = Object.create(null);
      this.mountpath = '/';
      this.locals['settings'] = this.settings;
      this.set('view', View(kit));
      this.set('views', path.resolve('views'));
      this.set('jsonp callback name', 'callback');
      if (env === 'production') this.enable('view cache');
    },

    handle(req: Request, res: Response, callback?: Next) {
      // The last stop is made when a request gets there; few do.
      const done = callback || ((error) => finalHandler(kit, req, res, String(this.set('env')), (error) => this.set('env') === 'test' || kit.console.error(printed(error)))(error));
      if (this.enabled('x-powered-by')) res.setHeader('X-Powered-By', 'Express');
      req.res = res;
      res.req = req;
      if (!res.locals) res.locals = { __proto__: null } as never;
      adopt(req, res, this as unknown as Application);
      this.router.handle(req, res, done);
    },

    use(...given: unknown[]) {
      const [path, handlers] = pathAndHandlers(given);
      if (handlers.length === 0) throw new TypeError('app.use() requires a middleware function');
      const site = kit.site(1);
      const { router } = this;
      for (const handler of handlers) {
        const mounted = handler as Application | undefined;
        if (!mounted || !mounted.handle || !mounted.set) {
          router.use(path, handler);
        } else {
          mounted.mountpath = path;
          mounted.parent = this as unknown as Application;
          router.use(path, function mounted_app(req: Request, res: Response, next: Next) {
            const { app } = req;
            mounted.handle(req, res, (error) => {
              Object.setPrototypeOf(req, app.request);
              Object.setPrototypeOf(res, app.response);
              next(error);
            });
          });
          mounted.emit('mount', this);
        }
        router.stack.at(-1)!.site = site;
      }
      return this as unknown as Application;
    },

    route(path: Path): RouteObject {
      return this.router.route(path);
    },

    engine(ext: string, render: unknown) {
      if (typeof render !== 'function') throw new Error('callback function required');
      this.engines[ext[0] === '.' ? ext : `.${ext}`] = render;
      return this;
    },

    param(name: string | string[], handler: ParamHandler) {
      for (const each of Array.isArray(name) ? name : [name]) this.router.param(each, handler);
      return this as unknown as Application;
    },

    set(name: string, value?: unknown) {
      if (arguments.length === 1) return this.settings[name];
      this.settings[name] = value;
      if (name === 'etag') this.set('etag fn', compile.etag(value));
      if (name === 'query parser') this.set('query parser fn', compile.queryParser(value));
      if (name === 'trust proxy') {
        this.set('trust proxy fn', compile.trust(value));
        Object.defineProperty(this.settings, TRUST_PROXY_DEFAULT, { configurable: true, value: false });
      }
      return this;
    },

    path(): string {
      return this.parent ? this.parent.path() + String(this.mountpath) : '';
    },
    enabled(name: string): boolean {
      return Boolean(this.set(name));
    },
    disabled(name: string): boolean {
      return !this.set(name);
    },
    enable(name: string) {
      return this.set(name, true);
    },
    disable(name: string) {
      return this.set(name, false);
    },

    all(path: Path, ...handlers: unknown[]) {
      const site = kit.site(1);
      const route = this.route(path) as unknown as Route;
      for (const method of kit.methods) route.add(method, handlers, site);
      return this;
    },

    render(name: string, given: unknown, callback?: (error: unknown, text?: string) => void) {
      const done = (typeof given === 'function' ? given : callback) as (error: unknown, text?: string) => void;
      const options = (typeof given === 'function' ? {} : given || {}) as Record<string, unknown>;
      const merged: Record<string, unknown> = { ...this.locals, ...(options['_locals'] as object), ...options };
      merged['cache'] ??= this.enabled('view cache');
      let view = (merged['cache'] ? this.cache[name] : undefined) as InstanceType<ReturnType<typeof View>> | undefined;
      if (!view) {
        const ViewClass = this.set('view') as ReturnType<typeof View>;
        view = new ViewClass(name, { defaultEngine: this.set('view engine'), root: this.set('views'), engines: this.engines } as never);
        if (!view.path) {
          const roots = [view.root].flat();
          const where =
            roots.length > 1 ? `directories "${roots.slice(0, -1).join('", "')}" or "${roots.at(-1)}"` : `directory "${view.root}"`;
          return done(Object.assign(new Error(`Failed to lookup view "${name}" in views ${where}`), { view }));
        }
        if (merged['cache']) this.cache[name] = view;
      }
      try {
        view.render(merged, done);
      } catch (error) {
        done(error);
      }
    },

    listen(...given: unknown[]) {
      const server = http.createServer(messageClasses(this) ?? {}, this);
      const last = given.at(-1);
      if (typeof last === 'function') {
        let called = false;
        const once = function (this: unknown, ...args: unknown[]): unknown {
          if (called) return undefined;
          called = true;
          return (last as (...args: unknown[]) => unknown).apply(this, args);
        };
        given[given.length - 1] = once;
        server.once('error', once as never);
      }
      return server.listen(...given);
    },
  };

  for (const method of kit.methods) {
    application[method] = function (this: Application, path: Path, ...handlers: unknown[]) {
      if (method === 'get' && arguments.length === 1) return this.set(path as string);
      const site = kit.site(1);
      (this.route(path) as unknown as Route).add(method, handlers as AnyFunction[], site);
      return this;
    };
  }
  return application;
}

/** What Express prints of an error: its stack, without the properties that `inspect` would add. */
function printed(error: unknown): unknown {
  const { stack } = Object(error) as { stack?: unknown };
  return stack || String(error);
}
