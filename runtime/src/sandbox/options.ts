/** What a sandbox is made from, and what it tells while it runs. */
import type { ConsoleLine, ProgramError, Project, Trace } from '../protocol';
import type { EngineModule } from '../modules/express';
import type { DatabaseSource } from './backend';

/** Calls a module of the runtime as learner code would. */
export type PackRequire = (specifier: string) => unknown;

/** An npm package offered to learner code: CommonJS text, or a function that makes its exports once per program. */
export type Pack = string | ((require: PackRequire) => unknown);

export interface SandboxEvents {
  onConsole?: (line: ConsoleLine) => void;
  /** A request is done: answered, given up or cut. */
  onTrace?: (trace: Trace) => void;
  /** So many requests after the trace `after` came too fast to be followed; of many, told of in parts. */
  onUnfollowed?: (count: number, after: number) => void;
  onExit?: (code: number, error: ProgramError | undefined) => void;
  onListening?: (ports: number[]) => void;
  /** Journal records to be stored; what they belong to waits for the promise. */
  onJournal?: (records: Uint8Array[]) => Promise<void>;
  onChanged?: (collections: string[]) => void;
  /** Straight work goes on for long: where it is. */
  onBusy?: (place: { file: string; line: number }) => void;
  onStopped?: (stop: { reason: 'loop'; message: string; file: string; line: number }) => void;
}

export interface SandboxOptions extends Project, SandboxEvents {
  /** What another sandbox's `snapshot()` answered: its files, data and time; `files` go over it. */
  snapshot?: Uint8Array;
  /** Packages beyond those that the runtime brings. */
  packages?: Record<string, Pack>;
  /** Text of a pack that is at hand (`modules/asked.ts`); undefined when it was not loaded. */
  pack?: (name: string) => string | undefined;
  /** An initialised engine; without it there is no Express. */
  engine?: EngineModule;
  /** Keeps traces: of as many requests as can be looked at (`pace.ts`, the default), of every one, or of none. */
  trace?: boolean | 'every';
  /** Id of the last trace before this sandbox: its own go on from there. Default 0. */
  afterTrace?: number;
  /** The mock API and the databases; without it none is there. */
  database?: DatabaseSource;
  /** Milliseconds of straight work after which a loop is ended. */
  loopLimit?: number;
  /** Read-only files from elsewhere: folder in the sandbox → what reads it. */
  mounts?: Record<string, Record<string, string | Uint8Array>>;
}
