/** The globals of a learner's program, handed to each of its files; and what it left behind in the realm, removed at its end. */
import { makeConsole } from '../console/console';
import { functionOver, usesPromises } from '../modules/compile';
import { Buffer } from '../node/buffer';
import { makeWebCrypto } from '../node/crypto/web';
import { invalidArgType } from '../node/errors';
import { makeDate, makePerformance } from './clock';
import { makeFetch } from './fetch';
import type { Program } from './program';
import { makeMath } from './random';
import { current, inTask } from './realm';
import { makeMessages } from './web';

export interface Globals {
  readonly names: string[];
  values(): unknown[];
  /** Takes away what the program added to the realm. */
  leave(): void;
}

/** What a worker has and Node has not. */
const HIDDEN = [
  'self', 'location', 'navigator', 'postMessage', 'importScripts', 'XMLHttpRequest', 'indexedDB', 'caches', 'close', 'name', 'onmessage',
  'Worker', 'WorkerGlobalScope', 'DedicatedWorkerGlobalScope', 'EventSource', 'requestAnimationFrame', 'reportError',
];

const SHARED: object[] = [
  Object, Function, Array, String, Number, Boolean, Promise, Date, Map, Set, RegExp, Error, Symbol, Math, JSON,
].flatMap((item) => ('prototype' in item ? [item, item.prototype as object] : [item]));

function clean(target: object, before: Set<PropertyKey>): void {
  for (const key of Reflect.ownKeys(target)) if (!before.has(key)) Reflect.deleteProperty(target, key);
}

export function learnerGlobals(program: Program): Globals {
  const { world, timers } = program;
  const real = globalThis as unknown as Record<PropertyKey, unknown>;
  const kept = new Set<PropertyKey>(Reflect.ownKeys(globalThis));
  const shared = SHARED.map((target) => [target, new Set<PropertyKey>(Reflect.ownKeys(target))] as const);

  function queueMicrotask(run: unknown): void {
    if (typeof run !== 'function') throw invalidArgType('callback', 'of type function', run);
    const { trace, stores } = current;
    void Promise.resolve().then(() => {
      if (program.closed) return;
      const before = { trace: current.trace, stores: current.stores };
      Object.assign(current, { trace, stores });
      try {
        (run as () => void)();
      } catch (error) {
        inTask(program, trace, () => program.uncaught(error), stores);
      }
      Object.assign(current, before);
    });
  }

  const table: Record<string, unknown> = {
    console: makeConsole(program),
    process: program.process,
    Buffer,
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    setImmediate: timers.setImmediate,
    clearTimeout: timers.clearTimeout,
    clearInterval: timers.clearInterval,
    clearImmediate: timers.clearImmediate,
    queueMicrotask,
    Date: makeDate(world.clock),
    performance: makePerformance(world.clock),
    crypto: makeWebCrypto(program),
    ...makeFetch(program),
    ...makeMessages(),
    AbortController: makeAbortController(),
    AbortSignal: makeAbortSignal(program),
  };
  // With the real clock and no seed a program gets the platform's own randomness, as in Node.
  if (world.options.seed !== undefined) table.Math = makeMath(world.random);
  for (const name of HIDDEN) if (name in real) table[name] = undefined;

  const globalObject: object = new Proxy(globalThis, {
    get(target, key) {
      // The name may have been put together, so that no text has it.
      program.usesPromises ||= usesPromises(String(key));
      return Object.hasOwn(table, key) ? table[key as string] : Reflect.get(target, key);
    },
    has: (target, key) => (Object.hasOwn(table, key) ? table[key as string] !== undefined : Reflect.has(target, key)),
    set(target, key, value) {
      if (Object.hasOwn(table, key)) table[key as string] = value;
      else Reflect.set(target, key, value);
      return true;
    },
  });
  table.global = globalObject;
  table.globalThis = globalObject;
  const values = (): unknown[] => Object.values(table);
  table.Function = functionOver([...Object.keys(table), 'Function'], values);

  return {
    names: Object.keys(table),
    values,
    leave() {
      clean(globalThis, kept);
      for (const [target, before] of shared) clean(target, before);
    },
  };
}

/** What an abort without a reason gives, in Node's words. */
const abortReason = (): DOMException => new DOMException('This operation was aborted', 'AbortError');

function makeAbortController(): unknown {
  return class AbortController extends globalThis.AbortController {
    override abort(reason: unknown = abortReason()): void {
      super.abort(reason);
    }
  };
}

/** AbortSignal whose `timeout` follows the sandbox's clock. */
function makeAbortSignal(program: Program): unknown {
  const timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    const timer = program.timers.setTimeout(() => {
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, ms) as { unref(): void };
    timer.unref();
    return controller.signal;
  };
  const abort = (reason: unknown = abortReason()): AbortSignal => globalThis.AbortSignal.abort(reason);
  const own = new Map<PropertyKey, unknown>([['timeout', timeout], ['abort', abort]]);
  return new Proxy(globalThis.AbortSignal, { get: (target, key) => own.get(key) ?? (Reflect.get(target, key) as unknown) });
}
