/** A sandbox's time: the host's, or virtual time that moves only when told; and the timers that hang on it. */
import { current, host, post, type Owner, type Stores } from './realm';

export interface Entry {
  due: number;
  /** Order among timers that are due at the same time. */
  seq: number;
  owner: Owner;
  trace: number | undefined;
  stores: Stores | undefined;
  layer: object | undefined;
  /** Cleared by setting it to undefined. */
  run: (() => void) | undefined;
  /** Nothing waits for it: in Node it does not keep the process. */
  weak: boolean;
}

/** Reads of the clock within one task after which virtual time creeps on, so that a busy wait ends. */
const FREE_READS = 200;
const TIME_ORIGIN = host.performance.timeOrigin;
/** Longest time that the host's timers take. */
const LONGEST = 2 ** 31 - 1;

/** Its time has come. */
function ring({ run, layer }: Entry): void {
  current.layer = layer;
  run?.();
}

export class Clock {
  private heap: Entry[] = [];
  private seq = 0;
  private time: number;
  private armed: { id: unknown; due: number } | undefined;
  private reads = 0;
  /** Milliseconds since the epoch at which the sandbox began. */
  readonly origin: number;

  constructor(readonly virtual: boolean, start: number) {
    this.time = start;
    this.origin = virtual ? start : TIME_ORIGIN + host.performance.now();
  }

  /** Milliseconds since the epoch, with a fraction. */
  now(): number {
    return this.virtual ? this.time : TIME_ORIGIN + host.performance.now();
  }

  /** The time as a program reads it. */
  read(): number {
    if (this.virtual && (this.reads += 1) > FREE_READS) this.time += 0.05;
    return this.now();
  }

  /** A task begins. */
  began(): void {
    this.reads = 0;
  }

  add(owner: Owner, delay: number, run: () => void, weak = false): Entry {
    const { trace, stores, layer } = current;
    const entry: Entry = { due: this.now() + delay, seq: (this.seq += 1), owner, trace, stores, layer, run, weak };
    this.heap.push(entry);
    this.up(this.heap.length - 1);
    if (!weak && typeof this.armed?.id === 'object') (this.armed.id as { ref(): void }).ref();
    this.arm();
    return entry;
  }

  /** When the next timer is due. */
  next(): number | undefined {
    for (let first = this.heap[0]; first; first = this.heap[0]) {
      if (first.run && !first.owner.closed) return first.due;
      this.pop();
    }
    return undefined;
  }

  /** Whether a timer is set that a request has set, by the number of its trace; without traces every timer may be its. */
  waitsFor(trace: number | undefined): boolean {
    return this.heap.some((entry) => entry.run && !entry.owner.closed && entry.trace === trace);
  }

  /** Moves virtual time on, never back, and queues what is due by then. */
  moveTo(time: number): void {
    this.time = Math.max(this.time, time);
    this.fire();
  }

  drop(owner: Owner): void {
    for (const entry of this.heap) if (entry.owner === owner) entry.run = undefined;
  }

  close(): void {
    this.heap = [];
    if (this.armed) host.clearTimeout(this.armed.id as never);
    this.armed = undefined;
  }

  private fire(): void {
    const now = this.now();
    for (let due = this.next(); due !== undefined && due <= now; due = this.next()) {
      const entry = this.pop();
      if (entry) post(entry.owner, () => ring(entry), entry.trace, entry.stores);
    }
  }

  private arm(): void {
    if (this.virtual) return;
    const due = this.next();
    if (due === undefined || (this.armed && this.armed.due <= due)) return;
    if (this.armed) host.clearTimeout(this.armed.id as never);
    const id = host.setTimeout(() => {
      this.armed = undefined;
      this.fire();
      this.arm();
    }, Math.min(LONGEST, Math.max(0, due - this.now())));
    this.armed = { id, due };
    this.weigh();
  }

  /** Node's timers are objects: one that only weak entries wait for keeps no process. */
  weigh(): void {
    const timer = this.armed?.id;
    if (typeof timer !== 'object') return;
    if (this.heap.some((entry) => !entry.weak && entry.run)) (timer as { ref(): void }).ref();
    else (timer as { unref(): void }).unref();
  }

  private before(a: Entry, b: Entry): boolean {
    return a.due < b.due || (a.due === b.due && a.seq < b.seq);
  }

  private up(index: number): void {
    const { heap } = this;
    const entry = heap[index]!;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  private pop(): Entry | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

/** `Date` on a sandbox's clock; its instances are ordinary dates. */
export function makeDate(clock: Clock): DateConstructor {
  if (!clock.virtual) return host.Date;
  const Native = host.Date;
  const now = (): number => Math.floor(clock.read());
  function Date(this: unknown, ...parts: unknown[]): unknown {
    if (!new.target) return new Native(now()).toString();
    const target = new.target === Date ? Native : new.target;
    return Reflect.construct(Native, parts.length === 0 ? [now()] : parts, target);
  }
  Object.defineProperty(Date, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Date, 'length', { value: 7 });
  return Object.assign(Date, { now, parse: Native.parse, UTC: Native.UTC }) as unknown as DateConstructor;
}

/** `performance` on a sandbox's clock. */
export function makePerformance(clock: Clock): object {
  const marks = new Map<string, number>();
  const entries: { name: string; entryType: string; startTime: number; duration: number }[] = [];
  const now = (): number => clock.read() - clock.origin;
  return {
    now,
    timeOrigin: clock.origin,
    mark(name: string) {
      const entry = { name, entryType: 'mark', startTime: now(), duration: 0 };
      marks.set(name, entry.startTime);
      entries.push(entry);
      return entry;
    },
    measure(name: string, from?: string, to?: string) {
      const startTime = from === undefined ? 0 : (marks.get(from) ?? 0);
      const end = to === undefined ? now() : (marks.get(to) ?? now());
      const entry = { name, entryType: 'measure', startTime, duration: end - startTime };
      entries.push(entry);
      return entry;
    },
    getEntries: () => [...entries],
    getEntriesByName: (name: string) => entries.filter((entry) => entry.name === name),
    getEntriesByType: (type: string) => entries.filter((entry) => entry.entryType === type),
    clearMarks: () => marks.clear(),
    clearMeasures: () => undefined,
    toJSON: () => ({ timeOrigin: clock.origin }),
  };
}
