/** What `require('events')` gives: the emitter, and functions around it. */
import { AsyncResource } from '../async-hooks';
import { abortError, invalidArgType, nodeError, received } from '../errors';
import { captureRejectionSymbol, checkCount, checkListener, defaults, errorMonitor, EventEmitter, kCapture, type Listener } from './emitter';
import { on } from './iterate';

type Target = EventEmitter | EventTarget;
interface OnceOptions {
  signal?: AbortSignal;
}

export { EventEmitter } from './emitter';

export const isEmitter = (value: unknown): value is EventEmitter => typeof (value as EventEmitter | undefined)?.on === 'function';
const isTarget = (value: unknown): value is EventTarget => typeof (value as EventTarget | undefined)?.addEventListener === 'function';

export function checkSignal(signal: unknown, name = 'options.signal'): asserts signal is AbortSignal | undefined {
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || !('aborted' in signal))) throw invalidArgType(name, 'an instance of AbortSignal', signal);
}

const notAnEmitter = (value: unknown): Error => invalidArgType('emitter', 'an instance of EventEmitter or EventTarget', value);

/** Listens once on an emitter or an event target; answers how to stop. */
export function listen(target: Target, event: string | symbol, listener: Listener, once = true): () => void {
  if (isEmitter(target)) {
    if (once) target.once(event, listener);
    else target.on(event, listener);
    return () => void target.removeListener(event, listener);
  }
  if (!isTarget(target)) throw notAnEmitter(target);
  target.addEventListener(event as string, listener as never, { once });
  return () => target.removeEventListener(event as string, listener as never);
}

async function once(emitter: Target, name: string | symbol, options: OnceOptions = {}): Promise<unknown[]> {
  if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'of type object', options);
  const { signal } = options;
  checkSignal(signal);
  if (signal?.aborted) throw abortError(signal);
  return new Promise((resolve, reject) => {
    const ends: (() => void)[] = [];
    const end = (): void => {
      for (const stop of ends) stop();
    };
    const arrived = (...args: unknown[]): void => {
      end();
      resolve(args);
    };
    const failed = (error: unknown): void => {
      end();
      reject(error as Error);
    };
    ends.push(listen(emitter, name, arrived));
    if (name !== 'error' && isEmitter(emitter)) ends.push(listen(emitter, 'error', failed));
    if (signal) ends.push(listen(signal, 'abort', () => failed(abortError(signal))));
  });
}

function getEventListeners(target: Target, event: string | symbol): Listener[] {
  if (isEmitter(target)) return target.listeners(event);
  // A platform does not tell who listens to its targets.
  if (isTarget(target)) return [];
  throw notAnEmitter(target);
}

/** Limits of event targets, which the platform does not keep. */
const limits = new WeakMap<EventTarget, number>();

function setMaxListeners(n: number = defaults.maxListeners, ...targets: Target[]): void {
  checkCount(n);
  if (targets.length === 0) defaults.maxListeners = n;
  for (const target of targets) {
    if (typeof (target as EventEmitter | undefined)?.setMaxListeners === 'function') (target as EventEmitter).setMaxListeners(n);
    else if (isTarget(target)) limits.set(target, n);
    else throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "eventTargets" argument must be an instance of EventEmitter or EventTarget.${received(target)}`);
  }
}

function getMaxListeners(target: Target): number {
  if (typeof (target as EventEmitter | undefined)?.getMaxListeners === 'function') return (target as EventEmitter).getMaxListeners();
  if (isTarget(target)) return limits.get(target) ?? defaults.maxListeners;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "emitter" argument must be an instance of EventEmitter or EventTarget.${received(target)}`);
}

export function addAbortListener(signal: AbortSignal | undefined, listener: Listener): Disposable {
  if (signal === undefined) throw invalidArgType('signal', 'an instance of AbortSignal', signal);
  checkSignal(signal, 'signal');
  checkListener(listener);
  let stop = (): void => undefined;
  if (signal.aborted) queueMicrotask(() => (listener as () => void)());
  else stop = listen(signal, 'abort', listener);
  return { [Symbol.dispose ?? Symbol.for('nodejs.dispose')]: () => stop() } as unknown as Disposable;
}

/** An emitter whose listeners run in the scope where it was made. */
class EventEmitterAsyncResource extends EventEmitter {
  readonly asyncResource: AsyncResource;
  constructor(options: string | { name?: string; captureRejections?: boolean } = {}) {
    super(typeof options === 'string' ? undefined : options);
    this.asyncResource = new AsyncResource((typeof options === 'string' ? options : options.name) ?? new.target.name);
  }
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    return this.asyncResource.runInAsyncScope(super.emit as never, this, ...([event, ...args] as never[])) as boolean;
  }
  emitDestroy(): void {
    this.asyncResource.emitDestroy();
  }
  get asyncId(): number {
    return this.asyncResource.asyncId();
  }
  get triggerAsyncId(): number {
    return this.asyncResource.triggerAsyncId();
  }
}

export const events = Object.assign(EventEmitter, {
  EventEmitter,
  EventEmitterAsyncResource,
  errorMonitor,
  captureRejectionSymbol,
  usingDomains: false,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  setMaxListeners,
  addAbortListener,
  listenerCount: (emitter: EventEmitter, event: string | symbol) => (typeof emitter.listenerCount === 'function' ? emitter.listenerCount(event) : EventEmitter.prototype.listenerCount.call(emitter, event)),
});

Object.defineProperties(events, {
  defaultMaxListeners: {
    get: () => defaults.maxListeners,
    set(n: unknown) {
      checkCount(n, 'defaultMaxListeners');
      defaults.maxListeners = n;
    },
    enumerable: true,
    configurable: true,
  },
  captureRejections: {
    get: () => EventEmitter.prototype[kCapture],
    set(value: unknown) {
      if (typeof value !== 'boolean') throw invalidArgType('EventEmitter.captureRejections', 'of type boolean', value);
      EventEmitter.prototype[kCapture] = value;
    },
    enumerable: true,
    configurable: true,
  },
});

export default events;
