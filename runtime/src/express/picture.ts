/** What a trace says about layers, without the layers: it must not keep a program alive that is gone. */
import type { Definition, LayerKind, Tried } from '../protocol';
import { Layer } from './layer';
import { PATH_FITS, TAKES } from './marks';
import type { Route } from './route';
import type { RecorderHost } from './trace';
import type { Path, Site } from './types';

type Verdict = Tried['matched'];

const builtins = new WeakSet<object>();

/** Marks a function that ships with Express; its layers are of kind `builtin`. */
export function markBuiltin<T extends object>(handler: T): T {
  builtins.add(handler);
  return handler;
}

/** How a layer that ran is shown. */
export interface LayerCard {
  name: string;
  at: string;
  kind: LayerKind;
  site: Site | undefined;
  definition: Definition | undefined;
  /** Nothing of the function runs after `next`, where it called it once. */
  endsWithNext: boolean;
}

/** Made once for each layer; a route's handler serves one route. Programs may give a layer another function. */
export function cardOf(layer: Layer, route: Route | undefined, host: RecorderHost): LayerCard {
  const known = Layer.cardOf(layer);
  if (known !== undefined) return known;
  const card = makeCard(layer, route, host);
  Layer.keepCard(layer, card);
  return card;
}

function makeCard({ handle, method, rawPath, site }: Layer, route: Route | undefined, host: RecorderHost): LayerCard {
  const place = site ? `layer at ${site.file}:${site.line}` : 'layer';
  return {
    name: handle.name || (route ? 'handler' : place),
    at: route ? `${method?.toUpperCase() ?? 'ALL'} ${pathText(route.path)}` : `use ${pathText(rawPath)}`,
    kind: builtins.has(handle) ? 'builtin' : route ? 'route' : 'middleware',
    site,
    definition: host.definition?.(handle),
    endsWithNext: endsWithNext(handle),
  };
}

/** The engine's own, whatever a program puts in its place. */
const asText = Function.prototype.toString;
/** Three plain parameters, and a body whose last statement is `next()`. */
const ENDS_WITH_NEXT = /^(?:function\b\s*)?[\w$]*\s*\(\s*[\w$]+\s*,\s*[\w$]+\s*,\s*next\s*\)\s*(?:=>\s*)?\{(?:[^]*[;{}])?\s*next\(\);?\s*\}$/;
/** What may leave the body before that, run after it, or make the text or the name mean something else. */
const IN_DOUBT = /\b(?:async|return|using|with|eval|arguments)\b|\/[/*]|<!--|-->|\\u/;

/** Whether a function that returns has called its parameter `next`, which it does not name otherwise, as its last step. */
function endsWithNext(handle: object): boolean {
  const text = Reflect.apply(asText, handle, []);
  return ENDS_WITH_NEXT.test(text) && !IN_DOUBT.test(text) && text.match(/\bnext\b/g)?.length === 2;
}

/** A layer as it stands in a router's stack. */
interface Entry {
  path: string;
  site: Site | undefined;
  forErrors: boolean;
  /** The methods of a route, each with the place of its first handler; undefined for middleware. */
  methods: { name: string; site: Site | undefined }[] | undefined;
  /** The route answers HEAD with what it has for GET. */
  lendsHead: boolean;
  /** How it is shown where it does not fit, which is the same for all requests; made at the first time. */
  misfit: Tried[] | undefined;
}

/** A router's stack. */
export type Picture = readonly Entry[];

export function pictureOf(stack: readonly Layer[]): Picture {
  return stack.map((layer) => {
    const route = layer.route as unknown as Route | undefined;
    return {
      path: pathText(layer.rawPath),
      site: layer.site,
      forErrors: layer.handle.length === 4,
      methods: route && methodsOf(route, layer.site),
      lendsHead: route !== undefined && !route.methods['head'],
      misfit: undefined,
    };
  });
}

/** What the engine said of a stack for one path and method. */
export class Judgement {
  private fits: Map<number, Verdict> | undefined;

  constructor(
    readonly picture: Picture,
    private readonly words: readonly number[],
  ) {}

  /** A regular expression fits after all. */
  fit(position: number, handled: boolean): void {
    (this.fits ??= new Map()).set(position, handled ? 'yes' : 'path');
  }

  private verdicts(): Verdict[] {
    const verdicts: Verdict[] = this.picture.map(() => 'no');
    const { words } = this;
    for (let at = 0; at < words.length; at += 4 + words[at + 3]! * 3) {
      const mark = words[at + 1]! & 0xff;
      if (mark === TAKES) verdicts[words[at]!] = 'yes';
      if (mark === PATH_FITS) verdicts[words[at]!] = 'path';
    }
    for (const [position, verdict] of this.fits ?? []) verdicts[position] = verdict;
    return verdicts;
  }

  /** The entries `from` to before `to`; a route has one for each of its methods. */
  tried(from: number, to: number, method: string, failed: boolean): Tried[] {
    const verdicts = this.verdicts();
    const tried: Tried[] = [];
    for (let at = from; at < Math.min(to, this.picture.length); at++) {
      const entry = this.picture[at]!;
      const verdict = verdicts[at] ?? 'no';
      tried.push(...(verdict === 'no' ? (entry.misfit ??= triedOf(entry, 'no', method, failed)) : triedOf(entry, verdict, method, failed)));
    }
    return tried;
  }
}

function triedOf({ path, site, forErrors, methods, lendsHead }: Entry, verdict: Verdict, method: string, failed: boolean): Tried[] {
  if (methods === undefined) {
    const matched = verdict !== 'yes' ? verdict : forErrors === failed ? 'yes' : forErrors ? 'error' : 'no';
    return [{ name: `use ${path}`, matched, ...placeOf(site) }];
  }
  return methods.map(({ name, site }) => {
    const handles = name === 'ALL' || name === method || (method === 'HEAD' && name === 'GET' && lendsHead);
    const matched = verdict === 'no' || failed ? 'no' : handles ? 'yes' : 'path';
    return { name: `${name} ${path}`, matched, ...placeOf(site) };
  });
}

export function placeOf(site: Site | undefined): { file?: string; line?: number } {
  return site ? { file: site.file, line: site.line } : {};
}

function pathText(path: Path): string {
  return Array.isArray(path) ? path.map(pathText).join(', ') : String(path);
}

/** The methods of a route with the place of the first handler of each; `app.all` adds every method there is and counts as one. */
function methodsOf(route: Route, site: Site | undefined): { name: string; site: Site | undefined }[] {
  const first = new Map<string, Site | undefined>();
  for (const layer of route.stack) {
    const name = layer.method?.toUpperCase() ?? 'ALL';
    if (!first.has(name)) first.set(name, layer.site);
  }
  if (first.size > 20) return [{ name: 'ALL', site: route.stack[0]!.site }];
  if (first.size === 0) return [{ name: 'ALL', site }];
  return [...first].map(([name, site]) => ({ name, site }));
}
