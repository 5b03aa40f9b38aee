/** What every sandbox of the package gets: the engine, and packages named on the command line. */
import { readFileSync } from 'node:fs';
import type { SandboxOptions } from '../sandbox';
import type { EngineModule } from '../modules/express';

type Glue = EngineModule['functions'] & { initSync(options: { module: Uint8Array }): { memory: EngineModule['memory'] } };

/** `BACKLAB_PACKS=name=file,…` offers further packages as CommonJS files. */
function packs(): Record<string, string> {
  const environment = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
  const listed = (environment.BACKLAB_PACKS ?? '').split(',').filter(Boolean);
  return Object.fromEntries(listed.map((item) => {
    const [name = '', file = ''] = item.split('=');
    return [name, readFileSync(file, 'utf8')];
  }));
}

/** The engine whose glue and module stand beside this file. */
async function loadEngine(): Promise<EngineModule> {
  const glue = (await import(new URL('./engine.js', import.meta.url).href)) as Glue;
  const { memory } = glue.initSync({ module: readFileSync(new URL('./engine_bg.wasm', import.meta.url)) });
  return { functions: glue, memory };
}

let made: Promise<Partial<SandboxOptions>> | undefined;

/** Loaded once per process. */
export function base(): Promise<Partial<SandboxOptions>> {
  made ??= loadEngine().then((engine) => ({ engine, packages: packs() }));
  return made;
}
