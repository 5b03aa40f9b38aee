/** `EventEmitter`, as Node has it. */
import { inspect } from '../../console/inspect';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { invalidArgType, nodeError, outOfRange } from '../errors';

export type Listener = ((...args: never[]) => unknown) & { listener?: Listener };
type Event = string | symbol;
type Held = Listener | (Listener[] & { warned?: boolean });

export interface EventEmitter {
  _events: Record<Event, Held>;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [kCapture]: boolean;
  setMaxListeners(n: number): this;
  getMaxListeners(): number;
  emit(event: Event, ...args: unknown[]): boolean;
  on(event: Event, listener: Listener): this;
  addListener(event: Event, listener: Listener): this;
  prependListener(event: Event, listener: Listener): this;
  once(event: Event, listener: Listener): this;
  prependOnceListener(event: Event, listener: Listener): this;
  off(event: Event, listener: Listener): this;
  removeListener(event: Event, listener: Listener): this;
  removeAllListeners(event?: Event): this;
  listeners(event: Event): Listener[];
  rawListeners(event: Event): Listener[];
  listenerCount(event: Event, listener?: Listener): number;
  eventNames(): Event[];
}

export const kCapture = Symbol('kCapture');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');
export const errorMonitor = Symbol('events.errorMonitor');
export const defaults = { maxListeners: 10 };

type Constructor = {
  new (options?: { captureRejections?: boolean }): EventEmitter;
  (options?: { captureRejections?: boolean }): void;
  prototype: EventEmitter;
  init: (this: EventEmitter, options?: { captureRejections?: boolean }) => void;
};

export const EventEmitter = function EventEmitter(this: EventEmitter, options?: { captureRejections?: boolean }) {
  init.call(this, options);
} as unknown as Constructor;

const proto = EventEmitter.prototype;
/** A literal: what `Object.create(null)` makes is a hash table, which takes longer to make and to ask. */
const empty = (): Record<Event, Held> => ({ __proto__: null }) as unknown as Record<Event, Held>;

function init(this: EventEmitter, options?: { captureRejections?: boolean }): void {
  if (this._events === undefined || this._events === (Object.getPrototypeOf(this) as EventEmitter)._events) {
    this._events = empty();
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options?.captureRejections) {
    if (typeof options.captureRejections !== 'boolean') throw invalidArgType('options.captureRejections', 'of type boolean', options.captureRejections);
    this[kCapture] = true;
  } else this[kCapture] = proto[kCapture];
}
EventEmitter.init = init;

Object.defineProperty(proto, kCapture, { value: false, writable: true, enumerable: false });
Object.assign(proto, { _events: undefined, _eventsCount: 0, _maxListeners: undefined });

export function checkListener(listener: unknown): asserts listener is Listener {
  if (typeof listener !== 'function') throw invalidArgType('listener', 'of type function', listener);
}

export function checkCount(n: unknown, name = 'n'): asserts n is number {
  if (typeof n !== 'number') throw invalidArgType(name, 'of type number', n);
  if (!(n >= 0)) throw outOfRange(name, 'a non-negative number', n);
}

proto.setMaxListeners = function (n) {
  checkCount(n);
  this._maxListeners = n;
  return this;
};
proto.getMaxListeners = function () {
  return this._maxListeners ?? defaults.maxListeners;
};

/** What nobody listens for when it is an error. */
function throwError(args: unknown[]): never {
  const [error] = args;
  if (error instanceof Error) throw error;
  let text: string;
  try {
    text = inspect(error);
  } catch {
    text = String(error);
  }
  throw nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`, { context: error });
}

/** A listener's promise that is rejected. */
function watch(emitter: EventEmitter, result: unknown, event: Event, args: unknown[]): void {
  const rejected = (error: unknown): void => (current.owner as Program | undefined)?.nextTick(() => {
    const own = (emitter as unknown as Record<symbol, unknown>)[captureRejectionSymbol];
    if (typeof own === 'function') return void (own as (...given: unknown[]) => void).call(emitter, error, event, ...args);
    // An error in the listener of errors must not come back here.
    const before = emitter[kCapture];
    emitter[kCapture] = false;
    try {
      emitter.emit('error', error);
    } finally {
      emitter[kCapture] = before;
    }
  });
  try {
    const { then } = result as { then?: unknown };
    if (typeof then === 'function') (then as (...given: unknown[]) => void).call(result, undefined, rejected);
  } catch (error) {
    emitter.emit('error', error);
  }
}

function call(emitter: EventEmitter, listener: Listener, event: Event, args: unknown[]): void {
  const result = (listener as (...given: unknown[]) => unknown).apply(emitter, args);
  if (result !== undefined && result !== null && emitter[kCapture]) watch(emitter, result, event, args);
}

proto.emit = function (event, ...args) {
  const events = this._events as Record<Event, Held> | undefined;
  if (event === 'error') {
    if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    if (events?.error === undefined) throwError(args);
  }
  const held = events?.[event];
  if (held === undefined) return false;
  if (typeof held === 'function') call(this, held, event, args);
  else for (const listener of [...held]) call(this, listener, event, args);
  return true;
};

function warnOfLeak(emitter: EventEmitter, event: Event, list: Listener[] & { warned?: boolean }): void {
  const most = emitter._maxListeners ?? defaults.maxListeners;
  if (!(most > 0 && list.length > most) || list.warned) return;
  list.warned = true;
  const warning = Object.assign(
    new Error(
      `Possible EventEmitter memory leak detected. ${list.length} ${String(event)} listeners added to ${inspect(emitter, { depth: -1 })}. ` +
        `MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`,
    ),
    { name: 'MaxListenersExceededWarning', emitter, type: event, count: list.length },
  );
  ((current.owner as Program | undefined)?.process.emitWarning as ((warning: Error) => void) | undefined)?.(warning);
}

function add(emitter: EventEmitter, event: Event, listener: Listener, first: boolean): EventEmitter {
  checkListener(listener);
  let events = emitter._events as Record<Event, Held> | undefined;
  if (events === undefined) {
    events = emitter._events = empty();
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', event, listener.listener ?? listener);
    events = emitter._events;
  }
  const held = events[event];
  if (held === undefined) {
    events[event] = listener;
    emitter._eventsCount += 1;
    return emitter;
  }
  const list = typeof held === 'function' ? (events[event] = first ? [listener, held] : [held, listener]) : held;
  if (list === held) {
    if (first) list.unshift(listener);
    else list.push(listener);
  }
  warnOfLeak(emitter, event, list as Listener[]);
  return emitter;
}

proto.on = proto.addListener = function addListener(event, listener) {
  return add(this, event, listener, false) as typeof this;
};
proto.prependListener = function (event, listener) {
  return add(this, event, listener, true) as typeof this;
};

function once(emitter: EventEmitter, event: Event, listener: Listener): Listener {
  let fired = false;
  const wrapped: Listener = function (this: unknown, ...args: never[]) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(event, wrapped);
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return wrapped;
}

proto.once = function (event, listener) {
  checkListener(listener);
  return this.on(event, once(this, event, listener));
};
proto.prependOnceListener = function (event, listener) {
  checkListener(listener);
  return this.prependListener(event, once(this, event, listener));
};

proto.off = proto.removeListener = function removeListener(event, listener) {
  checkListener(listener);
  const events = this._events as Record<Event, Held> | undefined;
  const held = events?.[event];
  if (events === undefined || held === undefined) return this;
  if (held === listener || (held as Listener).listener === listener) {
    this._eventsCount -= 1;
    if (this._eventsCount === 0) this._events = empty();
    else delete events[event];
    if (events.removeListener !== undefined) this.emit('removeListener', event, (held as Listener).listener ?? listener);
  } else if (typeof held !== 'function') {
    const at = held.findLastIndex((item) => item === listener || item.listener === listener);
    if (at < 0) return this;
    held.splice(at, 1);
    if (held.length === 1) events[event] = held[0]!;
    if (events.removeListener !== undefined) this.emit('removeListener', event, listener);
  }
  return this;
};

proto.removeAllListeners = function (...given: [event?: Event]) {
  const events = this._events as Record<Event, Held> | undefined;
  if (events === undefined) return this;
  const [event] = given;
  if (events.removeListener === undefined) {
    if (given.length === 0) {
      this._events = empty();
      this._eventsCount = 0;
    } else if (events[event!] !== undefined) {
      this._eventsCount -= 1;
      if (this._eventsCount === 0) this._events = empty();
      else delete events[event!];
    }
    return this;
  }
  if (given.length === 0) {
    for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
    this.removeAllListeners('removeListener');
    this._events = empty();
    this._eventsCount = 0;
    return this;
  }
  const held = events[event!];
  if (typeof held === 'function') this.removeListener(event!, held);
  else for (const listener of [...(held ?? [])].reverse()) this.removeListener(event!, listener);
  return this;
};

const listed = (emitter: EventEmitter, event: Event): Listener[] => {
  const held = (emitter._events as Record<Event, Held> | undefined)?.[event];
  return held === undefined ? [] : typeof held === 'function' ? [held] : [...held];
};

proto.listeners = function (event) {
  return listed(this, event).map((listener) => listener.listener ?? listener);
};
proto.rawListeners = function (event) {
  return listed(this, event);
};
proto.listenerCount = function (event, listener) {
  const held = (this._events as Record<Event, Held> | undefined)?.[event];
  if (held === undefined) return 0;
  if (listener != null) return listed(this, event).filter((item) => item === listener || item.listener === listener).length;
  return typeof held === 'function' ? 1 : held.length;
};
proto.eventNames = function () {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

// A method is called as it is written, also where classes print themselves.
for (const [name, method] of Object.entries(proto)) {
  if (typeof method === 'function' && method.name === '') Object.defineProperty(method, 'name', { value: name, configurable: true });
}
