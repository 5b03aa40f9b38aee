/**
 * The values that cross a boundary: page ↔ worker, grader ↔ sandbox, Node host ↔ package.
 * All are plain JSON (bodies are `Uint8Array` where noted), camelCase, and mirrored by serde types in
 * `crates/backend/src/trace.rs` (Trace) and `crates/course` (Project, Action, Record).
 */

/** A learner's program and the world it starts in. */
export interface Project {
  /** Path (no leading slash, `/` separated) → text. */
  files: Record<string, string>;
  /** The program to start. Default `server.js`. */
  entry?: string;
  env?: Record<string, string>;
  /** `virtual`: time moves only by `advance` and by waiting for an answer. Default `real`. */
  clock?: 'real' | 'virtual';
  /** Start of the virtual clock, ISO 8601. Default 2026-01-05T09:00:00.000Z. */
  now?: string;
  /** Seeds Math.random, crypto randomness and ids. */
  seed?: string;
  /** Rows per collection of the document database. */
  data?: Record<string, unknown[]>;
  /** Scripted third parties: origin → list of `{ match, status, headers, json | text, delay, fail }`. */
  network?: Record<string, unknown[]>;
  /** A number for the code the server runs ("edit 21"); shown in traces. */
  edit?: number;
}

export type HeaderList = [name: string, value: string][];

/** What a client sends. `url` is absolute: `http://localhost:3000/users/1`. */
export interface WireRequest {
  method: string;
  url: string;
  headers: HeaderList;
  body?: Uint8Array | string;
  /** Named client: own cookies and address. Default `me`. */
  client?: string;
}

export interface WireResponse {
  status: number;
  statusMessage: string;
  headers: HeaderList;
  body: Uint8Array;
  /** Milliseconds on the sandbox's clock. */
  ms: number;
  /** Id of the trace, see Trace.id. */
  trace?: number;
  /** Why there is no answer; then status is 0. */
  failure?: { kind: 'refused' | 'outside' | 'hang' | 'reset' | 'aborted' | 'bad-url'; message: string };
}

/** An error of the learner's program, mapped to the learner's file. */
export interface ProgramError {
  name: string;
  message: string;
  code?: string;
  file?: string;
  /** 1-based. */
  line?: number;
  column?: number;
  stack: string;
}

export interface ConsoleLine {
  /** Grows by one with each line. */
  seq: number;
  /** Milliseconds since the epoch on the sandbox's clock. */
  at: number;
  level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'system' | 'input' | 'result';
  /** As Node would print it (util.format), without colours; may hold line feeds. */
  text: string;
  file?: string;
  line?: number;
  /** Trace that was being served when it was printed. */
  trace?: number;
}

export type LayerKind = 'middleware' | 'route' | 'error' | 'builtin' | 'native';

export interface Change {
  /** `req.user`, `res.statusCode`, `res.headers.x-note`, `req.body`. */
  path: string;
  kind: 'add' | 'change' | 'remove';
  /** Inspected text, secrets masked, at most 200 characters. */
  before?: string;
  after?: string;
}

export interface DatabaseWork {
  /** `users.findOne`, `INSERT users`. */
  op: string;
  /** Collection or table. */
  on: string;
  /** `IXSCAN email_1`, `COLLSCAN`. */
  plan: string;
  examined: number;
  returned: number;
  changed: number;
  ms: number;
  /** The filter or statement as text. */
  detail: string;
}

/** Where a function is written: its first and last line. */
export interface Definition {
  file: string;
  line: number;
  lastLine: number;
}

/** One layer that ran for a request. */
export interface Layer {
  /** Function name; `<anonymous>` layers are named by their place: `layer at server.js:12`. Routes: the handler's name or `handler`. */
  name: string;
  /** How it was added: `use /admin`, `use /`, `GET /users/:id`. */
  at: string;
  kind: LayerKind;
  /** Router nesting; 0 is the app. */
  depth: number;
  /** Where it was added. */
  file?: string;
  line?: number;
  column?: number;
  /** Absent for a function that is in none of the project's files. */
  definition?: Definition;
  /** Milliseconds from request start, and in the layer itself without what `next()` ran. */
  start: number;
  ms: number;
  /** How often it called next. */
  next: number;
  does: 'next' | 'answers' | 'fails' | 'throws' | 'nothing';
  /** typeof the returned value, `promise`, `null`. */
  returned: string;
  changes: Change[];
  work: DatabaseWork[];
  error?: ProgramError;
}

export interface Tried {
  /** `GET /users/:id` or `use /admin`. */
  name: string;
  /** `path`: the path fits and the method does not; `error`: kept for errors. */
  matched: 'yes' | 'no' | 'path' | 'error';
  file?: string;
  line?: number;
}

/** A mail that a program sent; it stays in the sandbox. */
export interface Mail {
  /** Milliseconds since the epoch on the sandbox's clock. */
  at: number;
  /** Addresses of the envelope. */
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** The message as it would go over the wire (RFC 5322). */
  raw: string;
}

/** The way of one request. */
export interface Trace {
  id: number;
  /** Milliseconds since the epoch on the sandbox's clock. */
  at: number;
  /** `localhost:3000`. */
  host: string;
  edit?: number;
  request: { method: string; url: string; headers: HeaderList; body: string; size: number };
  /** Absent while there is no answer. */
  response?: { status: number; statusMessage: string; headers: HeaderList; body: string; size: number };
  /** Status of an answer that began, and had no end when nobody waited any more. */
  begun?: number;
  /** Total milliseconds; of a hang, the time waited. */
  ms: number;
  layers: Layer[];
  tried: Tried[];
  /** What stands below the layer that answered or stopped, and was not asked. */
  missed: Tried[];
  /** The layer that answered. The name `express` is Express itself, `http` a plain http server. */
  answered?: Layer;
  /** The layer where it stopped: neither next nor an answer. */
  stopped?: Layer;
  /** What the learner's code threw or passed to next. */
  error?: ProgramError;
  console: ConsoleLine[];
  /** The database's documents that this request changed. */
  writes: { collection: string; /** Absent for the mock API's. */ database?: string; id: string; kind: 'insert' | 'update' | 'delete'; before?: unknown; after?: unknown }[];
}

/** One step of a check, seeds already filled in. Exactly one action word, or none to look at the server as it stands. */
export interface Action {
  /** `GET /users?x=1`: path on the entry's port (3000), or `GET http://localhost:4000/api/users`. */
  request?: string;
  headers?: Record<string, string | string[]>;
  query?: Record<string, string | string[]> | string;
  cookies?: Record<string, string>;
  json?: unknown;
  form?: Record<string, unknown> | string;
  text?: string;
  as?: string;
  /** With a number: `request` that many times at once. With a list: these actions at once. */
  parallel?: number | Action[];
  /** Milliseconds. */
  advance?: number;
  restart?: { env?: Record<string, string> };
  command?: string;
  call?: string;
  args?: unknown[];
  /** Chunks of the request body, sent one after the other. */
  chunks?: string[];
}

/** What was seen during one step (FORMAT: "The record"). Absent keys mean "nothing of the kind". */
export interface Record_ {
  status?: number;
  headers?: Record<string, string | string[]>;
  cookies?: Record<string, string>;
  /** Present only with a JSON Content-Type and a body that parses. */
  json?: unknown;
  text?: string;
  hang?: boolean;
  refused?: boolean;
  /** Virtual milliseconds until the answer. */
  within?: number;
  tally?: Record<string, number>;
  console: string[];
  error?: ProgramError;
  exit?: number;
  listening: number[];
  db?: Record<string, unknown[]>;
  files?: Record<string, string>;
  calls: unknown[];
  queries: unknown[];
  returns?: unknown;
  /** The layers, tried, missed, answered and stopped of Trace. */
  trace?: Partial<Trace>;
  /** The request as it was sent. */
  sent?: { method: string; path: string; url: string; headers: HeaderList; body: string };
}

/** Grader ↔ sandbox: one JSON object each way. In Node one per line over stdio (`backlab-runtime/grader`), in the page over the MessagePort. */
export type GraderCommand =
  /** Makes a fresh sandbox with a virtual clock, runs the entry, answers the record of the start. */
  | { do: 'open'; sandbox: string; project: Project; start?: boolean }
  | { do: 'perform'; sandbox: string; action: Action }
  | { do: 'close'; sandbox: string };
export type GraderAnswer = { ok: true; record?: Record_ } | { ok: false; message: string };

/** Page → worker. Each carries `id`; the answer bears it. */
export type HostCommand =
  | { do: 'run'; project: Project }
  | { do: 'stop' }
  /** `node sum.js 1 2`, `npm run dev`: runs to its end. */
  | { do: 'command'; line: string; project: Project }
  /** `send` is the page's own number for it, which `cancel` names. */
  | { do: 'send'; request: WireRequest; send?: number }
  | { do: 'cancel'; send: number }
  /** `document.cookie` of the page at `url`, after it was assigned `set`. Answers its text. */
  | { do: 'cookies'; url: string; set?: string }
  /** A line of the console prompt. */
  | { do: 'evaluate'; code: string }
  | { do: 'parse'; path: string; code: string }
  | { do: 'grader'; command: GraderCommand }
  | { do: 'data'; command: DataCommand }
  /** A line of the MongoDB shell's prompt; the first one opens it. Answers `ShellAnswer`. `files` is what the shell can load. */
  | { do: 'shell'; line: string; files: Record<string, string> }
  /** What fits at the end of such a line. Answers `{ from, options }`. */
  | { do: 'complete'; line: string };

/** What a line of the shell came to. */
export interface ShellAnswer {
  /** What it printed, and last what it came to: `result`, or `error`. */
  lines: { level: ConsoleLine['level']; text: string }[];
  /** `shop> `. */
  prompt: string;
  /** More lines must come before it can run. */
  incomplete?: true;
  effect?: 'clear' | 'exit';
}

/** The document database of the worker (Database tool). Values are relaxed Extended JSON. */
export type DataCommand =
  /** Answers `CollectionCard[]`. A name is a collection of the mock API (`users`) or `database.collection`. */
  | { data: 'collections' }
  /** Answers `FoundDocuments`. */
  | { data: 'find'; collection: string; filter: unknown; projection?: unknown; sort?: unknown; skip?: number; limit?: number }
  /** Answers `{ id }`. */
  | { data: 'insert'; collection: string; document: unknown }
  /** Answers `{ matched, changed }`. */
  | { data: 'replace'; collection: string; id: unknown; document: unknown }
  /** Answers `{ deleted }`. */
  | { data: 'delete'; collection: string; id: unknown }
  /** The collection holds exactly these documents afterwards. Answers `{ ids }`. */
  | { data: 'fill'; collection: string; documents: unknown[] }
  /**
   * Any command of MongoDB's, such as `{ listDatabases: 1 }` on `admin`, `{ createIndexes: 'books', indexes: […] }`, `{ explain: … }`.
   * Answers MongoDB's own reply; one that failed has `ok: 0`, `code`, `codeName` and `errmsg`. With `canonical` its numbers say
   * their types: `{ $numberLong: '5' }`.
   */
  | { data: 'command'; database: string; command: unknown; canonical?: boolean }
  /** The mock API's collections as they were at the start; other databases stay. */
  | { data: 'reset' }
  /** Answers the whole store as journal records, base64 each. */
  | { data: 'snapshot' }
  /** `snapshot` is the JSON text of such a list. */
  | { data: 'restore'; snapshot: string }
  /** Answers the whole store as `mongodump --archive` writes it, in base64. */
  | { data: 'archive' }
  /** Its collections take the place of those with the same names. Answers `{ count }`, of documents. */
  | { data: 'takeArchive'; archive: string }
  /** Answers `Relation[]`: what the running program's Mongoose schemas declare. */
  | { data: 'relations' };

/** A field of a collection that refers to another one; `list` when it holds many. */
export interface Relation {
  from: string;
  field: string;
  to: string;
  list: boolean;
}

export interface CollectionCard {
  name: string;
  count: number;
  /** Bytes of all documents. */
  size: number;
  indexes: { name: string; key: Record<string, 1 | -1>; unique: boolean; uses: number }[];
}

export interface FoundDocuments {
  documents: unknown[];
  /** Without skip and limit. */
  total: number;
  /** `IXSCAN email_1`, `COLLSCAN`. */
  plan: string;
  examined: number;
}

/** What the run of a project came to. */
export interface RunResult {
  ok: boolean;
  /** Open ports. */
  listening: number[];
  /** Set when the program ended. */
  exit?: number;
  error?: ProgramError;
  ms: number;
  /** Files of the project that a command changed for the editor, such as package.json by `npm install`: path → text. */
  files?: Record<string, string>;
  /** `mongosh` without a script: the database on which the page is to open the shell. */
  shell?: string;
}

/** The packages that are waited for, and which of how many it is. */
export interface PackProgress {
  names: string[];
  at: number;
  of: number;
}

/** Worker → page, unasked. */
export type HostEvent =
  | { event: 'ready'; ms: number }
  | { event: 'console'; lines: ConsoleLine[] }
  | { event: 'trace'; trace: Trace }
  /** So many requests after the trace `after` came too fast to be followed; of many, told of in parts. */
  | { event: 'unfollowed'; count: number; after: number }
  | { event: 'listening'; ports: number[] }
  /** An answer has begun and is not over: `body` is what came since the last such event of this `send`. */
  | { event: 'arriving'; send: number; answer: WireResponse }
  | { event: 'exit'; code: number; error?: ProgramError }
  /** Journal records (base64 each) to store before the write is acknowledged; answered with `stored`. */
  | { event: 'journal'; batch: number; records: string[] }
  | { event: 'changed'; collections: string[] }
  /** Parts of the journal could not be read: a sentence for each. Told once after the boot; the rest of the data is there. */
  | { event: 'damaged'; damage: string[] }
  /** Packages are being loaded before a program starts; an empty list of names ends it. */
  | ({ event: 'loading' } & PackProgress)
  /** The program was stopped by the watchdog or the loop guard. */
  | { event: 'stopped'; reason: 'loop' | 'unresponsive' | 'memory'; message: string; file?: string; line?: number };
