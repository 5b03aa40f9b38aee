/** One entry of a router's or a route's stack. */
import type { LayerCard } from './picture';
import { run, runError } from './run';
import type { AnyFunction, Engine, EnginePattern, Next, Path, Request, Response, RouteObject, Site } from './types';

/** A path that the engine refuses. */
export class PathError extends TypeError {
  constructor(
    message: string,
    readonly originalPath: string,
  ) {
    super(message);
  }
}

/** A name in a pattern; the value of a wildcard is a list. */
interface Key {
  name: string;
  wildcard: boolean;
}

/** A path of the engine, or a regular expression, which only JavaScript can ask. */
export type Matcher = { pattern: EnginePattern; keys: Key[] } | RegExp;

/** What a regular expression found. */
export interface Found {
  params: Record<string, unknown>;
  path: string;
}

export class Layer {
  /** As it was given, nested lists made flat. */
  readonly rawPath: Path;
  readonly name: string;
  /** Takes every path: `use('/')`. */
  readonly slash: boolean;
  readonly matchers: Matcher[];
  route: RouteObject | undefined = undefined;
  /** The method of a route's handler; undefined takes all. */
  method: string | undefined = undefined;
  site: Site | undefined = undefined;
  /** How traces show it, and the function that this was made for. Private, as programs print their layers. */
  #card: LayerCard | undefined;
  #handle: AnyFunction | undefined;

  /** Undefined when there is none for the function that the layer has now. */
  static cardOf(layer: Layer): LayerCard | undefined {
    return #card in layer && layer.#handle === layer.handle ? layer.#card : undefined;
  }

  static keepCard(layer: Layer, card: LayerCard): void {
    if (!(#card in layer)) return;
    layer.#card = card;
    layer.#handle = layer.handle;
  }

  constructor(
    path: Path,
    readonly handle: AnyFunction,
    matchers: Matcher[],
    end: boolean,
  ) {
    this.rawPath = Array.isArray(path) ? flat(path) : path;
    this.name = handle.name || '<anonymous>';
    this.slash = path === '/' && !end;
    this.matchers = matchers;
  }

  /** Whether JavaScript must ask, because a path is a regular expression. */
  get scripted(): boolean {
    return this.matchers.some((matcher) => matcher instanceof RegExp);
  }

  /** What this layer makes of a path; false when it does not fit. */
  match(path: string | null | undefined): (Found & { keys: string[]; pattern: Path }) | false {
    if (path == null) return false;
    if (this.slash) return { params: {}, path: '', keys: [], pattern: this.rawPath };
    for (const [index, matcher] of this.matchers.entries()) {
      const found = matcher instanceof RegExp ? ask(matcher, path) : askPattern(matcher, path);
      if (!found) continue;
      const pattern = Array.isArray(this.rawPath) ? this.rawPath[index]! : this.rawPath;
      return { ...found, keys: Object.keys(found.params), pattern };
    }
    return false;
  }

  handleRequest(req: Request, res: Response, next: Next): void {
    run(this, req, res, next, undefined);
  }

  handleError(error: unknown, req: Request, res: Response, next: Next): void {
    runError(this, error, req, res, next, undefined);
  }
}

function flat(paths: Path[]): (string | RegExp)[] {
  return paths.flatMap((path) => (Array.isArray(path) ? flat(path) : [path]));
}

/** Compiles the paths of a layer; throws a PathError for a path that makes no sense. */
export function matchersOf(engine: Engine, path: Path, options: { end: boolean; strict: boolean; sensitive: boolean }): Matcher[] {
  return flat([path]).map((path) => {
    if (path instanceof RegExp) return path;
    const text = String(path);
    try {
      const pattern = new engine.PathPattern(text, options.end, options.strict, options.sensitive);
      return { pattern, keys: pattern.keys().map((key) => ({ name: key.slice(1), wildcard: key[0] === '*' })) };
    } catch (message) {
      throw new PathError(String(message), text);
    }
  });
}

/** Reads parameters from the engine's answer, which begins at `at` with the number of captures. */
export function paramsOf(matcher: { keys: Key[] }, path: string, words: number[], at: number): Record<string, unknown> {
  const params: Record<string, unknown> = { __proto__: null } as never;
  const end = at + 1 + words[at]! * 3;
  for (let word = at + 1; word < end; word += 3) {
    const key = matcher.keys[words[word]!]!;
    const text = path.slice(words[word + 1], words[word + 2]);
    params[key.name] = key.wildcard ? text.split('/').map(decode) : decode(text);
  }
  return params;
}

function askPattern({ pattern, keys }: Exclude<Matcher, RegExp>, path: string): Found | undefined {
  const words = pattern.find(path);
  if (!words) return undefined;
  const [end, ...captures] = Array.from(words);
  return { params: paramsOf({ keys }, path, [captures.length / 3, ...captures], 0), path: path.slice(0, end) };
}

const GROUP = /\((?:\?<(.*?)>)?(?!\?)/g;

/** Asks a regular expression. Groups without a name are numbered. */
function ask(expression: RegExp, path: string): Found | undefined {
  const found = expression.exec(path);
  if (!found) return undefined;
  const params: Record<string, unknown> = {};
  let number = 0;
  let group = 1;
  for (const [, name] of expression.source.matchAll(GROUP)) {
    const key = name || String(number++);
    const value = found[group++];
    if (value !== undefined) params[key] = decode(value);
  }
  return { params, path: found[0] };
}

function decode(text: string): string {
  if (text.indexOf('%') === -1) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) {
      error.message = `Failed to decode param '${text}'`;
      Object.assign(error, { status: 400, statusCode: 400 });
    }
    throw error;
  }
}
