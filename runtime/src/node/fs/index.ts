/** `fs` and `fs/promises` over the virtual files: each operation once, in its three forms. */
import type { Program } from '../../sandbox/program';
import { invalidArgType } from '../errors';
import { Interface } from '../readline';
import { CONSTANTS } from './flags';
import { FileHandle, type FileStream, type HandleHost } from './handle';
import { makeOperations } from './operations';
import { makeStreams } from './streams';
import { makeWatch } from './watch';

type Any = (...args: unknown[]) => unknown;
const custom = Symbol.for('nodejs.util.promisify.custom');

/** The operations of one program, made once. */
function operations(program: Program): Record<string, Any> {
  const key = 'fs:operations';
  if (!program.made.has(key)) program.made.set(key, makeOperations(program));
  return program.made.get(key) as Record<string, Any>;
}

/** Runs an operation as a task of its own, as the thread pool would. */
function later(program: Program, run: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    program.post(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

/** Not among the promises: a handle has what works on numbers of files. */
const OF_CALLBACKS = new Set(['close', 'exists', 'fstat', 'fsync', 'ftruncate', 'nativeRealpath', 'read', 'write']);

export function makeFsPromises(program: Program): Record<string, unknown> {
  const promises: Record<string, unknown> = { constants: CONSTANTS };
  for (const [name, run] of Object.entries(operations(program))) {
    if (OF_CALLBACKS.has(name)) continue;
    // Of the three forms only this one asks the system itself.
    const asked = name === 'realpath' ? operations(program).nativeRealpath! : run;
    promises[name] = Object.defineProperty((...args: unknown[]) => later(program, () => asked(...args)), 'name', { value: name });
  }
  const fs = (): Record<string, (path: null, options: object) => FileStream> => program.loader.builtin('fs') as never;
  const host: HandleHost = {
    operations: operations(program),
    later: (run) => later(program, run),
    createReadStream: (options) => fs().createReadStream!(null, options),
    createWriteStream: (options) => fs().createWriteStream!(null, options),
    lines: (input) => new Interface({ input }),
  };
  promises.open = async (...args: unknown[]) => new FileHandle((await later(program, () => operations(program).open!(...args))) as number, host);
  return promises;
}

/** Operations that name their options where the callback is missing, by the place of these. */
const SAYS_OPTIONS: Record<string, number> = { readFile: 1, open: 1, writeFile: 2, appendFile: 2 };

export function makeFs(program: Program): Record<string, unknown> {
  const fs: Record<string, unknown> = { constants: CONSTANTS, ...CONSTANTS };
  for (const [name, run] of Object.entries(operations(program))) {
    fs[`${name}Sync`] = Object.defineProperty((...args: unknown[]) => run(...args), 'name', { value: `${name}Sync` });
    const callbackForm = (...args: unknown[]): void => {
      const done = args.pop();
      if (typeof done !== 'function') throw invalidArgType('cb', 'of type function', args.length >= (SAYS_OPTIONS[name] ?? Infinity) ? done : undefined);
      if (name === 'exists') {
        program.post(() => void (done as Any)(run(...args)));
        return;
      }
      program.post(() => {
        let value: unknown;
        try {
          value = run(...args);
        } catch (error) {
          (done as Any)(error);
          return;
        }
        if (value === undefined) (done as Any)(null);
        else (done as Any)(null, value);
      });
    };
    fs[name] = Object.defineProperty(callbackForm, 'name', { value: name });
    Object.defineProperty(callbackForm, custom, { value: (...args: unknown[]) => later(program, () => run(...args)) });
  }
  const { realpath, realpathSync, nativeRealpath, nativeRealpathSync } = fs;
  Object.assign(realpath as object, { native: nativeRealpath });
  Object.assign(realpathSync as object, { native: nativeRealpathSync });
  delete fs.nativeRealpath;
  delete fs.nativeRealpathSync;
  Object.assign(fs, makeStreams(program, operations(program)));
  Object.assign(fs, makeWatch(program, (path) => operations(program).stat!(path)));
  Object.defineProperty(fs, 'promises', { get: () => program.loader.builtin('fs/promises'), enumerable: true });
  return fs;
}
