/** `module`: createRequire and the list of built-in modules. */
import { join } from '../modules/resolve';
import type { Program } from '../sandbox/program';
import { builtinModules } from './core';

export function makeModule(program: Program): Record<string, unknown> {
  const createRequire = (from: string | URL): unknown => {
    const path = String(from).replace(/^file:\/\//, '');
    return program.loader.makeRequire(program.loader.makeModule(join('/', path), null));
  };
  return { createRequire, builtinModules: builtinModules(), isBuiltin: (name: string) => program.loader.isBuiltin(name) };
}
