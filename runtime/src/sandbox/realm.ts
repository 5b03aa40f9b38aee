/** The one task loop of a realm: every callback of every program runs as a task of its own, with the microtasks drained in between. */

/** Something whose callbacks run on the loop: a program of a sandbox. */
export interface Owner {
  readonly closed: boolean;
  /** Runs the nextTick queue until it is empty. True when something ran. */
  runTicks(): boolean;
  uncaught(error: unknown, origin?: 'uncaughtException' | 'unhandledRejection'): void;
  /** A task begins: the loop guard measures from here. */
  began(): void;
}

/** What each AsyncLocalStorage holds; never changed, only replaced. */
export type Stores = ReadonlyMap<object, unknown>;

interface Task {
  owner: Owner;
  trace: number | undefined;
  stores: Stores | undefined;
  run: () => void;
}

/** Who runs right now; microtasks after a task still belong to it. */
export const current: {
  owner: Owner | undefined;
  trace: number | undefined;
  stores: Stores | undefined;
  /** The layer of Express whose code runs, or has set the timer or the tick that runs, as far as that is known. */
  layer: object | undefined;
  inTask: boolean;
} = {
  owner: undefined,
  trace: undefined,
  stores: undefined,
  layer: undefined,
  inTask: false,
};

/** The host's own functions, taken before anybody can replace them. */
export const host = {
  setTimeout: globalThis.setTimeout.bind(globalThis) as (run: () => void, ms: number) => unknown,
  clearTimeout: globalThis.clearTimeout.bind(globalThis) as (id: never) => void,
  Date: globalThis.Date,
  now: (): number => host.Date.now(),
  performance: globalThis.performance,
  queueMicrotask: globalThis.queueMicrotask.bind(globalThis),
  random: Math.random,
};

/** Runs a function after the microtasks of now, as soon as possible. */
const hop: (run: () => void) => void = (() => {
  const immediate = (globalThis as { setImmediate?: (run: () => void) => unknown }).setImmediate;
  if (immediate) return (run) => void immediate(run);
  const { scheduler } = globalThis as { scheduler?: { postTask?(run: () => void): Promise<void> } };
  if (scheduler?.postTask) return (run) => void scheduler.postTask!(run);
  const channel = new MessageChannel();
  let next: (() => void) | undefined;
  channel.port1.onmessage = () => {
    const run = next;
    next = undefined;
    run?.();
  };
  return (run) => {
    next = run;
    channel.port2.postMessage(0);
  };
})();

type OnRejection = (reason: unknown, promise: unknown) => void;
interface NodeHost {
  on?(event: 'unhandledRejection', listener: OnRejection): void;
  off(event: 'unhandledRejection', listener: OnRejection): void;
  listeners(event: 'unhandledRejection'): OnRejection[];
}
const nodeHost = (globalThis as { process?: NodeHost }).process;

const tasks: Task[] = [];
let head = 0;
let armed = false;
/** The next task is another owner's than the last, and a hop went between them. */
let apart = false;
/** Owners that asked for a nextTick from a microtask. */
const ticking = new Set<Owner>();
const quiet: (() => void)[] = [];
/** Turns without a task since the last task, or since somebody began to wait. */
let idle = 0;

function arm(): void {
  if (armed) return;
  armed = true;
  hop(turn);
}

function turn(): void {
  armed = false;
  if (ticking.size > 0) {
    const owners = [...ticking];
    ticking.clear();
    for (const owner of owners) {
      if (!owner.closed) inTask(owner, current.trace, () => undefined, current.stores);
    }
    if (tasks.length > head || quiet.length > 0) arm();
    return;
  }
  const task = tasks[head];
  if (task) {
    // A browser reports an unhandled rejection in a task after the one that caused it; until then `current` must stay.
    if (!nodeHost?.on && current.owner && task.owner !== current.owner && !apart) {
      apart = true;
      arm();
      return;
    }
    apart = false;
    head += 1;
    if (head === tasks.length) {
      tasks.length = 0;
      head = 0;
    } else if (head > 4096) {
      tasks.splice(0, head);
      head = 0;
    }
    idle = 0;
    if (!task.owner.closed) inTask(task.owner, task.trace, task.run, task.stores);
    if (tasks.length > head || quiet.length > 0) arm();
    return;
  }
  // One empty turn is not enough: a browser reports an unhandled rejection in a task of its own.
  idle += 1;
  if (idle > 1) for (const done of quiet.splice(0)) done();
  if (quiet.length > 0) arm();
}

/** Runs a callback as a task: current owner and trace set, errors handed to the owner, ticks run afterwards. */
export function inTask(owner: Owner, trace: number | undefined, run: () => void, stores?: Stores): void {
  if (current.inTask) {
    const before = { ...current };
    current.owner = owner;
    current.trace = trace;
    current.stores = stores;
    current.layer = undefined;
    try {
      run();
    } catch (error) {
      owner.uncaught(error);
    }
    current.owner = before.owner;
    current.trace = before.trace;
    current.stores = before.stores;
    current.layer = before.layer;
    return;
  }
  current.owner = owner;
  current.trace = trace;
  current.stores = stores;
  current.layer = undefined;
  current.inTask = true;
  owner.began();
  try {
    run();
  } catch (error) {
    owner.uncaught(error);
  }
  owner.runTicks();
  current.inTask = false;
}

/** Queues a callback of `owner` as a task of its own. */
export function post(owner: Owner, run: () => void, trace: number | undefined, stores: Stores | undefined): void {
  tasks.push({ owner, trace, stores, run });
  arm();
}

/** Nothing runs or waits in a queue, and what ran last was `owner`'s. */
export function isIdleFor(owner: Owner): boolean {
  return !current.inTask && !isBusy() && (current.owner === owner || current.owner === undefined);
}

/** Makes sure that ticks asked for from a microtask run before the next task. */
export function armTicks(owner: Owner): void {
  ticking.add(owner);
  arm();
}

/** Resolves when nothing is left to do without time passing. */
export function whenQuiet(): Promise<void> {
  return new Promise((done) => {
    quiet.push(done);
    idle = 0;
    arm();
  });
}

export function isBusy(): boolean {
  return tasks.length > head || ticking.size > 0;
}

let open = 0;
/** The host's own listeners hear of rejections that are no program's. */
let others: OnRejection[] = [];

function onNodeRejection(reason: unknown, promise: unknown): void {
  if (current.owner) report(reason);
  else if (others.length > 0) for (const listener of others) listener(reason, promise);
  else throw reason;
}

function onRejection(event: PromiseRejectionEvent): void {
  if (!current.owner) return;
  event.preventDefault();
  report(event.reason);
}

function report(reason: unknown): void {
  const owner = current.owner;
  if (!owner || owner.closed) return;
  inTask(owner, current.trace, () => owner.uncaught(reason, 'unhandledRejection'), current.stores);
}

/** Listens for unhandled rejections while a sandbox is open. */
export function watchRejections(): void {
  open += 1;
  if (open > 1) return;
  if (nodeHost?.on) {
    others = nodeHost.listeners('unhandledRejection');
    for (const listener of others) nodeHost.off('unhandledRejection', listener);
    nodeHost.on('unhandledRejection', onNodeRejection);
  } else globalThis.addEventListener?.('unhandledrejection', onRejection);
}

export function unwatchRejections(): void {
  open -= 1;
  if (open > 0) return;
  current.owner = undefined;
  if (nodeHost?.on) {
    nodeHost.off('unhandledRejection', onNodeRejection);
    for (const listener of others) nodeHost.on('unhandledRejection', listener);
  } else globalThis.removeEventListener?.('unhandledrejection', onRejection);
}
