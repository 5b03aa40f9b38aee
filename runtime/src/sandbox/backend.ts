/** The databases as the sandbox sees them: the mock API on port 4000, MongoDB's server, and their one journal, all in a module of the engine. */
import type { DatabaseWork, DataCommand, HeaderList, Trace } from '../protocol';
import type { DocdbFunctions } from './docdb';

/** Port of the mock API. */
export const MOCK_PORT = 4000;
/** Port of MongoDB's server. */
export const MONGO_PORT = 27_017;

export interface BackendRequest {
  method: string;
  /** Path and query as they came. */
  target: string;
  headers: HeaderList;
  body: Uint8Array;
  remoteAddress: string;
}

/** What is to be stored before an answer leaves. */
export interface Journalled {
  journal: Uint8Array[];
  /** The journal's place after and before, for `confirm` and `discard`. */
  sequence: number;
  sequenceBefore: number;
  /** Collections that changed. */
  changed?: string[];
}

export interface BackendAnswer extends Journalled {
  status: number;
  statusMessage?: string;
  headers: HeaderList;
  body: Uint8Array;
  /** What the glass box saw; id, at, host and edit are set by the sandbox. */
  trace?: Partial<Trace>;
  /** Virtual milliseconds that the answer takes. */
  delay?: number;
}

export interface DataAnswer extends Journalled {
  value: unknown;
}

/** What goes back over a driver's connection. */
export type WireReply =
  | { answer: 'reply'; bytes: Uint8Array }
  /** The client wants none. */
  | { answer: 'nothing' }
  /** To be asked again when something has changed, or at this time. */
  | { answer: 'wait'; until: number }
  | { answer: 'close' };

/** Nothing is to be stored. */
export interface Unchanged {
  journal?: undefined;
  changed?: undefined;
}

export type WireAnswer = WireReply & (Journalled | Unchanged);

/** What a message did with documents. */
export interface WireWork {
  work: DatabaseWork;
  writes: Trace['writes'];
}

export interface EngineBackend {
  /** `now` is milliseconds since the epoch on the sandbox's clock. */
  handle(request: BackendRequest, now: number): BackendAnswer;
  data(command: DataCommand, now: number): DataAnswer;
  /** A driver connects: the number of its connection. */
  connect(): number;
  disconnect(connection: number): void;
  /** Answers one whole message of MongoDB's wire protocol. */
  receive(connection: number, message: Uint8Array, now: number): WireAnswer;
  /** What the last message did, for a trace; undefined when it was not about documents. */
  work(): WireWork | undefined;
  /** The answer to a message whose change could not be stored. */
  refuse(message: Uint8Array, reason: string): WireReply;
  /** The records up to this place are stored. */
  confirm(sequence: number): void;
  /** The records after this place could not be stored: their changes are taken back. */
  discard(sequence: number): void;
}

export interface Database {
  backend: EngineBackend;
  functions: DocdbFunctions;
}

/** Loads the databases; called once, when something first asks for them. */
export type DatabaseSource = () => Database | Promise<Database>;
