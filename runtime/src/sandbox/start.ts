/** Starts a program in a sandbox: an entry module, or a command line. */
import { parseEnv } from '../node/dotenv';
import { ROOT } from '../node/fs/files';
import { join, type PackageJson } from '../modules/resolve';
import { readInvocation, type Asked } from '../shell/command-line';
import { npm, type NpmResult } from './npm';
import { Program } from './program';
import { inTask } from './realm';
import type { World } from './world';

/** Evaluates `entry` as the main module, after the modules `before` it, in a task of the new program. */
export function startProgram(world: World, entry: string, args: string[], env: Record<string, string>, isCommand: boolean, before: string[] = []): Program {
  const wanted = join(ROOT, entry);
  const program = new Program(world, ['/usr/local/bin/node', wanted, ...args], env, isCommand);
  world.programs.add(program);
  if (!isCommand) world.program = program;
  program.post(() => {
    const { loader } = program;
    for (const name of before) loader.require(name, loader.makeModule(join(ROOT, '[preload]'), null));
    const path = loader.resolver.file(wanted);
    if (path === undefined) {
      const message = `Cannot find module '${wanted}'`;
      throw Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND', requireStack: [] });
    }
    if (path !== wanted) program.argv[1] = path;
    if (loader.resolver.kindOf(path) === 'module') {
      runModule(program, path);
      return;
    }
    const compiled = loader.compile(path, loader.resolver.kindOf(path));
    if (compiled.kind === 'module') runModule(program, path);
    else {
      program.evaluated = true;
      loader.load(path, null, true);
    }
  }, undefined);
  return program;
}

function runModule(program: Program, path: string): void {
  void program.loader.esm.run(path).then(
    () => {
      program.evaluated = true;
      program.world.released();
    },
    (error: unknown) => {
      program.evaluated = true;
      inTask(program, undefined, () => program.uncaught(error));
    },
  );
}

/** The words of a command line; quotes keep spaces. */
function words(line: string): string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '');
}

/** What a command line starts: the entry file and its arguments; a MongoDB shell; what npm did; or why nothing can be started. */
export type Command =
  | { entry: string; args: string[]; env: Record<string, string>; before: string[] }
  | { mongosh: Asked }
  | { npm: NpmResult }
  | { problem: string };

/** Scripts that may call each other, one in the other. */
const MOST_SCRIPTS = 10;
/** Options that take the next word for their value. */
const VALUED = /^(?:-r|--require|--import|--loader|--env-file|--env-file-if-exists|--watch-path|-C|--conditions)$/;
const VALUED_BY_NODEMON = /^(?:-w|--watch|-e|--ext|-i|--ignore|-x|--exec|-d|--delay|-s|--signal|--config|--cwd)$/;

export function readCommand(world: World, line: string, depth = 0): Command {
  const all = words(line);
  const env: Record<string, string> = {};
  while (all[0] && /^[A-Za-z_]\w*=/.test(all[0])) {
    const [name = '', value = ''] = all.shift()!.split(/=(.*)/s);
    env[name] = value;
  }
  const [tool, ...rest] = all;
  if (tool === 'node' || tool === 'nodemon') return node(world, tool, rest, env);
  if (tool === 'npx' && (rest[0] === 'nodemon' || rest[0] === 'node')) return node(world, rest[0], rest.slice(1), env);
  if (tool === 'mongosh') return { mongosh: readInvocation(rest) };
  if (tool === 'npm') {
    const done = npm(rest, manifestText(world), mainOf(world));
    return done ? { npm: done } : script(world, rest, env, depth);
  }
  return { problem: `${tool ?? ''}: command not found. This terminal knows node, nodemon, npx nodemon, npm and mongosh.` };
}

/** `node` and `nodemon`, whose options stand before the entry file. */
function node(world: World, tool: 'node' | 'nodemon', rest: string[], env: Record<string, string>): Command {
  const args = [...rest];
  const before: string[] = [];
  while (args[0]?.startsWith('-')) {
    const [flag = '', joined] = args.shift()!.split(/=(.*)/s);
    if (tool === 'node' && /^(?:-e|--eval|-p|--print)$/.test(flag)) return { problem: `node ${flag}: code in a command does not run here. Write it to a file, and run that.` };
    const takes = VALUED.test(flag) || (tool === 'nodemon' && VALUED_BY_NODEMON.test(flag));
    const value = joined ?? (takes ? args.shift() : undefined);
    if (value === undefined) continue;
    if (flag === '-r' || flag === '--require') before.push(value);
    if (flag.startsWith('--env-file')) Object.assign(env, envFile(world, value));
  }
  return { entry: args.shift() ?? mainOf(world), args, env, before };
}

/** `npm run dev`, `npm start`, and `npm run` alone, which lists them. */
function script(world: World, rest: string[], env: Record<string, string>, depth: number): Command {
  const { name = 'app', version = '', scripts = {} } = packageJson(world);
  const runs = rest[0] === 'run' || rest[0] === 'run-script';
  const wanted = runs ? rest[1] : rest[0] === 't' ? 'test' : rest[0];
  if (!wanted) {
    if (!runs) return { problem: 'npm: name a command, for example `npm start` or `npm install cors`' };
    const listed = Object.entries(scripts).map(([script, text]) => `  ${script}\n    ${text}`);
    return { npm: { text: [`Scripts available in ${name}${version && `@${version}`} via \`npm run\`:`, ...listed].join('\n'), exit: 0 } };
  }
  const extra = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : [];
  const text = scripts[wanted] ?? (wanted === 'start' && world.files.isFile(join(ROOT, 'server.js')) ? 'node server.js' : undefined);
  if (!text) return { problem: `npm error Missing script: "${wanted}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run` };
  if (depth === MOST_SCRIPTS) return { problem: `npm error Script "${wanted}" calls itself, and so never ends: it is \`${text}\`` };
  const command = readCommand(world, [text, ...extra].join(' '), depth + 1);
  return 'entry' in command ? { ...command, env: { ...env, ...command.env } } : command;
}

function envFile(world: World, file: string): Record<string, string> {
  return parseEnv(world.files.text(join(ROOT, file)));
}

function manifestText(world: World): string | undefined {
  const path = join(ROOT, 'package.json');
  return world.files.isFile(path) ? world.files.text(path) : undefined;
}

function packageJson(world: World): PackageJson {
  try {
    // It may hold `null` as well.
    return (JSON.parse(manifestText(world) ?? '{}') as PackageJson | null) ?? {};
  } catch {
    return {};
  }
}

/** What runs when nobody says what: server.js, or what `npm start` runs, or the package's main file. */
export function entryOf(world: World): string {
  const isThere = (path: string): boolean => world.files.isFile(join(ROOT, path));
  if (isThere('server.js')) return 'server.js';
  const started = packageJson(world).scripts?.start === undefined ? undefined : readCommand(world, 'npm start');
  if (started && 'entry' in started) return started.entry;
  return [mainOf(world), 'app.js'].find(isThere) ?? 'server.js';
}

function mainOf(world: World): string {
  return packageJson(world).main ?? (world.files.isFile(join(ROOT, 'index.js')) || !world.files.isFile(join(ROOT, 'server.js')) ? 'index.js' : 'server.js');
}
