/** The page's door to the backend: frame, workers, watchdog. Shipped as `host.js`. */
import type { Backend } from '../page-api';
import type { HostCommand, HostEvent } from '../protocol';
import { type CallFailure, Connection } from './connection';
import { openFrame, type SandboxFrame } from './frame';
import { PackShelf } from './packs';

export { registerServiceWorker } from './offline';

interface Options {
  base: string;
  journal: string[];
  onEvent: (event: HostEvent) => void;
}

/** A running worker: `main` serves the learner's program and the mock API, `grader` the checks and snippets. */
interface Running {
  connection: Connection;
  worker: number;
}

type Role = 'main' | 'grader';

/** Records that the page was asked to store, and the number that their worker gave them. */
interface Batch {
  running: Running;
  number: number;
  records: string[];
}

class PageBackend implements Backend {
  private readonly running: Partial<Record<Role, Promise<Running>>> = {};
  private spare: Promise<Running> | undefined;
  private readonly journal: string[];
  /** By numbers of the page's own: each worker counts from one. */
  private readonly batches = new Map<number, Batch>();
  private lastBatch = 0;
  private readonly frame: Promise<SandboxFrame>;
  private readonly script: Promise<string>;
  private readonly engine: Promise<ArrayBuffer>;
  private databases: Promise<ArrayBuffer> | undefined;
  private readonly packs: PackShelf;
  private lastTrace = 0;
  private closed = false;

  constructor(private readonly options: Options) {
    this.journal = [...options.journal];
    this.script = load(options.base, 'worker.js').then((answer) => answer.text());
    this.engine = load(options.base, 'engine_bg.wasm').then((answer) => answer.arrayBuffer());
    this.packs = new PackShelf((file) => load(options.base, file));
    this.frame = openFrame(options.base, (worker, message) => void this.broken(worker, message));
    const started = performance.now();
    this.main().then(
      () => {
        options.onEvent({ event: 'ready', ms: performance.now() - started });
        this.warm();
      },
      () => {},
    );
  }

  async call(command: HostCommand): Promise<unknown> {
    if (this.closed) throw failure('closed', 'The backend was closed.');
    const role: Role = command.do === 'grader' ? 'grader' : 'main';
    const { connection } = await this.worker(role).catch((error: Error) => {
      throw failure('load', error.message);
    });
    return connection.call(command);
  }

  stored(batch: number, reason: string | null): void {
    const stored = this.batches.get(batch);
    if (!stored) return;
    this.batches.delete(batch);
    if (reason === null) this.journal.push(...stored.records);
    stored.running.connection.stored(stored.number, reason);
  }

  close(): void {
    this.closed = true;
    for (const running of [...Object.values(this.running), this.spare]) {
      running?.then(({ connection }) => connection.close(failure('closed', 'The backend was closed.'))).catch(() => {});
    }
    void this.frame.then((frame) => frame.remove()).catch(() => {});
  }

  private main(): Promise<Running> {
    return this.worker('main');
  }

  private worker(role: Role): Promise<Running> {
    const known = this.running[role];
    if (known) return known;
    const fresh = this.spare ?? this.spawn();
    this.spare = undefined;
    const assigned = fresh.then((running) => {
      running.connection.boot(role === 'main' ? this.journal : [], this.lastTrace);
      return running;
    });
    this.running[role] = assigned;
    assigned.catch(() => {
      delete this.running[role];
    });
    return assigned;
  }

  /** The databases' module, loaded when a worker first wants it; what failed is tried again the next time. */
  private database(): Promise<ArrayBuffer> {
    this.databases ??= load(this.options.base, 'database_bg.wasm').then((answer) => answer.arrayBuffer());
    this.databases.catch(() => (this.databases = undefined));
    return this.databases;
  }

  /** Starts a worker ahead of need. */
  private warm(): void {
    if (this.spare || this.closed) return;
    this.spare = this.spawn();
    this.spare.catch(() => {
      this.spare = undefined;
    });
  }

  private async spawn(): Promise<Running> {
    const [frame, script, engine] = await Promise.all([this.frame, this.script, this.engine]);
    const running: Running = {
      worker: 0,
      connection: new Connection(
        (event) => this.event(running, event),
        (names) => this.packs.take(names, (progress) => this.event(running, { event: 'loading', ...progress })),
        () => this.database(),
        (busy) => this.silent(running, busy),
      ),
    };
    running.worker = frame.spawn(script, engine.slice(0), running.connection.port);
    return running;
  }

  private event(running: Running, event: HostEvent): void {
    if (event.event === 'trace') this.lastTrace = Math.max(this.lastTrace, event.trace.id);
    void this.running.main?.then((main) => {
      if (main !== running) return;
      this.options.onEvent(event.event === 'journal' ? this.numbered(running, event) : event);
    });
  }

  private numbered(running: Running, event: Extract<HostEvent, { event: 'journal' }>): HostEvent {
    this.lastBatch += 1;
    this.batches.set(this.lastBatch, { running, number: event.batch, records: event.records });
    return { ...event, batch: this.lastBatch };
  }

  /** A worker that answers nothing is ended; the next call gets a fresh one with the same data. */
  private silent(running: Running, busy: { file: string; line: number } | undefined): void {
    const place = busy ? ` at ${busy.file}:${busy.line}` : '';
    const message = `The program never ends: stopped after 3 s without a sign of life${place}.`;
    void this.end(running, failure('stopped', message)).then((role) => {
      if (role === 'main') this.options.onEvent({ event: 'stopped', reason: 'unresponsive', message, ...busy });
    });
  }

  private async broken(worker: number, message: string): Promise<void> {
    for (const running of await Promise.all(Object.values(this.running))) {
      if (running.worker !== worker) continue;
      const role = await this.end(running, failure('broken', message));
      if (role === 'main') this.options.onEvent({ event: 'stopped', reason: 'memory', message: `The sandbox broke: ${message}` });
    }
  }

  private async end(running: Running, why: CallFailure): Promise<Role | undefined> {
    running.connection.close(why);
    (await this.frame).terminate(running.worker);
    for (const role of ['main', 'grader'] as const) {
      if ((await this.running[role]) !== running) continue;
      delete this.running[role];
      // The mock API and the data must be there at once.
      if (role === 'main') await this.main();
      this.warm();
      return role;
    }
    return undefined;
  }
}

function failure(kind: string, message: string): CallFailure {
  return { kind, message };
}

async function load(base: string, file: string): Promise<Response> {
  const answer = await fetch(new URL(file, base));
  if (!answer.ok) throw new Error(`${file} could not be loaded (${answer.status}). Check the connection and reload.`);
  return answer;
}

/** Opens the sandbox frame and its worker. */
export function openBackend(options: Options): Backend {
  return new PageBackend(options);
}
