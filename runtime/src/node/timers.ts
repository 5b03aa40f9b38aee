/** setTimeout and its kin on a sandbox's clock, with Node's Timeout and Immediate objects. */
import type { Entry } from '../sandbox/clock';
import type { Program } from '../sandbox/program';
import { current } from '../sandbox/realm';
import { abortError, invalidArgType } from './errors';

type Callback = (...args: unknown[]) => unknown;
const MAX = 2 ** 31 - 1;
const custom = Symbol.for('nodejs.util.promisify.custom');

export interface Timers {
  setTimeout: (run: Callback, ms?: number, ...args: unknown[]) => object;
  setInterval: (run: Callback, ms?: number, ...args: unknown[]) => object;
  setImmediate: (run: Callback, ...args: unknown[]) => object;
  clearTimeout: (timer?: unknown) => void;
  clearInterval: (timer?: unknown) => void;
  clearImmediate: (timer?: unknown) => void;
  promises: Record<string, unknown>;
}

export function makeTimers(program: Program): Timers {
  let ids = 0;
  const byId = new Map<number, Timeout>();

  class Timeout {
    _idleTimeout: number;
    _onTimeout: Callback | null;
    _repeat: number | null;
    _destroyed = false;
    #entry: Entry | undefined;
    #ref = true;
    #counted = false;
    #args: unknown[];
    #id = (ids += 1);

    constructor(run: Callback, ms: unknown, args: unknown[], repeat: boolean) {
      let delay = Number(ms);
      if (!(delay >= 1 && delay <= MAX)) delay = 1;
      this._idleTimeout = Math.trunc(delay);
      this._onTimeout = run;
      this._repeat = repeat ? this._idleTimeout : null;
      this.#args = args;
      this.#start();
    }

    #start(): void {
      if (this.#entry) this.#entry.run = undefined;
      this._destroyed = false;
      byId.set(this.#id, this);
      this.#entry = program.world.clock.add(program, this._idleTimeout, () => this.#fire(), !this.#ref);
      this.#count();
    }

    #count(): void {
      const counts = this.#ref && !this._destroyed;
      if (counts === this.#counted) return;
      this.#counted = counts;
      program.alive += counts ? 1 : -1;
      if (!counts) program.world.released();
    }

    #fire(): void {
      const entry = this.#entry;
      this.#entry = undefined;
      const run = this._onTimeout;
      if (!run) return;
      try {
        // A callback may have an `apply` of its own.
        Reflect.apply(run, this, this.#args);
      } finally {
        if (this._repeat !== null && !this._destroyed && !program.closed) {
          const { trace, stores, layer } = current;
          Object.assign(current, { trace: entry?.trace, stores: entry?.stores, layer: entry?.layer });
          this.#start();
          Object.assign(current, { trace, stores, layer });
        } else if (!this.#entry) this.close();
      }
    }

    ref(): this {
      this.#refer(true);
      return this;
    }

    unref(): this {
      this.#refer(false);
      return this;
    }

    #refer(ref: boolean): void {
      this.#ref = ref;
      this.#count();
      if (this.#entry) this.#entry.weak = !ref;
      program.world.clock.weigh();
    }

    hasRef(): boolean {
      return this.#ref;
    }

    refresh(): this {
      if (!this._destroyed) this.#start();
      return this;
    }

    close(): this {
      if (this.#entry) this.#entry.run = undefined;
      this.#entry = undefined;
      this._destroyed = true;
      byId.delete(this.#id);
      this.#count();
      return this;
    }

    [Symbol.toPrimitive](): number {
      return this.#id;
    }

    [Symbol.dispose ?? Symbol('dispose')](): void {
      this.close();
    }
  }

  class Immediate {
    _onImmediate: Callback | null;
    _destroyed = false;
    #ref = true;

    constructor(run: Callback, args: unknown[]) {
      this._onImmediate = run;
      const { layer } = current;
      program.post(() => {
        if (this._destroyed) return;
        current.layer = layer;
        this._destroyed = true;
        this._onImmediate?.(...args);
      });
    }

    ref(): this {
      this.#ref = true;
      return this;
    }

    unref(): this {
      this.#ref = false;
      return this;
    }

    hasRef(): boolean {
      return this.#ref;
    }

    [Symbol.dispose ?? Symbol('dispose')](): void {
      this._destroyed = true;
    }
  }

  function callback(run: unknown): asserts run is Callback {
    if (typeof run !== 'function') throw invalidArgType('callback', 'of type function', run);
  }

  function setTimeout(run: Callback, ms?: number, ...args: unknown[]): Timeout {
    callback(run);
    return new Timeout(run, ms, args, false);
  }
  function setInterval(run: Callback, ms?: number, ...args: unknown[]): Timeout {
    callback(run);
    return new Timeout(run, ms, args, true);
  }
  function setImmediate(run: Callback, ...args: unknown[]): Immediate {
    callback(run);
    return new Immediate(run, args);
  }
  function clearTimeout(timer?: unknown): void {
    if (timer instanceof Timeout) timer.close();
    else if (typeof timer === 'number' || typeof timer === 'string') byId.get(Number(timer))?.close();
  }
  function clearImmediate(timer?: unknown): void {
    if (timer instanceof Immediate) timer._destroyed = true;
  }

  interface WaitOptions {
    signal?: AbortSignal;
    ref?: boolean;
  }
  function wait(ms?: number, value?: unknown, options: WaitOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) return reject(abortError(signal));
      const timer = setTimeout(() => resolve(value), ms);
      if (options.ref === false) timer.unref();
      signal?.addEventListener('abort', () => {
        timer.close();
        reject(abortError(signal));
      });
    });
  }
  const soon = (value?: unknown): Promise<unknown> => new Promise((resolve) => setImmediate(() => resolve(value)));
  async function* every(ms?: number, value?: unknown): AsyncGenerator<unknown> {
    for (;;) yield await wait(ms, value);
  }
  Object.defineProperty(setTimeout, custom, { value: wait, enumerable: true });
  Object.defineProperty(setImmediate, custom, { value: soon, enumerable: true });
  const promises = {
    setTimeout: wait,
    setImmediate: soon,
    setInterval: every,
    scheduler: { wait: (ms: number, options?: WaitOptions) => wait(ms, undefined, options), yield: soon },
  };
  return { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval: clearTimeout, clearImmediate, promises };
}
