/** `events.on`: what an emitter says, as an asynchronous iterator. */
import { abortError, invalidArgType } from '../errors';
import type { EventEmitter } from './emitter';
import { checkSignal, isEmitter, listen } from './index';

interface OnOptions {
  signal?: AbortSignal;
  close?: string[];
  highWaterMark?: number;
  lowWaterMark?: number;
}
interface Waiting {
  resolve(result: IteratorResult<unknown[]>): void;
  reject(error: unknown): void;
}

export function on(emitter: EventEmitter | EventTarget, event: string | symbol, options: OnOptions = {}): AsyncIterableIterator<unknown[]> {
  if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'of type object', options);
  const { signal, close = [], highWaterMark = Infinity, lowWaterMark = 1 } = options;
  checkSignal(signal);
  if (signal?.aborted) throw abortError(signal);
  const queue: unknown[][] = [];
  const waiting: Waiting[] = [];
  const ends: (() => void)[] = [];
  let problem: unknown;
  let failed = false;
  let over = false;
  let paused = false;
  const pausable = emitter as unknown as { pause?(): void; resume?(): void };

  const finish = (): Promise<IteratorResult<unknown[]>> => {
    for (const end of ends.splice(0)) end();
    over = true;
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (error: unknown): void => {
    const first = waiting.shift();
    if (first) first.reject(error);
    else {
      failed = true;
      problem = error;
    }
    void finish();
  };
  ends.push(listen(emitter, event, (...args: unknown[]) => {
    const first = waiting.shift();
    if (first) return first.resolve({ value: args, done: false });
    queue.push(args);
    if (!paused && queue.length > highWaterMark) {
      paused = true;
      pausable.pause?.();
    }
  }, false));
  if (event !== 'error' && isEmitter(emitter)) ends.push(listen(emitter, 'error', fail, false));
  for (const name of close) ends.push(listen(emitter, name, () => void finish(), false));
  if (signal) ends.push(listen(signal, 'abort', () => fail(abortError(signal))));

  return Object.setPrototypeOf({
    next(): Promise<IteratorResult<unknown[]>> {
      const value = queue.shift();
      if (value) {
        if (paused && queue.length < lowWaterMark) {
          paused = false;
          pausable.resume?.();
        }
        return Promise.resolve({ value, done: false });
      }
      if (failed) {
        failed = false;
        return Promise.reject(problem as Error);
      }
      if (over) return finish();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: finish,
    throw(error: unknown): Promise<IteratorResult<unknown[]>> {
      if (!(error instanceof Error)) throw invalidArgType('EventEmitter.AsyncIterator', 'an instance of Error', error);
      fail(error);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator](): unknown {
      return this;
    },
  }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype) as object) as AsyncIterableIterator<unknown[]>;
}
