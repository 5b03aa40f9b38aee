/** The package's entry for Node: createSandbox with the engine and packages that the runtime brings. */
import { readdirSync, readFileSync } from 'node:fs';
import { createSandbox as create, type Sandbox, type SandboxOptions } from '../sandbox';
import { base } from './base';

export { parse } from '../sandbox';
export type { Sandbox, SandboxOptions } from '../sandbox';

export interface PackageOptions extends Omit<SandboxOptions, 'mounts'> {
  /** Folder in the sandbox → folder of the host, read once, without node_modules. Changes stay in the sandbox. */
  mounts?: Record<string, string>;
}

function folder(path: string, prefix = ''): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const item of readdirSync(path, { withFileTypes: true })) {
    if (item.isDirectory() && item.name !== 'node_modules') Object.assign(files, folder(`${path}/${item.name}`, `${prefix}${item.name}/`));
    else if (item.isFile()) files[prefix + item.name] = readFileSync(`${path}/${item.name}`);
  }
  return files;
}

/** Makes a sandbox. Nothing runs before `run` or `start`. */
export async function createSandbox(options: PackageOptions): Promise<Sandbox> {
  const { mounts = {}, ...rest } = options;
  const read = Object.fromEntries(Object.entries(mounts).map(([target, path]) => [target, folder(path)]));
  const common = (await base())(options.seed);
  return create({ ...common, ...rest, packages: { ...common.packages, ...rest.packages }, mounts: read });
}
