/** From a file's text to the function that runs it: syntax check, loop guard, ES modules, and the way back to the file's places. */
import { parse as acorn, type Node } from 'acorn';
import type { ProgramError } from '../protocol';
import { registerSource, type MapPlace } from '../sandbox/stack';
import { MODULE_SCOPE } from './lower';
import { walk, type Edit, type Findings } from './walk';

export type ModuleKind = 'commonjs' | 'module';

export interface Compiled {
  kind: ModuleKind;
  /** Takes the globals in the order asked for, answers the module's function. */
  make: (...globals: unknown[]) => (...scope: unknown[]) => unknown;
  /** Parameters of the module's function. */
  scope: readonly string[];
  source: string;
  topLevelAwait: boolean;
  imports: Findings['imports'];
  exports: string[];
}

/** A syntax error with its place, before it becomes an Error. */
export interface SyntaxProblem {
  message: string;
  line: number;
  column: number;
}

const COMMONJS_SCOPE = ['exports', 'require', 'module', '__filename', '__dirname'] as const;
const indirectEval = eval;

/**
 * What code has to name to make a promise go on, to let others do so, or to compile code that does; an escape may spell any of it. A
 * word too many costs speed only.
 */
const PROMISES = new RegExp([
  /\basync/, /\b(?:await|Promise|promises|promisify|callbackify|fromAsync|queueMicrotask|fetch|eval|Function|then)\b/, /[sS]tream/,
  /\bimport\s*[(/]/, /\.\s*(?:catch|finally|constructor)\b/, /['"`](?:catch|finally|constructor)['"`]/, /\b(?:catch|finally|constructor)\s*:/, /\\[ux]/,
].map(({ source }) => source).join('|'));

/** Whether code may leave something to promises. */
export function usesPromises(text: string): boolean {
  return PROMISES.test(text);
}

type Parsed = { tree: Node } | { problem: SyntaxProblem; module: boolean };

function parseAs(text: string, kind: ModuleKind): Parsed {
  try {
    const tree = acorn(text, {
      ecmaVersion: 'latest',
      sourceType: kind === 'module' ? 'module' : 'script',
      allowReturnOutsideFunction: kind === 'commonjs',
      allowAwaitOutsideFunction: kind === 'module',
      allowHashBang: true,
      locations: true,
    });
    return { tree };
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
    const plain = message.replace(/ \(\d+:\d+\)$/, '');
    const module = /'import' and 'export' may appear only|import\.meta|await/.test(plain) || /Cannot use 'import\.meta'/.test(plain);
    return { problem: { message: plain, line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 }, module };
  }
}

/** The engine's own words for a syntax error: what Node prints. */
function nativeMessage(text: string, kind: ModuleKind): string | undefined {
  const body = text.replace(/^#!/, '//');
  try {
    if (kind === 'module') return undefined;
    indirectEval(`(function (${COMMONJS_SCOPE.join(',')}) {${body}\n})`);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
  }
  return undefined;
}

/** The kind a file is parsed as, and its tree or what is wrong with it. `declared` is what package.json or the ending says. */
function read(text: string, declared: ModuleKind | undefined): { kind: ModuleKind; tree?: Node; problem?: SyntaxProblem } {
  const kind = declared ?? 'commonjs';
  const first = parseAs(text, kind);
  if ('tree' in first) return { kind, tree: first.tree };
  if (first.module && declared === undefined) {
    const second = parseAs(text, 'module');
    if ('tree' in second) return { kind: 'module', tree: second.tree };
    if (/'import' and 'export'/.test(first.problem.message)) return { kind: 'module', problem: second.problem };
  }
  const native = nativeMessage(text, kind);
  const message = native ?? wording(first.problem.message);
  return { kind, problem: { ...first.problem, message } };
}

function wording(message: string): string {
  if (/'import' and 'export' may appear only/.test(message)) return 'Cannot use import statement outside a module';
  return message === 'Unexpected token' ? 'Invalid or unexpected token' : message;
}

/** What is wrong with a file, or undefined. Nothing is run. */
export function syntaxProblem(path: string, text: string, declared?: ModuleKind): SyntaxProblem | undefined {
  if (path.endsWith('.json')) {
    try {
      JSON.parse(text);
      return undefined;
    } catch (error) {
      const message = (error as Error).message;
      const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
      const lines = text.slice(0, at).split('\n');
      return { message, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    }
  }
  if (!/\.[cm]?js$/.test(path)) return undefined;
  return read(text, declared ?? kindByEnding(path)).problem;
}

/** A file's tree; undefined for what does not parse. */
export function treeOf(path: string, text: string): Node | undefined {
  return read(text, kindByEnding(path)).tree;
}

export function kindByEnding(path: string): ModuleKind | undefined {
  if (path.endsWith('.mjs')) return 'module';
  return path.endsWith('.cjs') ? 'commonjs' : undefined;
}

/** Applies edits; answers the text and the way back for a column of it. */
export function applyEdits(text: string, edits: Edit[]): { text: string; back: MapPlace } {
  if (edits.length === 0) return { text, back: (line, column) => ({ line, column }) };
  let out = '';
  let from = 0;
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const byLine = new Map<number, { at: number; remove: number; added: number }[]>();
  let line = 0;
  for (const edit of edits) {
    out += text.slice(from, edit.at) + edit.insert;
    from = edit.at + edit.remove;
    while (line + 1 < starts.length && starts[line + 1]! <= edit.at) line += 1;
    const list = byLine.get(line + 1) ?? [];
    list.push({ at: edit.at - starts[line]!, remove: edit.remove, added: edit.insert.length });
    byLine.set(line + 1, list);
  }
  out += text.slice(from);
  const back: MapPlace = (at, column) => {
    let shift = 0;
    const zero = column - 1;
    for (const edit of byLine.get(at) ?? []) {
      const start = edit.at + shift;
      if (zero < start) break;
      if (zero < start + edit.added) return { line: at, column: edit.at + 1 };
      shift += edit.added - edit.remove;
    }
    return { line: at, column: zero - shift + 1 };
  };
  return { text: out, back };
}

export class ModuleSyntaxError extends Error {
  constructor(readonly problem: SyntaxProblem, readonly kind: ModuleKind) {
    super(problem.message);
  }
}

/** What every compiled function takes after the globals: the loop guard's tick, `import()`, and what keeps AsyncLocalStorage across `await`. */
const HOOKS = ['__tick', '__import', '__keep', '__back', '__bind'];
type Make = Compiled['make'];
const packs = new Map<string, Make>();

/** Compiles a pack's own code, which is neither guarded nor shown in stacks. Once: programs come and go, the text stays. */
export function compilePack(text: string, globals: readonly string[]): Make {
  let make = packs.get(text);
  if (!make) {
    const source = registerSource(undefined, false, (line, column) => ({ line, column }));
    make = evaluate(text, [...globals, ...HOOKS], COMMONJS_SCOPE, source, false).make;
    packs.set(text, make);
  }
  return make;
}

/** Compiles a file. Throws ModuleSyntaxError. */
export function compile(text: string, path: string, declared: ModuleKind | undefined, globals: readonly string[], keepsStores = false): Compiled {
  const body = text.replace(/^#!/, '//');
  const { kind, tree, problem } = read(text, declared);
  if (problem || !tree) throw new ModuleSyntaxError(problem ?? { message: 'Invalid or unexpected token', line: 1, column: 1 }, kind);
  const found = walk(tree, text, kind === 'module', keepsStores);
  const edited = applyEdits(body, found.edits);
  const scope = kind === 'module' ? MODULE_SCOPE : COMMONJS_SCOPE;
  let prefix = 0;
  const source = registerSource(path, kind === 'module', (line, column) => {
    const own = line === 1 ? Math.max(1, column - prefix) : column;
    return edited.back(line, own);
  }, edited);
  const evaluated = evaluate(edited.text, [...globals, ...HOOKS], scope, source, found.topLevelAwait);
  prefix = evaluated.prefix;
  const { topLevelAwait, imports, exports } = found;
  return { kind, make: evaluated.make, scope, source, topLevelAwait, imports, exports };
}

/** Two levels, so that the code may declare a name that is also a global. */
function evaluate(text: string, outer: string[], scope: readonly string[], name: string, async: boolean): { make: Compiled['make']; prefix: number } {
  const start = `(function (${outer.join(',')}) { return ${async ? 'async ' : ''}function (${scope.join(',')}) {`;
  return {
    make: indirectEval(`${start}${text}\n}})\n//# sourceURL=${name}`) as Compiled['make'],
    prefix: start.length,
  };
}

/** `Function` for a program and its packages: what it compiles from text, such as a template, sees the program's globals too. */
export function functionOver(names: readonly string[], values: () => unknown[]): unknown {
  const make = (given: unknown[]): object => {
    const texts = given.map(String);
    const body = texts.pop() ?? '';
    const outer = indirectEval(`(function (${names.join(',')}) { return function anonymous(${texts.join(',')}\n) {\n${body}\n} })`) as (...globals: unknown[]) => object;
    return outer(...values());
  };
  return new Proxy(Function, {
    apply: (_, __, given) => make(given),
    construct: (_, given, made) => Object.setPrototypeOf(make(given), made.prototype as object) as object,
  });
}

/** A syntax problem as the page shows it. */
export function problemError(path: string, text: string, problem: SyntaxProblem): ProgramError {
  return {
    name: 'SyntaxError',
    message: problem.message,
    file: path,
    line: problem.line,
    column: problem.column,
    stack: syntaxStack(`/app/${path}`, text, problem),
  };
}

/** What Node prints above and below a syntax error. */
export function syntaxStack(path: string, text: string, problem: SyntaxProblem): string {
  const code = text.split('\n')[problem.line - 1] ?? '';
  return `${path}:${problem.line}\n${code}\n${' '.repeat(Math.max(0, problem.column - 1))}^\n\nSyntaxError: ${problem.message}`;
}
