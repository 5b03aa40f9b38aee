/** What every sandbox of the package gets: the engine, a backend of its own, the packs, and packages named on the command line. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { EngineModule } from '../modules/express';
import type { Database, EngineBackend, SandboxOptions } from '../sandbox';

// Node 20's V8 aborts when a function into which it inlined a call of wasm is deoptimised during that call
// and the call returns an object (`Deoptimizer::DoComputeBuiltinContinuation`, "unreachable code").
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

interface Glue {
  initSync(options: { module: Uint8Array }): { memory: EngineModule['memory'] };
}
type EngineGlue = Glue & EngineModule['functions'];
type DatabaseGlue = Glue & Database['functions'] & { Backend: new (seed?: string) => EngineBackend };

/** `BACKLAB_PACKS=name=file,…` offers further packages as CommonJS files. */
function packs(): Record<string, string> {
  const environment = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
  const listed = (environment.BACKLAB_PACKS ?? '').split(',').filter(Boolean);
  return Object.fromEntries(listed.map((item) => {
    const [name = '', file = ''] = item.split('=');
    return [name, readFileSync(file, 'utf8')];
  }));
}

const texts = new Map<string, string>();

/** Text of a pack that stands beside this file; only names of the build are asked for. */
function pack(name: string): string {
  let text = texts.get(name);
  if (text === undefined) texts.set(name, (text = readFileSync(new URL(`./packs/${name}.js`, import.meta.url), 'utf8')));
  return text;
}

/** The glue and the module of this name stand beside this file. */
async function glueOf<T extends Glue>(name: string): Promise<T> {
  return (await import(new URL(`./${name}.js`, import.meta.url).href)) as T;
}

function start(glue: Glue, name: string): EngineModule['memory'] {
  return glue.initSync({ module: readFileSync(new URL(`./${name}_bg.wasm`, import.meta.url)) }).memory;
}

/** Loads the engine; makes options for sandboxes from it. The databases' module is started when a sandbox first asks for it. */
async function load(): Promise<(seed?: string) => Partial<SandboxOptions>> {
  const [glue, databaseGlue] = await Promise.all([glueOf<EngineGlue>('engine'), glueOf<DatabaseGlue>('database')]);
  const engine = { functions: glue, memory: start(glue, 'engine') };
  let started = false;
  const database = (seed: string | undefined) => (): Database => {
    if (!started) start(databaseGlue, 'database');
    started = true;
    return { backend: new databaseGlue.Backend(seed), functions: databaseGlue };
  };
  const packages = packs();
  return (seed) => ({ engine, pack, packages, database: database(seed) });
}

let loaded: ReturnType<typeof load> | undefined;

/** Loaded once per process. */
export function base(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}
