/** A sandbox: a learner's files, the program made from them, and the doors to talk to it. */
import type { ConsoleLine, Mail, ProgramError, RunResult, ShellAnswer, Trace, WireRequest, WireResponse } from '../protocol';
import { messageClasses } from '../express';
import { join } from '../modules/resolve';
import { Buffer } from '../node/buffer';
import { ROOT } from '../node/fs/files';
import { accept, type Service } from '../node/http/accept';
import type { Asked } from '../shell/command-line';
import type { Completion } from '../shell/completion';
import { Prompt, runMongosh } from '../shell/run';
import { addressOf, escapeTarget, withDefaults } from './client';
import { makeData, type DataDoor } from './data';
import { makeDocdb, type Docdb } from './docdb';
import { evaluateLine } from './evaluate';
import { exchange } from './exchange';
import { CookieJar } from './jar';
import type { SandboxOptions } from './options';
import { Program } from './program';
import { inTask, unwatchRejections, watchRejections } from './realm';
import { installStacks, uninstallStacks } from './stack';
import { entryOf, readCommand, startProgram } from './start';
import { Collector, failed, type RawRequest, type Sink } from './wire';
import { World } from './world';

/** What `dispatch` sends: below fetch, so nothing of it is normalised. */
export interface Dispatch {
  method?: string;
  url?: string;
  headers?: [string, string][];
  body?: Uint8Array | string;
  remoteAddress?: string;
  signal?: AbortSignal;
}

/** What a snapshot holds. */
/** How a request is sent from outside. */
export interface Sending {
  signal?: AbortSignal | null | undefined;
  /** The body in pieces that arrive one after the other. */
  chunks?: Uint8Array[] | undefined;
  /** Hears of the answer as it comes. */
  listener?: Sink | undefined;
}

interface Saved {
  files: Record<string, string>;
  data: unknown;
  now: number;
}

/** Virtual ms that a start may take until a port is open or the program is done. */
const START_LIMIT = 5000;
/** Virtual ms that a command may take. */
const COMMAND_LIMIT = 600_000;
/** Real ms between looks whether a command is done. */
const LOOK = 10;
const encoder = new TextEncoder();
const NO_BYTES = new Uint8Array();
const bytesOf = (body: Uint8Array | string | undefined): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : (body ?? NO_BYTES));

export class Sandbox {
  readonly data: DataDoor;
  private readonly jars = new Map<string, CookieJar>();
  /** The editor's files as they last came. */
  private given: Record<string, string>;
  private prompt: Promise<Prompt> | undefined;

  /** Use createSandbox. */
  constructor(readonly options: SandboxOptions, readonly world: World) {
    this.data = makeData(world);
    this.given = options.files;
  }

  get traces(): Trace[] {
    return this.world.tracer.traces;
  }

  /** Id of the latest trace. */
  get lastTrace(): number {
    return this.world.tracer.last;
  }

  get console(): ConsoleLine[] {
    return this.world.console.lines;
  }

  /** Text of the project's files, also of those that the program wrote. */
  get files(): Record<string, string> {
    return this.world.files.project();
  }

  /** Mails that programs sent with nodemailer. */
  get mails(): Mail[] {
    return this.world.mails;
  }

  /** The document database's pure functions. */
  get docdb(): Docdb {
    return makeDocdb(this.world.store.now()?.functions);
  }

  /** Milliseconds since the epoch on the sandbox's clock. */
  get now(): number {
    return this.world.clock.now();
  }

  get listening(): number[] {
    return this.world.listening;
  }

  /** Exit code, once the program has ended. */
  get exitCode(): number | undefined {
    return this.world.program?.exitCode;
  }

  get error(): ProgramError | undefined {
    return this.world.program?.error;
  }

  /** Runs the entry module until nothing is left to do at once. Rejects with the learner's own error, which gets `file`, `line` and `column`. */
  async run(): Promise<RunResult> {
    const result = await this.start();
    if (result.error) throw describe(this.world.program?.thrown, result.error);
    return result;
  }

  /** Like `run`; an error of the program is part of the result. `env` is added to the sandbox's. */
  async start(env: Record<string, string> = {}): Promise<RunResult> {
    const { world } = this;
    const begun = world.clock.now();
    const program = startProgram(world, this.options.entry ?? entryOf(world), [], { ...defaultEnv(), ...this.options.env, ...env }, false);
    await this.rest(program, () => program.closed || world.listening.length > 0, START_LIMIT);
    const { exitCode, error } = program;
    return {
      ok: !error,
      listening: this.listening,
      ...(exitCode === undefined ? {} : { exit: exitCode }),
      ...(error ? { error } : {}),
      ms: world.clock.now() - begun,
    };
  }

  /** Ends the program and every command as Ctrl+C does: nothing of them runs any more. */
  stop(): void {
    for (const program of this.world.programs) program.end(undefined);
    this.world.program?.end(undefined);
  }

  /** A new process: memory is gone, files and data stay. */
  async restart(env: Record<string, string> = {}): Promise<RunResult> {
    this.stop();
    await this.world.settled();
    return this.start(env);
  }

  /** Takes the editor's files; those that it has not changed stay as programs left them, and those that it no longer has go. */
  update(files: Record<string, string>): void {
    const { given } = this;
    this.given = files;
    for (const path of Object.keys(given)) if (!Object.hasOwn(files, path)) this.world.files.remove(join(ROOT, path));
    this.world.files.load(Object.fromEntries(Object.entries(files).filter(([path, text]) => given[path] !== text)));
  }

  /** Runs a command line to its end. */
  async command(line: string): Promise<RunResult> {
    const { world } = this;
    const begun = world.clock.now();
    const command = readCommand(world, line);
    if ('problem' in command) {
      world.console.write('error', command.problem);
      return { ok: false, listening: this.listening, exit: 127, ms: 0 };
    }
    if ('npm' in command) {
      const { text, exit, packageJson } = command.npm;
      world.console.write(exit === 0 ? 'log' : 'error', text);
      if (packageJson !== undefined) world.files.load({ 'package.json': packageJson });
      return { ok: exit === 0, listening: this.listening, exit, ms: 0, ...(packageJson === undefined ? {} : { files: { 'package.json': packageJson } }) };
    }
    if ('mongosh' in command) return this.mongosh(command.mongosh);
    const program = startProgram(world, command.entry, command.args, { ...defaultEnv(), ...this.options.env, ...command.env }, true, command.before);
    await this.rest(program, () => program.closed || program.servers.size > 0, COMMAND_LIMIT);
    const { exitCode, error } = program;
    return {
      ok: exitCode === undefined || exitCode === 0,
      listening: this.listening,
      ...(exitCode === undefined ? {} : { exit: exitCode }),
      ...(error ? { error } : {}),
      ms: world.clock.now() - begun,
    };
  }

  /** Does a line of the MongoDB shell's prompt, which keeps its variables from line to line. */
  async shell(line: string): Promise<ShellAnswer> {
    return (await this.shellPrompt()).answer(line);
  }

  /** What fits at the end of such a line. */
  async complete(line: string): Promise<Completion> {
    return (await this.shellPrompt()).complete(line);
  }

  /** Sends a request to a virtual port; answers a WHATWG Response, rejects as `fetch` does. */
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const body = new Uint8Array(await request.arrayBuffer());
    const wire: WireRequest = { method: request.method, url: request.url, headers: [...request.headers], body };
    const answer = await this.send(wire, { signal: init?.signal });
    if (answer.failure) throw Object.assign(new TypeError('fetch failed'), { cause: new Error(answer.failure.message) });
    const empty = [101, 204, 205, 304].includes(answer.status);
    return new Response(empty ? null : (answer.body as BodyInit), { status: answer.status, statusText: answer.statusMessage, headers: answer.headers });
  }

  /** Sends a request as a named client, with its cookies and address. */
  async send(request: WireRequest, { signal, chunks, listener }: Sending = {}): Promise<WireResponse> {
    const { world } = this;
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      return failed('bad-url', `${request.url} is no URL. Write it whole: http://localhost:3000/path`, 0);
    }
    const client = request.client ?? 'me';
    const jar = this.jar(client);
    const body = bytesOf(request.body);
    const target = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(request.url)?.[1] ?? '/';
    const path = escapeTarget(target.startsWith('/') ? target : `/${target}`);
    const headers = withDefaults(request, url, body, chunks, jar.header(url.host, path, world.clock.now()));
    const outcome = await exchange(world, {
      method: request.method.toUpperCase(), url, target: path, headers, body, signal: signal ?? undefined,
      ...(chunks ? { chunks } : {}), ...(listener ? { listener } : {}), remoteAddress: addressOf(client),
    });
    if ('failure' in outcome) return failed(outcome.kind, outcome.message, outcome.ms, outcome.trace);
    jar.take(url.host, path, outcome.response.headers, world.clock.now());
    return { ...outcome.response, ms: outcome.ms, ...(outcome.trace === undefined ? {} : { trace: outcome.trace }) };
  }

  /** Cookies of a client that a host would see. */
  cookies(client: string, host: string): Record<string, string> {
    return this.jar(client).all(host, this.world.clock.now());
  }

  setCookies(client: string, host: string, cookies: Record<string, string>): void {
    const headers = Object.entries(cookies).map(([name, value]): [string, string] => ['set-cookie', `${name}=${value}; Path=/`]);
    this.jar(client).take(host, '/', headers, this.world.clock.now());
  }

  /** What `document.cookie` shows on the page at `address`, after it was assigned `text`. */
  scriptCookies(address: string, text?: string): string {
    const { host, pathname } = new URL(address);
    const [jar, now] = [this.jar('me'), this.world.clock.now()];
    if (text !== undefined) jar.assign(host, pathname, text, now);
    return jar.shown(host, pathname, now);
  }

  /** Calls a server or a handler below fetch: the URL is untouched, duplicate headers stay. */
  async dispatch(target: unknown, request: Dispatch): Promise<{ status: number; statusMessage: string; headers: [string, string][]; body: Uint8Array; aborted: boolean }> {
    const { world } = this;
    const program = this.program();
    const raw: RawRequest = {
      method: request.method ?? 'GET', target: request.url ?? '/', host: 'localhost', port: 0,
      headers: request.headers ?? [], body: bytesOf(request.body), remoteAddress: request.remoteAddress ?? '::1',
    };
    const live = world.tracer.begin(raw);
    const collector = new Collector(live, world);
    const handler = new Handler(target);
    // A function that is no application of Express may be anybody's.
    program.usesPromises ||= handler.IncomingMessage === undefined;
    const connection = accept(program, target, raw, collector, live, handler);
    request.signal?.addEventListener('abort', () => {
      connection.abort();
      collector.reset('aborted');
    });
    if (!collector.isOver) {
      const forget = program.onEnd(() => collector.reset('socket hang up'));
      if (!world.clock.virtual) await collector.done();
      else if (!(await world.until(() => collector.isOver, START_LIMIT))) collector.reset('hang');
      forget();
    }
    const { status, statusMessage, headers, body } = collector.response();
    return { status, statusMessage, headers, body, aborted: !collector.ended };
  }

  /** Any module that learner code can require. What is no file of the project works for code from outside, of which nothing is known. */
  require(specifier: string): unknown {
    const program = this.program();
    program.usesPromises ||= !specifier.startsWith('/');
    let value: unknown;
    let failure: { error: unknown } | undefined;
    inTask(program, undefined, () => {
      try {
        value = program.loader.require(specifier, program.loader.makeModule('/app/[host]', null));
      } catch (error) {
        failure = { error };
      }
    });
    if (failure) throw failure.error;
    return value;
  }

  /** Requires a file of the project and calls it. */
  async call(file: string, args: unknown[]): Promise<unknown> {
    const program = this.program();
    const work = new Promise<unknown>((resolve, reject) => {
      program.post(() => {
        const [path = '', name] = file.split('#');
        try {
          const exports = program.loader.require(`./${path.replace(/^\.\//, '')}`, program.loader.makeModule('/app/[host]', null));
          const target = name ? (exports as Record<string, unknown>)[name] : exports;
          const chosen = typeof target === 'object' && target !== null && 'default' in target ? target.default : target;
          resolve(typeof chosen === 'function' ? (chosen as (...given: unknown[]) => unknown)(...args) : chosen);
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    let over = false;
    void work.catch(() => undefined).finally(() => (over = true));
    if (this.world.clock.virtual && !(await this.world.until(() => over, START_LIMIT))) {
      throw new Error(`The call of ${file} has not come to an end in ${START_LIMIT / 1000} s`);
    }
    return work;
  }

  /** A line of the console prompt; answers what it came to, inspected. */
  evaluate(code: string): Promise<string> {
    return evaluateLine(this.world, this.program(), code);
  }

  /** Moves the virtual clock; timers that are due run. */
  async advance(ms: number): Promise<void> {
    if (!this.world.clock.virtual) throw new Error('advance moves virtual time only. Create the sandbox with clock: "virtual"');
    await this.world.advance(ms);
  }

  /** Resolves when nothing is left to do without time passing. */
  settled(): Promise<void> {
    return this.world.settled();
  }

  /** Files, data and time as bytes; createSandbox({ snapshot }) takes them. */
  snapshot(): Uint8Array {
    const state: Saved = { files: this.files, data: this.data.snapshot(), now: this.now };
    return encoder.encode(JSON.stringify(state));
  }

  async close(): Promise<void> {
    const { world } = this;
    if (world.closed) return;
    world.closed = true;
    for (const program of world.programs) program.end(undefined);
    world.program?.end(undefined);
    world.ports.clear();
    world.clock.close();
    uninstallStacks();
    unwatchRejections();
    await world.store.idle();
  }

  /** One for all lines; after one that has ended or did not open comes a new one. */
  private async shellPrompt(): Promise<Prompt> {
    const last = this.prompt;
    const known = await last?.catch(() => undefined);
    if (known && !known.over) return known;
    // Another line may have opened it meanwhile.
    if (this.prompt === last) this.prompt = Prompt.open(this.world, 'test', { ...defaultEnv(), ...this.options.env });
    return this.prompt!;
  }

  private async mongosh(asked: Asked): Promise<RunResult> {
    const { world } = this;
    const begun = world.clock.now();
    if (!('says' in asked) && asked.evals.length + asked.files.length === 0) {
      return { ok: true, listening: this.listening, exit: 0, ms: 0, shell: asked.database };
    }
    let over = false;
    const run = runMongosh(world, asked, { ...defaultEnv(), ...this.options.env }).finally(() => (over = true));
    if (world.clock.virtual) await world.until(() => over, COMMAND_LIMIT);
    const { exit, error } = await run;
    return { ok: exit === 0, listening: this.listening, exit, ...(error ? { error } : {}), ms: world.clock.now() - begun };
  }

  private jar(client: string): CookieJar {
    let jar = this.jars.get(client);
    if (!jar) this.jars.set(client, (jar = new CookieJar()));
    return jar;
  }

  /** The running program, or an empty one when none runs. */
  private program(): Program {
    const { world } = this;
    if (!world.program || world.program.closed) {
      world.program = new Program(world, ['/usr/local/bin/node'], { ...defaultEnv(), ...this.options.env });
      world.program.evaluated = true;
    }
    return world.program;
  }

  /** Waits until a program is done or at rest. */
  private async rest(program: Program, done: () => boolean, limit: number): Promise<void> {
    const { world } = this;
    world.released();
    await world.settled();
    if (done()) return;
    if (world.clock.virtual) await world.until(done, limit);
    // A server may go on for ever without a port; a command is waited for.
    else while (program.isCommand && !done()) await world.wait(LOOK);
  }
}

/** Serves what is dispatched, by a server or a handler. */
class Handler implements Service {
  readonly place = undefined;
  readonly IncomingMessage: Service['IncomingMessage'];
  readonly ServerResponse: Service['ServerResponse'];

  constructor(private readonly target: unknown) {
    const classes = typeof target === 'function' ? (messageClasses(target) as Pick<Service, 'IncomingMessage' | 'ServerResponse'> | undefined) : undefined;
    this.IncomingMessage = classes?.IncomingMessage;
    this.ServerResponse = classes?.ServerResponse;
  }

  begin(): void {}
  end(): void {}

  call(req: unknown, res: unknown): void {
    const { target } = this;
    if (typeof target === 'function') (target as (req: unknown, res: unknown) => unknown)(req, res);
    else (target as { emit?: (event: string, ...args: unknown[]) => boolean }).emit?.('request', req, res);
  }
}

function defaultEnv(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/home', PWD: '/app', USER: 'learner', LANG: 'en_US.UTF-8' };
}

function describe(thrown: unknown, error: ProgramError): unknown {
  const target = thrown instanceof Error ? thrown : Object.assign(new Error(error.message), { name: error.name });
  return Object.assign(target, { file: error.file, line: error.line, column: error.column });
}

/** Makes a sandbox. Nothing runs before `run` or `start`. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  installStacks();
  watchRejections();
  const saved = options.snapshot && (JSON.parse(new TextDecoder().decode(options.snapshot)) as Saved);
  const now = saved && { now: new Date(saved.now).toISOString() };
  const world = new World(saved ? { ...options, ...now, files: { ...saved.files, ...options.files } } : options);
  const sandbox = new Sandbox(world.options, world);
  try {
    await sandbox.data.open(saved?.data);
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  return sandbox;
}
