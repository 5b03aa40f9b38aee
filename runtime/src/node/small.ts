/** Node modules of a few lines: events, async_hooks, diagnostics_channel, readline, tty. */
import EventEmitter from 'events';
import { nodeError } from './errors';

/** `events` with the named exports that the npm package lacks. */
export function makeEvents(Emitter: typeof EventEmitter): object {
  const module = Emitter as unknown as Record<string, unknown>;
  module.EventEmitter ??= Emitter;
  module.errorMonitor ??= Symbol('events.errorMonitor');
  module.captureRejectionSymbol ??= Symbol.for('nodejs.rejection');
  module.getEventListeners ??= (emitter: EventEmitter, event: string) => emitter.listeners(event);
  module.setMaxListeners ??= () => undefined;
  module.addAbortListener ??= (signal: AbortSignal, listener: () => void) => signal.addEventListener('abort', listener, { once: true });
  module.on ??= async function* on(emitter: EventEmitter, event: string): AsyncGenerator<unknown[]> {
    const queue: unknown[][] = [];
    let wake: (() => void) | undefined;
    const listener = (...args: unknown[]): void => {
      queue.push(args);
      wake?.();
    };
    emitter.on(event, listener as () => void);
    try {
      for (;;) {
        const item = queue.shift();
        if (item) yield item;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      emitter.off(event, listener as () => void);
    }
  };
  return module;
}

/** A store that follows synchronous calls only: across `await` no platform of the browser keeps it. */
class AsyncLocalStorage {
  private store: unknown;
  run<T>(store: unknown, callback: (...args: unknown[]) => T, ...args: unknown[]): T {
    const before = this.store;
    this.store = store;
    try {
      return callback(...args);
    } finally {
      this.store = before;
    }
  }
  exit<T>(callback: () => T): T {
    return this.run(undefined, callback);
  }
  getStore(): unknown {
    return this.store;
  }
  enterWith(store: unknown): void {
    this.store = store;
  }
  disable(): void {
    this.store = undefined;
  }
}

class AsyncResource {
  constructor(readonly type: string) {}
  runInAsyncScope<T>(callback: (...args: unknown[]) => T, self?: unknown, ...args: unknown[]): T {
    return callback.apply(self, args);
  }
  static bind<T>(callback: T): T {
    return callback;
  }
  bind<T>(callback: T): T {
    return callback;
  }
  emitDestroy(): this {
    return this;
  }
  asyncId(): number {
    return 1;
  }
  triggerAsyncId(): number {
    return 0;
  }
}

export function makeAsyncHooks(): object {
  return { AsyncLocalStorage, AsyncResource, executionAsyncId: () => 1, triggerAsyncId: () => 0, createHook: () => ({ enable() {}, disable() {} }) };
}

/** Channels that nobody listens to. */
export function makeDiagnostics(): object {
  const channel = (name: string): object => ({ name, hasSubscribers: false, publish() {}, subscribe() {}, unsubscribe: () => false });
  const run = (callback: (...args: unknown[]) => unknown, _context?: unknown, self?: unknown, ...args: unknown[]): unknown => callback.apply(self, args);
  const tracingChannel = (name: string): object => {
    const parts = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((part) => [part, channel(`tracing:${name}:${part}`)]);
    return { ...Object.fromEntries(parts), hasSubscribers: false, traceSync: run, tracePromise: run, subscribe() {}, unsubscribe: () => false };
  };
  return { channel, hasSubscribers: () => false, subscribe() {}, unsubscribe: () => false, tracingChannel };
}

export function makeReadline(): object {
  const createInterface = (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'There is no keyboard input here: pass values as arguments (process.argv) instead');
  };
  return { createInterface, clearLine: () => true, cursorTo: () => true, promises: { createInterface } };
}

export function makeTty(): object {
  return { isatty: () => false, ReadStream: class ReadStream {}, WriteStream: class WriteStream {} };
}

/** Compression is the platform's and asynchronous; Node's interface to it is not offered. */
export function makeZlib(): object {
  const unavailable = (name: string) => (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `zlib.${name} is not offered here`);
  };
  const names = ['createGzip', 'createGunzip', 'createDeflate', 'createInflate', 'createInflateRaw', 'createUnzip', 'createBrotliCompress', 'createBrotliDecompress',
    'gzip', 'gunzip', 'deflate', 'inflate', 'gzipSync', 'gunzipSync', 'deflateSync', 'inflateSync', 'brotliCompressSync', 'brotliDecompressSync'];
  return { constants: {}, ...Object.fromEntries(names.map((name) => [name, unavailable(name)])) };
}
