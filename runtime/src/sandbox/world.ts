/** What outlives a single program of a sandbox: time, files, ports, console, traces, and the waiting for all of them. */
import type { Mail, ProgramError } from '../protocol';
import { ConsoleLog } from '../console/log';
import { missingPackage } from '../modules/offered';
import { VirtualFiles } from '../node/fs/files';
import type { Socket } from '../node/net/socket';
import { MOCK_PORT, MONGO_PORT } from './backend';
import { Clock } from './clock';
import { Network } from './network';
import type { SandboxOptions } from './options';
import type { Program } from './program';
import { makeRandom, type Random } from './random';
import { host, isBusy, whenQuiet } from './realm';
import { Store } from './store';
import { Tracer } from './trace';
import type { PortHandler } from './wire';

/** Start of virtual time when a project names none. */
const START = '2026-01-05T09:00:00.000Z';
/** Looks, in real time, for work of the platform that the loop cannot see, before a wait counts as a hang. */
const GRACE = 3;

interface Wait {
  done: () => boolean;
  deadline: number;
  resolve: (done: boolean) => void;
}

export class World {
  readonly version = 'v20.20.2';
  readonly clock: Clock;
  readonly random: Random;
  readonly files: VirtualFiles;
  readonly console: ConsoleLog;
  readonly tracer: Tracer;
  readonly network: Network;
  readonly ports = new Map<number, PortHandler>();
  /** Listeners of `net` by port: each takes a client's socket and the address it was reached by. */
  readonly wires = new Map<number, (client: Socket, address: string) => void>();
  /** Work that the host does for any program. */
  holds = 0;
  /** Grows with each thing that was started. */
  pending = 0;
  program: Program | undefined;
  readonly programs = new Set<Program>();
  readonly errors: ProgramError[] = [];
  readonly mails: Mail[] = [];
  readonly store: Store;
  closed = false;
  private checking = false;
  private driving = false;
  private readonly waits = new Set<Wait>();
  private readonly said = new Set<string>();
  private holdWaiters: (() => void)[] = [];

  constructor(readonly options: SandboxOptions) {
    const virtual = options.clock === 'virtual';
    this.clock = new Clock(virtual, Date.parse(options.now ?? START));
    this.random = makeRandom(options.seed);
    this.files = new VirtualFiles(() => this.clock.now());
    this.files.load(options.files);
    for (const [folder, files] of Object.entries(options.mounts ?? {})) {
      this.files.load(Object.fromEntries(Object.entries(files).map(([path, data]) => [`${folder}/${path}`, data])));
    }
    this.console = new ConsoleLog(this);
    this.tracer = new Tracer(this);
    this.store = new Store(this);
    this.network = new Network(this, options.network ?? {});
  }

  /** Ports that programs opened; the mock API's own is not among them. */
  get listening(): number[] {
    const mock = this.store.exists ? MOCK_PORT : undefined;
    return [...this.ports.keys()].filter((port) => port !== mock).sort((a, b) => a - b);
  }

  /** Somebody listens on this port. */
  isTaken(port: number): boolean {
    return this.ports.has(port) || this.wires.has(port) || (port === MONGO_PORT && this.store.exists);
  }

  /** A port that nobody listens on. */
  freePort(): number {
    let port = 49_152;
    while (this.isTaken(port)) port += 1;
    return port;
  }

  open(port: number, handler: PortHandler): void {
    this.ports.set(port, handler);
    this.options.onListening?.(this.listening);
  }

  shut(port: number): void {
    if (this.ports.delete(port)) this.options.onListening?.(this.listening);
  }

  noteError(error: ProgramError): void {
    this.errors.push(error);
  }

  exited(code: number, error: ProgramError | undefined): void {
    this.options.onExit?.(code, error);
  }

  /** Something that kept a program alive is gone: look, once the loop is quiet, whether a program is done. */
  released(): void {
    if (this.holds === 0) for (const resolve of this.holdWaiters.splice(0)) resolve();
    if (this.checking || this.closed) return;
    this.checking = true;
    void whenQuiet().then(() => {
      this.checking = false;
      for (const program of this.programs) if (program.endIfDone()) this.programs.delete(program);
    });
  }

  /** Resolves when nothing is left to do without time passing. */
  async settled(): Promise<void> {
    for (;;) {
      await whenQuiet();
      if (this.holds === 0 && !this.checking && !isBusy()) return;
      if (this.holds > 0) await new Promise<void>((resolve) => this.holdWaiters.push(resolve));
    }
  }

  /** Virtual time: lets it pass, timer by timer, until `done` or `limit` ms have gone. */
  until(done: () => boolean, limit: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.waits.add({ done, deadline: this.clock.now() + limit, resolve });
      if (!this.driving) void this.drive();
    });
  }

  private async drive(): Promise<void> {
    this.driving = true;
    let looks = 0;
    for (;;) {
      await this.settled();
      const now = this.clock.now();
      for (const wait of this.waits) {
        const done = wait.done();
        if (!done && now < wait.deadline && !this.closed) continue;
        this.waits.delete(wait);
        wait.resolve(done);
      }
      if (this.waits.size === 0) break;
      const deadline = Math.min(...[...this.waits].map((wait) => wait.deadline));
      const next = this.clock.next();
      if (next !== undefined && next <= deadline) {
        looks = 0;
        this.clock.moveTo(next);
      } else if (looks < GRACE) {
        looks += 1;
        await new Promise<void>((resolve) => host.setTimeout(resolve, 1));
      } else {
        looks = 0;
        this.clock.moveTo(deadline);
      }
    }
    this.driving = false;
  }

  /** Virtual time: moves it by `ms`, running what is due on the way. */
  async advance(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    for (;;) {
      await this.settled();
      const next = this.clock.next();
      if (next === undefined || next > target) break;
      this.clock.moveTo(next);
    }
    this.clock.moveTo(target);
    await this.settled();
  }

  /** Lets time pass for work of the sandbox itself. */
  wait(ms: number): Promise<void> {
    if (!this.clock.virtual) return new Promise((resolve) => void host.setTimeout(resolve, ms));
    const self = { closed: false, runTicks: () => false, uncaught: () => undefined, began: () => undefined };
    return new Promise((resolve) => void this.clock.add(self, ms, resolve));
  }

  /** Keeps a mail that a program sent, and says so: none leaves the page. */
  deliver(mail: Omit<Mail, 'at'>): void {
    this.mails.push({ at: this.clock.now(), ...mail });
    const body = mail.text || mail.html;
    this.console.system(`Mail from ${mail.from} to ${mail.to.join(', ')}, kept here and sent to nobody\nSubject: ${mail.subject}\n\n${body}`);
  }

  /** Says something that needs no second saying. */
  sayOnce(text: string): void {
    if (this.said.has(text)) return;
    this.said.add(text);
    this.console.system(text);
  }

  /** What to say when a module is not there. */
  moduleHint(message: string): string | undefined {
    const name = /Cannot find (?:module|package) '(@[^'/]+\/[^'/]+|[^'./][^'/]*)/.exec(message)?.[1];
    // Every program is offered the same.
    const { loader } = this.program ?? [...this.programs].at(-1) ?? {};
    if (!name || !loader) return undefined;
    return missingPackage(name, loader.offered(), loader.builtins());
  }
}
