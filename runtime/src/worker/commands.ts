/** Performs the page's commands: one program at a time, beside the mock API and its data, which outlive every program. */
import { createGrader } from '../grader';
import type { ConsoleLine, DataCommand, HostCommand, HostEvent, Project, RunResult, WireRequest } from '../protocol';
import type { EngineModule } from '../modules/express';
import { createSandbox, parse, type Sandbox, type SandboxOptions } from '../sandbox';
import { Arriving } from './arriving';
import { Batches } from './batches';
import { DatabaseShelf } from './databases';
import { pack, plainSnapshot, unpack } from './packed';
import { Packs } from './packs';
import type { FromWorker } from './protocol';

/** Console lines are told together: a program that prints ten thousand lines sends a few messages. */
const CONSOLE_EVERY = 16;
/** What the MongoDB shell is made with, as a program's file would name it. */
const SHELL_NEEDS = { 'shell.js': "'bson'" };
const isShell = (line: string): boolean => /^\s*mongosh(\s|$)/.test(line);

export class Commands {
  readonly packs: Packs;
  private readonly batches: Batches;
  readonly databases: DatabaseShelf;
  private readonly grader: Promise<ReturnType<typeof createGrader>>;
  private sandbox: Promise<Sandbox> | undefined;
  private mongosh: Promise<Sandbox> | undefined;
  private readonly sends = new Map<number, AbortController>();
  /** Grows with each wish to run or to stop: one that waits for its packs may be out of date. */
  private wishes = 0;
  private lines: ConsoleLine[] = [];
  private flushing: ReturnType<typeof setTimeout> | undefined;
  private readonly wait = setTimeout.bind(globalThis);

  /** `lastTrace` is the id of the last trace that the page has seen: those of every program go on from there. */
  constructor(
    private readonly engine: Promise<EngineModule>,
    journal: Uint8Array[],
    private readonly tell: (message: FromWorker, transfer?: Transferable[]) => void,
    private lastTrace = 0,
  ) {
    this.batches = new Batches(tell);
    this.packs = new Packs(tell);
    this.databases = new DatabaseShelf(journal, tell);
    this.grader = engine.then((started) => createGrader(async (_seed, { files }) => {
      await this.packs.prepare(files);
      return { engine: started, database: this.databases.fresh, pack: this.packs.text };
    }));
    this.grader.catch(() => {});
  }

  /** Performs a command and tells its result; never rejects. */
  async answer(id: number, command: HostCommand): Promise<void> {
    try {
      const value = await this.perform(command);
      this.flush();
      this.tell({ id, value });
    } catch (error) {
      this.flush();
      this.tell({ id, failure: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } });
    }
  }

  stored(batch: number, failure: string | null): void {
    this.batches.stored(batch, failure);
  }

  private async perform(command: HostCommand): Promise<unknown> {
    switch (command.do) {
      case 'parse':
        return parse(command.path, command.code);
      case 'grader':
        if (command.command.do === 'perform' && isShell(command.command.action.command ?? '')) await this.packs.prepare(SHELL_NEEDS);
        return (await this.grader).answer(command.command);
      case 'run':
        return this.run(command.project);
      case 'stop':
        this.wishes += 1;
        (await this.current()).stop();
        return null;
      case 'command':
        return this.command(command.line, command.project);
      case 'send':
        return this.send(command.request, command.send);
      case 'cancel':
        this.sends.get(command.send)?.abort();
        return null;
      case 'cookies':
        return (await this.current()).scriptCookies(command.url, command.set);
      case 'evaluate':
        await this.packs.prepare({ 'line.js': command.code });
        return (await this.current()).evaluate(command.code);
      case 'data':
        return this.data(command.command);
      case 'shell':
        return this.inShell(command.line, command.files);
      case 'complete':
        return (await this.shell()).complete(command.line);
    }
  }

  private async run(project: Project): Promise<RunResult> {
    const wish = (this.wishes += 1);
    this.databases.ahead(project.files);
    await this.packs.prepare(project.files);
    if (wish !== this.wishes) return { ok: true, listening: [], ms: 0 };
    return (await this.fresh(project)).start();
  }

  /** Snapshots leave and come as the page keeps them. */
  private async data(command: DataCommand): Promise<unknown> {
    const { data } = await this.current();
    if (command.data === 'restore') return data.command({ ...command, snapshot: plainSnapshot(command.snapshot) });
    const answer = await data.command(command);
    return command.data === 'snapshot' ? pack(unpack(answer as string[])) : answer;
  }

  private async inShell(line: string, files: Record<string, string>): Promise<unknown> {
    await this.packs.prepare({ ...files, 'line.js': line });
    const sandbox = await this.shell();
    sandbox.update(files);
    return sandbox.shell(line);
  }

  /** The MongoDB shell, as a process beside the learner's: it goes on when the server restarts. */
  private async shell(): Promise<Sandbox> {
    await this.packs.prepare(SHELL_NEEDS);
    this.mongosh ??= (async () => {
      const { onJournal, onChanged, onBusy } = this.events();
      return createSandbox({ clock: 'real', files: {}, onJournal, onChanged, onBusy, engine: await this.engine, pack: this.packs.text, database: this.databases.lasting });
    })();
    return this.mongosh;
  }

  /** The words of a line may name packs as code does: `npm install zod`. */
  private async command(line: string, project: Project): Promise<unknown> {
    const words = line.split(/\s+/).map((word) => `'${word.replace(/(.)@.*/, '$1')}'`);
    await this.packs.prepare({ ...project.files, ...(isShell(line) ? SHELL_NEEDS : {}), 'line.js': words.join(' ') });
    const sandbox = await this.current(project);
    sandbox.update(project.files);
    return sandbox.command(line);
  }

  private async send(request: WireRequest, number: number | undefined): Promise<unknown> {
    const abort = new AbortController();
    if (number !== undefined) this.sends.set(number, abort);
    try {
      const listener = number === undefined ? undefined : new Arriving(number, (event) => this.tellEvent(event));
      return await (await this.current()).send(request, { signal: abort.signal, listener });
    } finally {
      if (number !== undefined) this.sends.delete(number);
    }
  }

  /** The running sandbox; an empty one serves the mock API until a program was run. */
  private current(project?: Project): Promise<Sandbox> {
    return this.sandbox ?? this.fresh(project ?? { files: {} });
  }

  /** A new sandbox in place of the last. */
  private fresh(project: Project): Promise<Sandbox> {
    const last = this.sandbox;
    const made = (async () => {
      // One that could not be made stands in nobody's way.
      const before = await last?.catch(() => undefined);
      this.lastTrace = before?.lastTrace ?? this.lastTrace;
      await before?.close();
      const [engine, afterTrace] = [await this.engine, this.lastTrace];
      return createSandbox({ clock: 'real', ...project, ...this.events(), afterTrace, engine, pack: this.packs.text, database: this.databases.lasting });
    })();
    this.sandbox = made;
    made.catch(() => {
      if (this.sandbox === made) this.sandbox = undefined;
    });
    return made;
  }

  private events(): Pick<SandboxOptions, 'onConsole' | 'onTrace' | 'onUnfollowed' | 'onExit' | 'onListening' | 'onJournal' | 'onChanged' | 'onBusy' | 'onStopped'> {
    const event = (value: HostEvent): void => this.tellEvent(value);
    return {
      onConsole: (line) => this.print(line),
      onTrace: (trace) => event({ event: 'trace', trace }),
      onUnfollowed: (count, after) => event({ event: 'unfollowed', count, after }),
      onExit: (code, error) => event({ event: 'exit', code, ...(error ? { error } : {}) }),
      onListening: (ports) => event({ event: 'listening', ports }),
      onJournal: (records) => this.batches.store(records),
      onChanged: (collections) => event({ event: 'changed', collections }),
      onBusy: (place) => this.tell({ busy: place }),
      onStopped: (stop) => event({ event: 'stopped', ...stop }),
    };
  }

  private tellEvent(event: HostEvent): void {
    this.flush();
    this.tell({ event });
  }

  private print(line: ConsoleLine): void {
    this.lines.push(line);
    this.flushing ??= this.wait(() => this.flush(), CONSOLE_EVERY);
  }

  private flush(): void {
    clearTimeout(this.flushing);
    this.flushing = undefined;
    if (this.lines.length > 0) this.tell({ event: { event: 'console', lines: this.lines.splice(0) } });
  }
}
