/** Performs the page's commands: one program at a time, beside the mock API and its data, which outlive every program. */
import { createGrader } from '../grader';
import type { ConsoleLine, HostCommand, HostEvent, Project, WireRequest } from '../protocol';
import { createSandbox, parse, type EngineBackend, type Sandbox, type SandboxOptions } from '../sandbox';
import { Batches } from './batches';
import type { Engine } from './engine';
import { Packs } from './packs';
import type { FromWorker } from './protocol';

/** The backend of a worker must not end with the program that used it. */
function lasting(backend: EngineBackend): EngineBackend {
  return {
    handle: (request, now) => backend.handle(request, now),
    data: (command, now) => backend.data(command, now),
    confirm: (sequence) => backend.confirm?.(sequence),
    discard: (sequence) => backend.discard?.(sequence),
  };
}

/** Console lines are told together: a program that prints ten thousand lines sends a few messages. */
const CONSOLE_EVERY = 16;

export class Commands {
  readonly packs: Packs;
  private readonly batches: Batches;
  private readonly ready: Promise<{ engine: Engine; backend: EngineBackend }>;
  private readonly grader: Promise<ReturnType<typeof createGrader>>;
  private sandbox: Promise<Sandbox> | undefined;
  private readonly sends = new Map<number, AbortController>();
  private lines: ConsoleLine[] = [];
  private flushing: ReturnType<typeof setTimeout> | undefined;
  private readonly wait = setTimeout.bind(globalThis);

  /** `lastTrace` is the id of the last trace that the page has seen: those of every program go on from there. */
  constructor(
    engine: Promise<Engine>,
    journal: Uint8Array[],
    private readonly tell: (message: FromWorker, transfer?: Transferable[]) => void,
    private lastTrace = 0,
  ) {
    this.batches = new Batches(tell);
    this.packs = new Packs(tell);
    this.ready = engine.then((started) => {
      const { backend, damage } = started.backend(journal);
      if (damage.length > 0) tell({ event: { event: 'damaged', damage } });
      return { engine: started, backend };
    });
    this.grader = engine.then((started) => createGrader(async (_seed, { files }) => {
      await this.packs.prepare(files);
      return { engine: started.module, backend: started.backend([]).backend, pack: this.packs.text };
    }));
    this.ready.catch(() => {});
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
        return (await this.grader).answer(command.command);
      case 'run':
        await this.packs.prepare(command.project.files);
        return (await this.fresh(command.project)).start();
      case 'stop':
        (await this.current()).stop();
        return null;
      case 'command':
        return this.command(command.line, command.project);
      case 'send':
        return this.send(command.request, command.send);
      case 'cancel':
        this.sends.get(command.send)?.abort();
        return null;
      case 'evaluate':
        await this.packs.prepare({ 'line.js': command.code });
        return (await this.current()).evaluate(command.code);
      case 'data':
        return (await this.current()).data.command(command.command);
    }
  }

  /** The words of a line may name packs as code does: `npm install zod`. */
  private async command(line: string, project: Project): Promise<unknown> {
    const words = line.split(/\s+/).map((word) => `'${word.replace(/(.)@.*/, '$1')}'`);
    await this.packs.prepare({ ...project.files, 'line.js': words.join(' ') });
    const sandbox = await this.current(project);
    sandbox.update(project.files);
    return sandbox.command(line);
  }

  private async send(request: WireRequest, number: number | undefined): Promise<unknown> {
    const abort = new AbortController();
    if (number !== undefined) this.sends.set(number, abort);
    try {
      return await (await this.current()).send(request, abort.signal);
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
    this.sandbox = (async () => {
      const before = await last;
      this.lastTrace = before?.lastTrace ?? this.lastTrace;
      await before?.close();
      const { engine, backend } = await this.ready;
      const afterTrace = this.lastTrace;
      return createSandbox({ clock: 'real', ...project, ...this.events(), afterTrace, engine: engine.module, pack: this.packs.text, backend: lasting(backend) });
    })();
    return this.sandbox;
  }

  private events(): Pick<SandboxOptions, 'onConsole' | 'onTrace' | 'onExit' | 'onListening' | 'onJournal' | 'onChanged' | 'onBusy' | 'onStopped'> {
    const event = (value: HostEvent): void => {
      this.flush();
      this.tell({ event: value });
    };
    return {
      onConsole: (line) => this.print(line),
      onTrace: (trace) => event({ event: 'trace', trace }),
      onExit: (code, error) => event({ event: 'exit', code, ...(error ? { error } : {}) }),
      onListening: (ports) => event({ event: 'listening', ports }),
      onJournal: (records) => this.batches.store(records),
      onChanged: (collections) => event({ event: 'changed', collections }),
      onBusy: (place) => this.tell({ busy: place }),
      onStopped: (stop) => event({ event: 'stopped', ...stop }),
    };
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
