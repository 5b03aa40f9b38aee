/** Starts a program in a sandbox: an entry module, or a command line. */
import { parseEnv } from '../node/dotenv';
import { ROOT } from '../node/fs/files';
import { join, type PackageJson } from '../modules/resolve';
import { Program } from './program';
import { inTask } from './realm';
import type { World } from './world';

/** Evaluates `entry` as the main module, in a task of the new program. */
export function startProgram(world: World, entry: string, args: string[], env: Record<string, string>, isCommand: boolean): Program {
  const wanted = join(ROOT, entry);
  const program = new Program(world, ['/usr/local/bin/node', wanted, ...args], env, isCommand);
  world.programs.add(program);
  if (!isCommand) world.program = program;
  program.post(() => {
    const { loader } = program;
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

/** What a command line starts: the entry file and its arguments, or why nothing can be started. */
export function readCommand(world: World, line: string): { entry: string; args: string[]; env: Record<string, string> } | { problem: string } {
  const all = words(line);
  const env: Record<string, string> = {};
  while (all[0] && /^[A-Za-z_]\w*=/.test(all[0])) {
    const [name = '', value = ''] = all.shift()!.split(/=(.*)/s);
    env[name] = value;
  }
  const [tool, ...rest] = all;
  if (tool === 'node' || tool === 'nodemon') {
    const args = [...rest];
    while (args[0]?.startsWith('-')) {
      const flag = args.shift()!;
      const file = /^--env-file(?:-if-exists)?=(.*)$/.exec(flag)?.[1];
      if (file) Object.assign(env, envFile(world, file));
    }
    const entry = args.shift() ?? mainOf(world);
    return { entry, args, env };
  }
  if (tool === 'npm') {
    const script = rest[0] === 'run' || rest[0] === 'run-script' ? rest[1] : rest[0];
    if (!script) return { problem: 'npm: name a script, for example `npm start`' };
    const extra = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : [];
    const text = packageJson(world).scripts?.[script];
    if (!text) return { problem: `npm error Missing script: "${script}"\nnpm error\nnpm error To see a list of scripts, look at "scripts" in package.json` };
    return readCommand(world, [text, ...extra].join(' '));
  }
  return { problem: `${tool ?? ''}: command not found. This terminal knows node, nodemon and npm run.` };
}

function envFile(world: World, file: string): Record<string, string> {
  return parseEnv(world.files.text(join(ROOT, file)));
}

function packageJson(world: World): PackageJson {
  try {
    return JSON.parse(world.files.text(join(ROOT, 'package.json'))) as PackageJson;
  } catch {
    return {};
  }
}

function mainOf(world: World): string {
  return packageJson(world).main ?? 'index.js';
}

