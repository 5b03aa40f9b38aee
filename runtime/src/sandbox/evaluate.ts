/** The console prompt: one line of code in the program's world, its value inspected. What it declares is there for the next. */
import { inspect } from '../console/inspect';
import { rewriteLine } from '../shell/code';
import { MOCK_PORT } from './backend';
import { ExitSignal, type Program } from './program';
import { toProgramError } from './stack';
import type { World } from './world';

type Values = Record<string, unknown>;
type Fetch = (input: unknown, init?: unknown) => unknown;

const indirectEval = eval;
const PATH = '/app/console';
/** What would be seen of the function that a line runs in. */
const HIDDEN = Object.create(null, {
  arguments: {
    get() {
      throw new ReferenceError('arguments is not defined');
    },
  },
}) as object;
/** The variables of a program's prompt. */
const scopes = new WeakMap<Program, Values>();

function scopeOf(program: Program): Values {
  let scope = scopes.get(program);
  if (!scope) scopes.set(program, (scope = Object.create(HIDDEN) as Values));
  return scope;
}

/** Makes place for what a line declares, also again. */
function declare(scope: Values, names: string[]): void {
  for (const name of names) {
    const value = scope[name];
    Object.defineProperty(scope, name, { value, configurable: true, enumerable: true, writable: true });
  }
}

/** What was declared with `const` takes no other value. */
function fix(scope: Values, constants: string[]): void {
  for (const name of constants) {
    const value = scope[name];
    const set = (): never => {
      throw new TypeError('Assignment to constant variable.');
    };
    Object.defineProperty(scope, name, { get: () => value, set, configurable: true, enumerable: true });
  }
}

/** The engine's own words for what is wrong with a text; the parser's where it has none. */
function syntaxError(text: string, message: string): Error {
  try {
    // It is read to its end before the first statement runs, which is the last that does.
    indirectEval(`throw null;\n${text}`);
  } catch (error) {
    // `await` is not what is wrong with it.
    if (error instanceof SyntaxError && !/await/.test(error.message)) return new SyntaxError(error.message);
  }
  return new SyntaxError(message);
}

/** `fetch` of the prompt, where a path alone is one of the mock API or else of the program's server. */
function fetchOf(world: World, given: Fetch): Fetch {
  return (input, init) => {
    if (typeof input !== 'string' || !input.startsWith('/') || input.startsWith('//')) return given(input, init);
    const isMock = world.store.exists && (/^\/api(\/|\?|$)/.test(input) || world.listening.length === 0);
    const port = isMock ? MOCK_PORT : world.listening[0];
    return given(port === undefined ? input : `http://localhost:${port}${input}`, init);
  };
}

/** What runs the line and answers the value that it came to. */
function compileLine(world: World, program: Program, text: string): () => Promise<{ value: unknown }> {
  const code = rewriteLine(text);
  if ('incomplete' in code) throw syntaxError(text, code.incomplete ? 'Unexpected end of input' : code.message);
  const { globals, esm } = program.loader;
  const scope = scopeOf(program);
  declare(scope, code.names);
  const names = [...globals.names, 'require'];
  const values = [...globals.values(), program.loader.makeRequire(program.loader.makeModule('/app/[console]', null))];
  const fetchAt = names.indexOf('fetch');
  values[fetchAt] = fetchOf(world, values[fetchAt] as Fetch);
  const hooks: Values = {
    __scope: scope,
    __tick: program.guard.ticker(PATH),
    __import: (specifier: unknown) => esm.dynamic(String(specifier), PATH),
    __keep: (functions: Values) => void Object.assign(scope, functions),
  };
  // With `with`, a name of the prompt is looked up where it is kept, also by functions of earlier lines.
  const head = `(function (${[...names, ...Object.keys(hooks)].join(',')}) { with (__scope) { return async () => { let __value; `;
  const make = indirectEval(`${head}${code.body}\nreturn { value: await __value }; } } })`) as (...values: unknown[]) => () => Promise<{ value: unknown }>;
  const line = make(...values, ...Object.values(hooks));
  return async () => {
    const answer = await line();
    fix(scope, code.constants);
    return answer;
  };
}

function uncaught(error: unknown): string {
  if (!(error instanceof Error)) return `Uncaught ${inspect(error)}`;
  const { name, message } = toProgramError(error);
  const fields = Object.keys(error).length > 0 ? ` ${inspect({ ...error })}` : '';
  return `Uncaught ${name}: ${message}${fields}`;
}

export async function evaluateLine(world: World, program: Program, code: string): Promise<string> {
  world.console.note('input', code);
  program.usesPromises = true;
  let forget: (() => void) | undefined;
  const work = new Promise<{ value: unknown }>((resolve, reject) => {
    forget = program.onEnd(() => reject(new ExitSignal(program.exitCode ?? 0)));
    program.post(() => {
      try {
        compileLine(world, program, code)().then(resolve, reject);
      } catch (error) {
        reject(error as Error);
      }
    });
  });
  try {
    const text = inspect((await work).value);
    world.console.note('result', text);
    return text;
  } catch (error) {
    // The line has ended the program, which is told elsewhere.
    if (error instanceof ExitSignal) return '';
    const text = uncaught(error);
    world.console.note('error', text);
    const hint = world.moduleHint(text);
    if (hint) world.console.system(hint);
    return text;
  } finally {
    forget?.();
  }
}
