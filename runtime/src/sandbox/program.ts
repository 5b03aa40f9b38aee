/** One run of a learner's program, like one `node` process: its ticks, timers, modules, servers and end. */
import type { ProgramError } from '../protocol';
import { Loader } from '../modules/loader';
import { makeProcess, type ProcessObject } from '../node/process';
import { makeTimers, type Timers } from '../node/timers';
import { LoopGuard, LoopError } from './guard';
import { armTicks, current, inTask, isIdleFor, post, type Owner, type Stores } from './realm';
import { toProgramError } from './stack';
import { printUncaught, rejectionReason } from './uncaught';
import type { World } from './world';

/** Thrown by process.exit to leave the running code; never shown. */
export class ExitSignal {
  constructor(readonly code: number) {}
}

interface Tick {
  run: (...args: unknown[]) => void;
  args: unknown[];
  trace: number | undefined;
  stores: Stores | undefined;
  layer: object | undefined;
}

export interface Server {
  readonly port: number;
  readonly refed: boolean;
  /** The program ended: connections are cut. */
  drop(): void;
}

export class Program implements Owner {
  closed = false;
  exitCode: number | undefined;
  error: ProgramError | undefined;
  /** What the learner threw, as it was. */
  thrown: unknown;
  readonly servers = new Set<Server>();
  readonly timers: Timers;
  readonly process: ProcessObject;
  readonly guard: LoopGuard;
  readonly loader: Loader;
  /** Timers that keep the program alive, and work that the host still does for it. */
  alive = 0;
  holds = 0;
  /** The entry module has been evaluated to its end. */
  evaluated = false;
  /** Its code may go on in microtasks that nobody can see. */
  usesPromises = false;
  /** Modules made for this program only, by name. */
  readonly made = new Map<string, unknown>();
  private ticks: Tick[] = [];
  /** Ticks of now that are still to run, beside those. */
  private left = 0;
  private exiting = false;
  private readonly ends: (() => void)[] = [];

  constructor(
    readonly world: World,
    readonly argv: string[],
    readonly env: Record<string, string>,
    /** A command's program: does not decide the sandbox's exit state. */
    readonly isCommand = false,
  ) {
    this.guard = new LoopGuard(world.options.onBusy, world.options.loopLimit);
    this.timers = makeTimers(this);
    this.process = makeProcess(this);
    this.loader = new Loader(this);
  }

  began(): void {
    this.guard.began();
    this.world.clock.began();
  }

  nextTick(run: (...args: unknown[]) => void, ...args: unknown[]): void {
    if (this.closed) return;
    this.ticks.push({ run, args, trace: current.trace, stores: current.stores, layer: current.layer });
    if (!current.inTask || current.owner !== this) armTicks(this);
  }

  /** Ticks that are still to run. */
  get waitingTicks(): number {
    return this.left + this.ticks.length;
  }

  runTicks(): boolean {
    if (this.ticks.length === 0) return false;
    while (this.ticks.length > 0) {
      const batch = this.ticks;
      this.ticks = [];
      this.left = batch.length;
      for (const tick of batch) {
        if (this.closed) return true;
        this.left -= 1;
        current.trace = tick.trace;
        current.stores = tick.stores;
        current.layer = tick.layer;
        current.owner = this;
        try {
          tick.run(...tick.args);
        } catch (error) {
          this.uncaught(error);
        }
      }
    }
    return true;
  }

  /**
   * Queues a callback as a task of this program, for the trace of now unless one is given; `undefined` is given too and means
   * none. With a trace come the stores of its AsyncLocalStorage.
   */
  post(run: () => void, ...given: [trace?: number | undefined, stores?: Stores | undefined]): void {
    if (given.length > 0) post(this, run, given[0], given[1]);
    else post(this, run, current.trace, current.stores);
  }

  /**
   * Begins something from outside, such as a request, in a task of its own: after all that the program left to promises. Where it
   * can have left nothing, at once, as a task costs as much as many a request.
   */
  begin(run: () => void, trace: number | undefined): void {
    if (this.usesPromises || !isIdleFor(this) || this.closed) post(this, run, trace, undefined);
    else inTask(this, trace, run);
  }

  /** Keeps the program alive, and the sandbox not idle, until the host's work is done. What waits for it goes on in a task of this program. */
  hold<T>(work: Promise<T>): Promise<T> {
    const { trace, stores } = current;
    this.usesPromises = true;
    this.holds += 1;
    this.world.holds += 1;
    return new Promise((resolve, reject) => {
      const over = (settle: () => void): void => {
        this.holds -= 1;
        this.world.holds -= 1;
        this.post(settle, trace, stores);
        this.world.released();
      };
      work.then((value) => over(() => resolve(value)), (error: unknown) => over(() => reject(error as Error)));
    });
  }

  uncaught(error: unknown, origin: 'uncaughtException' | 'unhandledRejection' = 'uncaughtException'): void {
    if (this.closed || error instanceof ExitSignal) return;
    if (error instanceof LoopError) return this.stopLoop(error);
    let value = error;
    if (origin === 'unhandledRejection') {
      if (this.process.listenerCount('unhandledRejection') > 0) {
        this.process.emit('unhandledRejection', error, Promise.resolve());
        return;
      }
      value = rejectionReason(error);
    }
    if (this.process.listenerCount('uncaughtException') > 0) {
      this.process.emit('uncaughtException', value, origin);
      return;
    }
    this.thrown = value;
    this.error = toProgramError(value);
    this.world.noteError(this.error);
    this.world.tracer.find(current.trace)?.failed(this.error);
    printUncaught(this.world, value, this.error);
    this.exit(1);
  }

  private stopLoop(error: LoopError): void {
    this.error = { name: 'LoopError', message: error.message, file: error.file, line: error.line, stack: error.message };
    this.thrown = error;
    this.world.noteError(this.error);
    this.world.console.system(error.message);
    this.world.options.onStopped?.({ reason: 'loop', message: error.message, file: error.file, line: error.line });
    this.exit(1);
  }

  /** Ends the program: `exit` listeners run, servers and timers go. */
  exit(code: number): void {
    if (this.closed) return;
    if (!this.exiting) {
      this.exiting = true;
      this.process.exitCode ??= code;
      if (code !== 0) this.process.exitCode = code;
      try {
        this.process.emit('exit', Number(this.process.exitCode));
      } catch (error) {
        if (!(error instanceof ExitSignal)) {
          this.error = toProgramError(error);
          printUncaught(this.world, error, this.error);
          this.process.exitCode = 7;
        }
      }
    }
    this.end(Number(this.process.exitCode ?? code));
  }

  /** Ends the program without a word: it was stopped from outside. */
  end(code: number | undefined): void {
    if (this.closed) return;
    this.closed = true;
    this.exitCode = code;
    this.ticks = [];
    this.world.clock.drop(this);
    for (const server of [...this.servers]) server.drop();
    this.servers.clear();
    this.loader.forget();
    for (const done of [...this.ends]) done();
    if (code !== undefined && !this.isCommand) this.world.exited(code, this.error);
    this.world.released();
  }

  /** Calls `done` at the end. The function that it answers takes that back. */
  onEnd(done: () => void): () => void {
    if (this.closed) done();
    else this.ends.push(done);
    return () => {
      const at = this.ends.lastIndexOf(done);
      if (at !== -1) this.ends.splice(at, 1);
    };
  }

  /** Ends the program when nothing keeps it alive. Call when the loop is quiet. */
  endIfDone(): boolean {
    if (this.closed) return true;
    if (this.holds > 0 || this.alive > 0) return false;
    for (const server of this.servers) if (server.refed) return false;
    // A top-level await that nothing can settle any more.
    if (!this.evaluated) {
      this.exit(13);
      return true;
    }
    if (this.process.listenerCount('beforeExit') > 0 && !this.exiting) {
      const before = this.world.pending;
      inTask(this, undefined, () => this.process.emit('beforeExit', Number(this.process.exitCode ?? 0)));
      if (this.world.pending !== before || this.alive > 0 || this.ticks.length > 0) return false;
    }
    if (!this.closed) inTask(this, undefined, () => this.exit(Number(this.process.exitCode ?? 0)));
    return true;
  }
}
