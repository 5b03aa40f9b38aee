/** `async_hooks`: AsyncLocalStorage and AsyncResource over the task loop. */
import { current, type Stores } from '../sandbox/realm';

type Run = (...args: never[]) => unknown;

/** Calls a function with these stores. */
function within<T>(stores: Stores | undefined, run: () => T): T {
  const before = current.stores;
  current.stores = stores;
  try {
    return run();
  } finally {
    current.stores = before;
  }
}

/** A function that is called with the stores of now. */
function bound<T extends Run>(run: T, self?: unknown): T {
  const { stores } = current;
  return function (this: unknown, ...args: never[]) {
    return within(stores, () => run.apply(self ?? this, args));
  } as T;
}

interface Kept {
  stores: Stores | undefined;
}

/** The stores of now, for code that waits. */
export const keep = (): Kept => ({ stores: current.stores });

/** Brings stores back, and answers the value that was waited for. */
export function back<T>(kept: Kept | undefined, value?: T): T | undefined {
  if (kept) current.stores = kept.stores;
  return value;
}

/** A callback of a promise with the stores of now; anything else as it is. */
export const bind = (callback: unknown): unknown => (typeof callback === 'function' && current.stores ? bound(callback as Run) : callback);

/**
 * Follows callbacks, ticks, timers and what a task awaits from outside; after an `await` the code of programs that name it brings
 * the stores back itself (`modules/keep-stores.ts`). In the code of packs an `await` of something that is settled at once goes on with the stores of its task.
 */
export class AsyncLocalStorage {
  run<T>(store: unknown, callback: (...args: never[]) => T, ...args: never[]): T {
    return within(this.with(store), () => callback(...args));
  }

  exit<T>(callback: (...args: never[]) => T, ...args: never[]): T {
    return this.run(undefined, callback, ...args);
  }

  getStore(): unknown {
    return current.stores?.get(this);
  }

  enterWith(store: unknown): void {
    current.stores = this.with(store);
  }

  disable(): void {
    this.enterWith(undefined);
  }

  static bind<T extends Run>(run: T): T {
    return bound(run);
  }

  static snapshot(): <T>(run: (...args: never[]) => T, ...args: never[]) => T {
    return bound(<T>(run: (...args: never[]) => T, ...args: never[]) => run(...args));
  }

  private with(store: unknown): Stores {
    return new Map(current.stores).set(this, store);
  }
}

export class AsyncResource {
  private readonly stores = current.stores;

  constructor(readonly type: string) {}

  runInAsyncScope<T>(run: (...args: never[]) => T, self?: unknown, ...args: never[]): T {
    return within(this.stores, () => run.apply(self, args));
  }

  bind<T extends Run>(run: T, self?: unknown): T {
    return within(this.stores, () => bound(run, self));
  }

  static bind<T extends Run>(run: T, _type?: string, self?: unknown): T {
    return bound(run, self);
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
