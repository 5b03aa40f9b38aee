/** The package's entry for Node: createSandbox with what the runtime brings. */
import { createSandbox as create, type Sandbox, type SandboxOptions } from '../sandbox';
import { base } from './base';

export { parse } from '../sandbox';
export type { Sandbox, SandboxOptions } from '../sandbox';

/** Makes a sandbox with the engine that stands beside this file. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  return create({ ...(await base()), ...options });
}
