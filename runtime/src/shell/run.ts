/** `mongosh` in a sandbox: scripts and `--eval` run to their end, or a prompt that stays. */
import { join } from '../modules/resolve';
import { ROOT } from '../node/fs/files';
import type { ProgramError, ShellAnswer } from '../protocol';
import { LoopError } from '../sandbox/guard';
import { ExitSignal, Program } from '../sandbox/program';
import { toProgramError } from '../sandbox/stack';
import type { World } from '../sandbox/world';
import type { Bson } from './bson';
import type { Asked, Invocation } from './command-line';
import { complete, type Completion } from './completion';
import { ShellDoor } from './door';
import { shownError } from './print';
import { LineSyntaxError, Shell } from './shell';

/** Documents that are looked at for the names of fields. */
const SAMPLE = 50;

interface Opened {
  program: Program;
  shell: Shell;
  door: ShellDoor;
}

async function open(world: World, database: string, env: Record<string, string>): Promise<Opened> {
  const backend = await world.store.backend();
  const program = new Program(world, ['/usr/local/bin/mongosh'], env, true);
  world.programs.add(program);
  const pack = program.loader.pack('bson');
  if (!pack) throw new Error('The package "bson", which the shell needs, is not loaded');
  const bson = pack.exports as Bson;
  const door = new ShellDoor(world, backend, bson);
  program.onEnd(() => door.close());
  return { program, shell: new Shell(program, bson, door.command, database), door };
}

const notStored = (error: unknown): Error =>
  Object.assign(new Error(`The change was not made: ${(error as Error).message}. Free space in the Database tool, or export the data, and try again.`), {
    name: 'MongoServerError', codeName: 'OutOfDiskSpace',
  });

/** What `work` comes to, once everything that it wrote is stored. */
async function settled<T>(door: ShellDoor, work: () => Promise<T>): Promise<T> {
  let outcome: { value: T } | { error: unknown };
  try {
    outcome = { value: await work() };
  } catch (error) {
    outcome = { error };
  }
  await door.stored().catch((error: unknown) => {
    outcome = { error: notStored(error) };
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** Runs what a command line of mongosh asks for; answers its exit code. */
export async function runMongosh(world: World, asked: Asked, env: Record<string, string>): Promise<{ exit: number; error?: ProgramError }> {
  if ('says' in asked) {
    world.console.write(asked.exit === 0 ? 'log' : 'error', asked.says);
    return { exit: asked.exit };
  }
  const { program, shell, door } = await open(world, asked.database, env);
  try {
    for (const code of asked.evals) {
      const text = await settled(door, () => evaluated(shell, code, asked));
      if (text !== '') world.console.write('log', text);
    }
    for (const file of asked.files) await settled(door, () => script(world, program, shell, file));
  } catch (error) {
    return { exit: failed(world, program, error), ...problem(program, error) };
  } finally {
    program.end(program.exitCode ?? 0);
  }
  return { exit: program.exitCode ?? 0 };
}

async function evaluated(shell: Shell, code: string, { json }: Invocation): Promise<string> {
  if (!json) return (await shell.line(code)).text;
  const value = await shell.evaluate(code, '/app/[eval]');
  return shell.bson.EJSON.stringify(value, { relaxed: json === 'relaxed' });
}

async function script(world: World, program: Program, shell: Shell, file: string): Promise<void> {
  const path = join(ROOT, file);
  if (!world.files.isFile(path)) throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' });
  const module = program.loader.makeModule(path, null);
  const local = { require: program.loader.makeRequire(module), module, exports: module.exports, __filename: path, __dirname: module.path };
  await shell.evaluate(world.files.text(path), path, local);
}

/** Says what ended a script; the exit code. */
function failed(world: World, program: Program, error: unknown): number {
  if (error instanceof ExitSignal) return error.code;
  const { error: told } = problem(program, error);
  world.console.write('error', error instanceof LoopError ? error.message : shownError(error), told);
  if (told) world.noteError(told);
  return 1;
}

function problem(program: Program, error: unknown): { error?: ProgramError } {
  if (error instanceof ExitSignal) return {};
  return { error: program.error ?? toProgramError(error) };
}

/** A prompt that keeps its variables from line to line. */
export class Prompt {
  private constructor(private readonly world: World, private readonly opened: Opened) {}

  static async open(world: World, database: string, env: Record<string, string>): Promise<Prompt> {
    const opened = await open(world, database, env);
    opened.program.evaluated = true;
    // A prompt waits for its reader: it is over when the sandbox is.
    opened.program.holds += 1;
    return new Prompt(world, opened);
  }

  /** The program ended: by `exit`, by an endless loop, or with its sandbox. */
  get over(): boolean {
    return this.opened.program.closed;
  }

  /** Does a line. What it prints on the way comes first in `lines`. */
  async answer(text: string): Promise<ShellAnswer> {
    const { world } = this;
    const { program, shell, door } = this.opened;
    const from = world.console.last;
    const lines = (): ShellAnswer['lines'] => world.console.since(from).map(({ level, text: printed }) => ({ level, text: printed }));
    const prompt = (): string => `${shell.database.getName()}> `;
    try {
      const { text: result, effect } = await settled(door, () => shell.line(text));
      if (effect === 'exit') program.exit(0);
      const shown = result === '' ? [] : [{ level: 'result' as const, text: result }];
      return { lines: [...lines(), ...shown], prompt: prompt(), ...(effect ? { effect } : {}) };
    } catch (error) {
      if (error instanceof LineSyntaxError && error.incomplete) return { lines: [], prompt: '... ', incomplete: true };
      if (error instanceof ExitSignal) return { lines: lines(), prompt: prompt(), effect: 'exit' };
      const said = error instanceof LoopError ? error.message : shownError(error);
      return { lines: [...lines(), { level: 'error', text: said }], prompt: prompt() };
    }
  }

  /** What fits at the end of a line. */
  complete(line: string): Completion {
    const { shell } = this.opened;
    const { database, mongo } = shell;
    return complete(line, {
      databases: mongo.getDBNames(),
      collections: database.getCollectionNames(),
      names: Object.keys(shell.scope).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)),
      fields: (collection) => [...fieldsOf(database.getCollection(collection).find({}).limit(SAMPLE).toArray())].sort(),
    });
  }
}

/** Names of fields, those of inner documents with a dot. */
function fieldsOf(documents: unknown[], before = '', found = new Set<string>()): Set<string> {
  for (const document of documents) {
    for (const [name, value] of Object.entries(document as object)) {
      found.add(before + name);
      const inner = Array.isArray(value) ? (value as unknown[]) : [value];
      const plain = inner.filter((one) => typeof one === 'object' && one !== null && Object.getPrototypeOf(one) === Object.prototype);
      if (plain.length > 0 && before.split('.').length < 3) fieldsOf(plain, `${before}${name}.`, found);
    }
  }
  return found;
}
