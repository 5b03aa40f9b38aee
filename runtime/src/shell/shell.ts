/** A MongoDB shell: lines of JavaScript against the database of the sandbox, as mongosh runs them. */
import { join } from '../modules/resolve';
import { ROOT } from '../node/fs/files';
import { ExitSignal, type Program } from '../sandbox/program';
import { registerSource, setPlace, type MapPlace } from '../sandbox/stack';
import { teachPrinting, typeNames, withDates, type Bson, type Doc } from './bson';
import { framedProblem, rewriteLine, type LineProblem } from './code';
import { Connection, type Door } from './connection';
import { AbstractCursor } from './cursor';
import { Database } from './database';
import { Mongo } from './mongo';
import { shown, shownPage } from './print';
import { commandFunctions, promptCommand, type Done } from './prompt-commands';

const indirectEval = eval;

/** A line that is no JavaScript. */
export class LineSyntaxError extends Error {
  override name = 'SyntaxError';
  /** More lines may make it a statement. */
  readonly incomplete: boolean;

  constructor(text: string, path: string, problem: LineProblem) {
    super(framedProblem(text, problem));
    this.incomplete = problem.incomplete;
    setPlace(this, { path, line: problem.line, column: problem.column });
  }
}

export class Shell {
  readonly mongo: Mongo;
  /** What `it` goes on with. */
  cursor: AbstractCursor | undefined;
  /** The variables of the prompt. */
  readonly scope = Object.create(null) as Doc;

  constructor(private readonly program: Program, readonly bson: Bson, door: Door, name: string) {
    teachPrinting(bson);
    const { console: log } = program.world;
    this.mongo = new Mongo(new Connection(door), bson, (text) => log.write('warn', text));
    this.scope.db = this.mongo.getDB(name);
    Object.assign(this.scope, this.names());
  }

  get database(): Database {
    return this.scope.db as Database;
  }

  select(name: string): void {
    this.scope.db = this.mongo.getDB(name);
  }

  /** Does a line of the prompt, and answers what it shows. Throws what the line throws. */
  async line(text: string): Promise<Done> {
    const command = await this.task(() => promptCommand(this, text));
    if (command) return command;
    return { text: this.show(await this.evaluate(text, '/app/mongosh')) };
  }

  /** Runs code to its end and answers the value that it came to. `path` is where its places are. */
  async evaluate(text: string, path: string, local: Doc = {}): Promise<unknown> {
    return (await this.task(this.compile(text, path, local))).value;
  }

  /** What runs code, at once as far as it does not wait. */
  private compile(text: string, path: string, local: Doc = {}): () => Promise<{ value: unknown }> {
    const code = rewriteLine(text);
    if ('incomplete' in code) throw new LineSyntaxError(text, path, code);
    const { globals } = this.program.loader;
    for (const name of [...code.names, ...code.assigned]) if (!(name in this.scope)) this.scope[name] = undefined;
    const hooks: Doc = {
      __scope: this.scope,
      __tick: this.program.guard.ticker(path),
      __import: (specifier: unknown) => this.program.loader.esm.dynamic(String(specifier), path),
      __keep: (functions: Doc) => void Object.assign(this.scope, functions),
      ...local,
    };
    // With `with`, a name of the prompt is looked up where it is kept, also by functions of earlier lines.
    const head = `(function (${[...globals.names, ...Object.keys(hooks)].join(',')}) { with (__scope) { return async () => { let __value; `;
    const map: MapPlace = (line, column) => code.back(line, line === 1 ? Math.max(1, column - head.length) : column);
    const source = registerSource(path, false, map);
    const make = indirectEval(`${head}${code.body}\nreturn { value: await __value }; } } })\n//# sourceURL=${source}`) as (...values: unknown[]) => () => Promise<{ value: unknown }>;
    return make(...globals.values(), ...Object.values(hooks));
  }

  /** The text for a value; a cursor shows its first documents and is kept for `it`. */
  show(value: unknown): string {
    if (!(value instanceof AbstractCursor)) return shown(value);
    this.cursor = value;
    return shownPage(value);
  }

  /** Runs in a task of the program, so that time, the loop guard and its errors are the program's. */
  private task<T>(run: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.program.post(() => {
        try {
          Promise.resolve(run()).then(resolve, reject);
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }

  private names(): Doc {
    const { program, bson } = this;
    const { globals } = program.loader;
    const given = Object.fromEntries(globals.names.map((name, at) => [name, globals.values()[at]])) as { console: Doc; Date: DateConstructor };
    const print = (...values: unknown[]): void => program.world.console.write('log', values.map((value) => this.show(value)).join(' '));
    const quit = (code: unknown = 0): never => {
      program.exit(Number(code));
      throw new ExitSignal(Number(code));
    };
    return {
      ...typeNames(bson, given.Date),
      ...commandFunctions(this),
      print,
      printjson: print,
      tojson: (value: unknown) => shown(value),
      console: datedConsole(given.console),
      version: () => '2.5.8',
      load: async (path: string) => {
        await this.compile(program.world.files.text(join(ROOT, path)), join(ROOT, path))();
        return true;
      },
      sleep: (ms: number) => program.world.wait(ms),
      quit,
      exit: quit,
      Mongo: () => this.mongo,
      require: program.loader.makeRequire(program.loader.makeModule('/app/mongosh', null)),
    };
  }
}

/** The program's console, with dates as the shell prints them. */
function datedConsole(console: Doc): Doc {
  const entries = Object.entries(console).map(([name, method]) => {
    const dated = (...given: unknown[]): unknown => withDates(() => (method as (...given: unknown[]) => unknown)(...given));
    return [name, typeof method === 'function' ? dated : method] as const;
  });
  return Object.fromEntries(entries);
}

