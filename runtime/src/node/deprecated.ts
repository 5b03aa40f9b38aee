/** Says once for each code that something is deprecated, as a warning of the program that uses it. */
import type { Program } from '../sandbox/program';
import { current } from '../sandbox/realm';

type Run = (this: never, ...args: never[]) => unknown;

/** Codes that a program was warned of. */
const warned = new WeakMap<Program, Set<string>>();

export function warnOnce(message: string, code: string, self: unknown): void {
  const program = current.owner as Program | undefined;
  if (!program) return;
  const seen = warned.get(program) ?? new Set();
  warned.set(program, seen);
  if (code && seen.has(code)) return;
  if (code) seen.add(code);
  (program.process.emitWarning as (...args: unknown[]) => void)(message, 'DeprecationWarning', code, self);
}

/** A function that warns and goes on. */
export function deprecated<T extends Run>(message: string, code: string, run: T): T {
  return function (this: unknown, ...args: never[]) {
    warnOnce(message, code, deprecated);
    return run.apply(this as never, args);
  } as unknown as T;
}
