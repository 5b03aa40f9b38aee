/** Node's `path` with the program's working directory. */
import posix from 'path-browserify';
import type { Program } from '../sandbox/program';

type Join = (...parts: string[]) => string;

export function makePath(program: Program): Record<string, unknown> {
  const base = posix as unknown as Record<string, unknown> & { resolve: Join; relative: Join };
  const resolve: Join = (...parts) => base.resolve((program.process.cwd as () => string)(), ...parts);
  const path: Record<string, unknown> = {
    ...base,
    resolve,
    relative: (from: string, to: string) => base.relative(resolve(from), resolve(to)),
    toNamespacedPath: (text: string) => text,
  };
  path.posix = path;
  path.win32 = path;
  return path;
}
