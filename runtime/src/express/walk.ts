/** The way of one request through one router. */
import type { Kit } from './kit';
import { paramsOf, type Found, type Layer, type Matcher } from './layer';
import { PATH_FITS, SCRIPT, SCRIPT_WITHOUT_METHOD } from './marks';
import { nextOf, type Steps } from './next';
import { mergeParams, processParams, type CalledParams } from './params';
import type { Route } from './route';
import type { Self } from './router';
import { run, runError } from './run';
import type { Frame } from './trace';
import type { Next, Request, Response } from './types';
import { originOf, pathOf } from './url';

/** Most layers that run in a row without giving way to others. */
const MOST_IN_A_ROW = 100;
/** Words in the engine's answer before the captures of a layer. */
const HEAD_WORDS = 4;

export class Walk implements Steps {
  /** What layers get as `next`. */
  private readonly next: Next;
  private readonly stack: Layer[];
  private readonly frame: Frame | undefined;
  private readonly origin: string;
  private readonly parentParams: Record<string, unknown>;
  private readonly parentUrl: string;
  private readonly parentNext: Next;
  private called: CalledParams | undefined;
  /** Methods of the routes that an OPTIONS request passed. */
  private readonly allowed: string[] | undefined;
  private index = 0;
  /** The part of the path that the current layer is mounted on. */
  private removed = '';
  private slashAdded = false;
  private inARow = 0;
  /** The URL that was last looked at, and its path. */
  private url: string | undefined;
  private path: string | undefined;
  // The engine's answer, for which path and method, and how far it has been read.
  private words: number[] = [];
  private word = 0;
  private askedPath: string | undefined;
  private askedMethod = '';

  constructor(
    private readonly kit: Kit,
    private readonly router: Self,
    private readonly req: Request,
    private readonly res: Response,
    private readonly callback: Next,
  ) {
    this.stack = router.stack;
    this.frame = kit.tracer?.of(req)?.open(router.stack);
    this.origin = originOf(req.url) ?? '';
    this.parentParams = req.params;
    this.parentUrl = req.baseUrl || '';
    this.parentNext = req.next;
    this.allowed = req.method === 'OPTIONS' ? [] : undefined;
    this.next = nextOf(this);
  }

  start(): void {
    const { req } = this;
    req.next = this.next;
    req.baseUrl = this.parentUrl;
    req.originalUrl = req.originalUrl || req.url;
    this.step(undefined);
  }

  private done(error: unknown): void {
    const { req, allowed } = this;
    this.frame?.close();
    req.baseUrl = this.parentUrl;
    req.next = this.parentNext;
    req.params = this.parentParams;
    if (allowed === undefined || error || allowed.length === 0) return this.callback(error);
    try {
      this.sendAllowed(allowed);
    } catch (error) {
      this.callback(error);
    }
  }

  step(given: unknown): void {
    const { req, stack, kit, router } = this;
    let error = given === 'route' ? null : given;
    this.restoreUrl();
    if (error === 'router' || this.index >= stack.length) {
      kit.setImmediate(() => this.done(error === 'router' ? null : error));
      return;
    }
    if (++this.inARow > MOST_IN_A_ROW) return void kit.setImmediate(this.next, given);
    // Most layers leave the URL as it is.
    if (req.url !== this.url) {
      this.url = req.url;
      this.path = pathOf(req.url);
    }
    const { path } = this;
    if (path === undefined) return this.done(error);

    let isFresh = path !== this.askedPath || req.method !== this.askedMethod;
    if (isFresh) this.ask(path);
    for (;;) {
      const { words } = this;
      const at = this.upcoming();
      const position = at === undefined ? stack.length : words[at]!;
      if (!isFresh && !router.table.isCurrent(stack, this.index, Math.min(position + 1, stack.length))) {
        this.ask(path);
        isFresh = true;
        continue;
      }
      if (at === undefined) break;
      const mark = words[at + 1]! & 0xff;
      this.word = at + HEAD_WORDS + words[at + 3]! * 3;
      this.frame?.asked(this.index, position, error);
      this.index = position + 1;

      const layer = stack[position]!;
      const route = layer.route as unknown as Route | undefined;
      let found: Found | undefined;
      try {
        found = this.look(layer, mark, path, at);
      } catch (thrown) {
        error = error || thrown;
        continue;
      }
      if (mark === SCRIPT || mark === SCRIPT_WITHOUT_METHOD) {
        if (found === undefined) continue;
        this.frame?.fits(position, mark === SCRIPT);
      }
      if (mark === PATH_FITS || mark === SCRIPT_WITHOUT_METHOD) {
        if (!error && req.method === 'OPTIONS') this.allowed?.push(...route!._methods());
        continue;
      }
      // Only layers for errors run while an error is on its way.
      if (route !== undefined && error) continue;
      return this.enter(layer, route, found!, error, path);
    }
    this.frame?.asked(this.index, stack.length, error);
    this.index = stack.length;
    this.done(error);
  }

  /** Has every layer judged for the path and the method of now. */
  private ask(path: string): void {
    const { router, stack, req } = this;
    this.askedPath = path;
    this.askedMethod = req.method;
    this.words = router.table.find(stack, path, req.method);
    this.word = 0;
    this.frame?.judged(router.table, stack, this.words);
  }

  /** Where the engine's answer speaks of the next layer that has something to say. */
  private upcoming(): number | undefined {
    const { words, index } = this;
    for (let at = this.word; at < words.length; at += HEAD_WORDS + words[at + 3]! * 3) if (words[at]! >= index) return at;
    return undefined;
  }

  /** Takes back what `trim` did for the layer before. */
  private restoreUrl(): void {
    const { req, removed } = this;
    if (this.slashAdded) {
      const isRoot = req.url === '/' || req.url.startsWith('/?');
      if (isRoot || (removed.endsWith('/') && req.url[0] === '/')) req.url = req.url.slice(1);
      this.slashAdded = false;
    }
    if (removed.length !== 0) {
      req.baseUrl = this.parentUrl;
      req.url = this.origin + removed + req.url.slice(this.origin.length);
      this.removed = '';
    }
  }

  /** Reads parameters and the matched part of the path; throws for a parameter that does not decode. */
  private look(layer: Layer, mark: number, path: string, at: number): Found | undefined {
    const { words } = this;
    if (mark === SCRIPT || mark === SCRIPT_WITHOUT_METHOD) return layer.match(path) || undefined;
    if (mark === PATH_FITS) {
      // Express reads the parameters before it looks at the method.
      if (path.includes('%')) layer.match(path);
      return undefined;
    }
    if (layer.slash) return { params: {}, path: '' };
    const matcher = layer.matchers[words[at + 1]! >> 8] as Exclude<Matcher, RegExp>;
    return { params: paramsOf(matcher, path, words, at + 3), path: path.slice(0, words[at + 2]) };
  }

  private enter(layer: Layer, route: Route | undefined, found: Found, error: unknown, path: string): void {
    const { req, router } = this;
    const { params } = found;
    if (route !== undefined) req.route = route;
    req.params = router.mergeParams ? mergeParams(params, this.parentParams) : params;
    if (!hasKeys(router.params)) return this.run(layer, route, found, error, path);
    this.frame?.interlude();
    processParams(router.params, Object.keys(params), (this.called ??= {}), req, this.res, (paramError) => {
      this.frame?.interlude();
      if (paramError) this.step(error || paramError);
      else this.run(layer, route, found, error, path);
    });
  }

  private run(layer: Layer, route: Route | undefined, found: Found, error: unknown, path: string): void {
    const { req, res, next, frame } = this;
    if (route !== undefined) {
      req.next = next;
      route.dispatch(req, res, next, frame);
    } else if (found.path.length !== 0 && !this.trim(found.path, path)) {
      next(error);
    } else if (error) {
      runError(layer, error, req, res, next, frame);
    } else {
      run(layer, req, res, next, frame);
    }
    this.inARow = 0;
  }

  /** Takes the part of the path off that the layer is mounted on; false when the part ends inside a segment. */
  private trim(mount: string, path: string): boolean {
    const { req, origin } = this;
    const after = path[mount.length];
    if (mount !== path.slice(0, mount.length) || (after !== undefined && after !== '/')) return false;
    this.removed = mount;
    req.url = origin + req.url.slice(origin.length + mount.length);
    if (!origin && req.url[0] !== '/') {
      req.url = `/${req.url}`;
      this.slashAdded = true;
    }
    req.baseUrl = this.parentUrl + (mount.endsWith('/') ? mount.slice(0, -1) : mount);
    return true;
  }

  /** Answers OPTIONS with what the routes of this path would take. */
  private sendAllowed(methods: string[]): void {
    const { res, kit, req } = this;
    kit.tracer?.of(req)?.final();
    const allow = [...new Set(methods)].sort().join(', ');
    res.setHeader('Allow', allow);
    res.setHeader('Content-Length', kit.Buffer.byteLength(allow));
    res.setHeader('Content-Type', 'text/plain');
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.end(allow);
  }
}

function hasKeys(object: object): boolean {
  for (const _ in object) return true;
  return false;
}
