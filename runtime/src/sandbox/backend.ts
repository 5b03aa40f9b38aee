/** The built-in backend as the sandbox sees it: the mock API on port 4000 and the document database, both in the engine. */
import type { DataCommand, HeaderList, Trace } from '../protocol';

/** Port of the mock API. */
export const MOCK_PORT = 4000;

export interface BackendRequest {
  method: string;
  /** Path and query as they came. */
  target: string;
  headers: HeaderList;
  body: Uint8Array;
  remoteAddress: string;
}

export interface BackendAnswer {
  status: number;
  statusMessage?: string;
  headers: HeaderList;
  body: Uint8Array;
  /** What the glass box saw; id, at, host and edit are set by the sandbox. */
  trace?: Partial<Trace>;
  /** Journal records to store before the answer leaves. */
  journal: Uint8Array[];
  /** The journal's place after and before this request, for `confirm` and `discard`. */
  sequence: number;
  sequenceBefore: number;
  /** Virtual milliseconds that the answer takes. */
  delay?: number;
  /** Collections that the request changed. */
  changed?: string[];
}

export interface DataAnswer {
  value: unknown;
  journal: Uint8Array[];
  sequence: number;
  sequenceBefore: number;
  changed?: string[];
}

export interface EngineBackend {
  /** `now` is milliseconds since the epoch on the sandbox's clock. */
  handle(request: BackendRequest, now: number): BackendAnswer;
  data(command: DataCommand, now: number): DataAnswer;
  /** The records up to this place are stored. */
  confirm(sequence: number): void;
  /** The records after this place could not be stored: their changes are taken back. */
  discard(sequence: number): void;
}
