/** What the parts of one Express share: the things handed in, and small tools made from them. */
import { deprecator } from './deprecate';
import { errorMaker, type CreateError } from './errors';
import { Scratch } from './scratch';
import type { AnyFunction, Deps, Engine, Site } from './types';

export interface Kit extends Deps {
  scratch: Scratch;
  createError: CreateError;
  /** Methods in lower case, as Node lists them. */
  methods: string[];
  numberOf(method: string): number;
  site(skip: number): Site | undefined;
  now(): number;
  /** Warns on the console, once for each place that calls. */
  deprecate(message: string): void;
  bind<T extends AnyFunction>(run: T): T;
  /** Content-Type with its default charset; remembers what it was asked. */
  contentType(text: string): string | undefined;
  /** The charset that a Content-Type names, in lower case; '' for none. Remembers too. */
  charsetOf(contentType: string): string;
  /** Content-Type with charset utf-8; remembers too. */
  utf8(contentType: string): string;
  /** Calls the engine; a string that it throws becomes a TypeError. */
  checked<T>(call: (engine: Engine) => T): T;
}

/** More than a program uses; keeps a hostile one from filling the memory. */
const MOST_REMEMBERED = 200;

/** Asks once for each text. */
export function remember<T>(ask: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = ask(text);
      if (answers.size < MOST_REMEMBERED) answers.set(text, answer);
    }
    return answer;
  };
}

export function makeKit(deps: Deps): Kit {
  const { engine } = deps;
  const checked = <T>(call: (engine: Engine) => T): T => {
    try {
      return call(engine);
    } catch (thrown) {
      throw typeof thrown === 'string' ? new TypeError(thrown) : thrown;
    }
  };
  return {
    ...deps,
    scratch: new Scratch(engine, deps.memory),
    createError: errorMaker(deps.http.STATUS_CODES),
    methods: deps.http.METHODS.map((method) => method.toLowerCase()),
    numberOf: remember((method) => engine.methodNumber(String(method))),
    now: deps.now ?? Date.now,
    deprecate: deprecator(deps),
    bind: deps.bind ?? ((run) => run),
    site: (skip) => deps.callSite?.(skip + 1),
    contentType: remember((text) => engine.contentType(text)),
    charsetOf: remember((text) => engine.charsetOf(text) ?? ''),
    utf8: remember((text) => checked((engine) => engine.withCharset(text, 'utf-8'))),
    checked,
  };
}
