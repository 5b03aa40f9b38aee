/** Node's modules that need more than a page has: they can be required, and say so when they are used. */
import { nodeError } from './errors';

const refuse = (what: string, why: string) =>
  function refused(): never {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${what} is not available in the browser: ${why}`);
  };

const each = (module: string, names: string[], why: string): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, refuse(`${module}.${name}`, why)]));

export function makeChildProcess(): object {
  return each('child_process', ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'], 'this program is the only process. Call the function that you would have started');
}

export function makeWorkerThreads(): object {
  return {
    isMainThread: true,
    threadId: 0,
    parentPort: null,
    workerData: null,
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    ...each('worker_threads', ['Worker'], 'this program has one thread. Do the work in small parts, with setImmediate between them'),
  };
}

export function makeHttp2(): object {
  return { constants: {}, ...each('http2', ['connect', 'createServer', 'createSecureServer'], 'this page speaks HTTP/1.1 to itself. Use http') };
}
