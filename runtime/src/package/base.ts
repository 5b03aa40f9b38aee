/** What every sandbox of the package gets: the engine, a backend of its own, the packs, and packages named on the command line. */
import { readFileSync } from 'node:fs';
import type { EngineModule } from '../modules/express';
import type { EngineBackend, SandboxOptions } from '../sandbox';

type Functions = EngineModule['functions'] & { Backend: new (seed?: string) => EngineBackend };
type Glue = Functions & { initSync(options: { module: Uint8Array }): { memory: EngineModule['memory'] } };

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

/** Loads the engine whose glue and module stand beside this file; makes options for sandboxes from it. */
async function load(): Promise<(seed?: string) => Partial<SandboxOptions>> {
  const glue = (await import(new URL('./engine.js', import.meta.url).href)) as Glue;
  const { memory } = glue.initSync({ module: readFileSync(new URL('./engine_bg.wasm', import.meta.url)) });
  const engine = { functions: glue, memory };
  const packages = packs();
  return (seed) => ({ engine, pack, packages, backend: new glue.Backend(seed) });
}

let loaded: ReturnType<typeof load> | undefined;

/** Loaded once per process. */
export function base(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}
