/** What every sandbox of the package gets: packages named on the command line, and the engine. */
import { readFileSync } from 'node:fs';
import type { SandboxOptions } from '../sandbox';

/** `BACKLAB_PACKS=name=file,…` offers further packages as CommonJS files. */
function packs(): Record<string, string> {
  const environment = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
  const listed = (environment.BACKLAB_PACKS ?? '').split(',').filter(Boolean);
  return Object.fromEntries(listed.map((item) => {
    const [name = '', file = ''] = item.split('=');
    return [name, readFileSync(file, 'utf8')];
  }));
}

let made: Partial<SandboxOptions> | undefined;

export async function base(): Promise<Partial<SandboxOptions>> {
  made ??= { packages: packs() };
  return made;
}
