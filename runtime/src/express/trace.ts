/**
 * The glass box of the router. While a request is traced, the router tells a `Recorder` what it does, and the recorder
 * makes the layers, tried, missed, answered and stopped of a Trace from it.
 *
 * The server makes a recorder for each request before it calls the program, keeps it where `Tracer.of` finds it, calls
 * `answering()` when the head of the answer is written, and `finish()` at the end. With `of` returning undefined the
 * router runs at full speed.
 */
import type { DatabaseWork, Layer as TracedLayer, LayerKind, ProgramError, Trace, Tried } from '../protocol';
import { Watch } from './changes';
import type { Layer } from './layer';
import type { Route } from './route';
import { PATH_FITS, TAKES } from './table';
import type { Path } from './types';

export interface Tracer {
  /** The recorder of a request that is being traced. */
  of(req: object): Recorder | undefined;
}

export interface RecorderOptions {
  req: object;
  res: object;
  /** Milliseconds on the sandbox's clock. */
  now(): number;
  inspect(value: unknown): string;
  describe(error: unknown): ProgramError;
}

/** What a recorder contributes to a Trace. */
export type TraceParts = Pick<Trace, 'layers' | 'tried' | 'missed' | 'answered' | 'stopped' | 'error'>;

type Verdict = Tried['matched'];

const builtins = new WeakSet<object>();

/** Marks a function that ships with Express; its layers are of kind `builtin`. */
export function markBuiltin<T extends object>(handler: T): T {
  builtins.add(handler);
  return handler;
}

export class Recorder {
  readonly watch: Watch;
  readonly began: number;
  readonly runs: LayerRun[] = [];
  readonly tried: Tried[] = [];
  /** Routers that the request is in, the outermost first. */
  readonly frames: Frame[] = [];
  /** Layers whose function is on the stack right now. */
  readonly running: LayerRun[] = [];
  private answered: LayerRun | 'express' | undefined;
  private error: ProgramError | undefined;

  constructor(readonly options: RecorderOptions) {
    this.watch = new Watch(options.req as never, options.res as never, options.inspect);
    this.began = options.now();
  }

  open(stack: Layer[]): Frame {
    const top = this.running.at(-1);
    if (top) top.mounts = true;
    const frame = new Frame(this, stack, this.frames.length);
    this.frames.push(frame);
    return frame;
  }

  /** The head of the answer is being written. */
  answering(): void {
    if (this.answered !== undefined) return;
    const run = this.running.at(-1) ?? this.suspect();
    if (run) this.answeredBy(run);
  }

  /** Express itself answers. */
  final(): void {
    this.answered ??= 'express';
  }

  /** Work in a store belongs to the layer that is at it. */
  work(work: DatabaseWork): void {
    (this.running.at(-1) ?? this.suspect())?.traced.work.push(work);
  }

  /** Called with the first error that the program threw or handed to next. */
  failed(error: unknown): ProgramError {
    const described = this.options.describe(error);
    this.error ??= described;
    return described;
  }

  /** Called when a layer was heard of: has it answered meanwhile? */
  check(run: LayerRun): void {
    if (this.answered === undefined && (this.options.res as { headersSent: boolean }).headersSent) this.answeredBy(run);
  }

  private answeredBy(run: LayerRun): void {
    this.answered = run;
    run.answers();
  }

  /** Where the request most likely is: the layer last entered that did not pass it on. */
  private suspect(): LayerRun | undefined {
    return this.runs.findLast((run) => run.traced.next === 0 && !run.mounts) ?? this.runs.at(-1);
  }

  /** Ends the recording. `ended` tells whether an answer was completed. */
  finish(ended: boolean): TraceParts {
    const suspect = this.suspect();
    if (ended && this.answered === undefined && suspect) this.answeredBy(suspect);
    const now = this.options.now();
    for (const run of this.runs) run.finish(now, ended);
    const { tried, error } = this;
    const parts: TraceParts = { layers: this.runs.map((run) => run.traced), tried, missed: this.missed() };
    if (error) parts.error = error;
    if (!ended) {
      if (suspect) parts.stopped = suspect.traced;
    } else if (this.answered === 'express') {
      parts.answered = { ...blank('express', '', 'builtin', 0, now - this.began), does: 'answers' };
    } else if (this.answered) {
      parts.answered = this.answered.traced;
    }
    return parts;
  }

  private missed(): Tried[] {
    return this.frames.toReversed().flatMap((frame) => frame.rest());
  }
}

/** One router that a request is in. */
export class Frame {
  private verdicts: Verdict[] = [];
  private asking: Tried[] = [];
  private index = 0;

  constructor(
    readonly recorder: Recorder,
    private stack: Layer[],
    readonly depth: number,
  ) {}

  /** The engine has judged every layer of the stack. */
  judged(stack: Layer[], words: number[]): void {
    this.stack = stack;
    this.verdicts = stack.map(() => 'no');
    for (let at = 0; at < words.length; at += 4 + words[at + 3]! * 3) {
      const mark = words[at + 1]! & 0xff;
      if (mark === TAKES) this.verdicts[words[at]!] = 'yes';
      if (mark === PATH_FITS) this.verdicts[words[at]!] = 'path';
    }
  }

  /** The layers `from` to `to` were asked, in order. */
  asked(from: number, to: number, error: unknown): void {
    for (let at = from; at <= to && at < this.stack.length; at++) {
      this.asking = this.entries(at, error);
      this.recorder.tried.push(...this.asking);
    }
    this.index = Math.min(to + 1, this.stack.length);
  }

  /** A regular expression fits after all. */
  fits(position: number, handled: boolean): void {
    this.verdicts[position] = handled ? 'yes' : 'path';
    for (const entry of this.asking) entry.matched = handled ? 'yes' : 'path';
  }

  /** A layer for errors was passed by; the list of what was tried says so already. */
  skipped(_layer: Layer): void {}

  enter(layer: Layer, route: Route | undefined, error?: unknown): LayerRun {
    return new LayerRun(this, layer, route, error !== undefined);
  }

  /** The request leaves this router. */
  close(): void {
    const at = this.recorder.frames.lastIndexOf(this);
    if (at !== -1) this.recorder.frames.splice(at, 1);
  }

  /** What was not asked. */
  rest(): Tried[] {
    return this.stack.slice(this.index).flatMap((_, at) => this.entries(this.index + at, undefined));
  }

  /** A layer as it stands in the list; a route has one entry for each of its methods. */
  private entries(at: number, error: unknown): Tried[] {
    const layer = this.stack[at]!;
    const verdict = this.verdicts[at] ?? 'no';
    const path = pathText(layer.rawPath);
    const route = layer.route as unknown as Route | undefined;
    if (route === undefined) {
      const forErrors = layer.handle.length === 4;
      const matched = verdict !== 'yes' ? verdict : forErrors === Boolean(error) ? 'yes' : forErrors ? 'error' : 'no';
      return [withPlace({ name: `use ${path}`, matched }, layer)];
    }
    const method = (this.recorder.options.req as { method: string }).method;
    return methodsOf(route).map(([name, first]) => {
      const handles = name === 'ALL' || name === method || (method === 'HEAD' && name === 'GET' && !route.methods['head']);
      const matched: Verdict = verdict === 'no' ? 'no' : error ? 'no' : handles ? 'yes' : 'path';
      return withPlace({ name: `${name} ${path}`, matched }, first ?? layer);
    });
  }
}

/** One call of a layer's function. */
export class LayerRun {
  readonly traced: TracedLayer;
  /** Its function handed the request to a router of its own. */
  mounts = false;
  private readonly recorder: Recorder;
  /** When the layer's own time began to run; undefined while something below it runs. */
  private since: number | undefined;
  private first: 'next' | 'answers' | undefined;

  constructor(frame: Frame, layer: Layer, route: Route | undefined, forError: boolean) {
    const { recorder } = frame;
    this.recorder = recorder;
    const now = recorder.options.now();
    const kind: LayerKind = forError ? 'error' : builtins.has(layer.handle) ? 'builtin' : route ? 'route' : 'middleware';
    const at = route ? `${layer.method?.toUpperCase() ?? 'ALL'} ${pathText(route.path)}` : `use ${pathText(layer.rawPath)}`;
    const place = layer.site ? `layer at ${layer.site.file}:${layer.site.line}` : 'layer';
    this.traced = withPlace(blank(layer.handle.name || (route ? 'handler' : place), at, kind, frame.depth, now - recorder.began), layer);
    if (layer.site) this.traced.column = layer.site.column;
    this.since = now;
    recorder.runs.push(this);
    recorder.running.push(this);
    recorder.watch.retake();
  }

  /** It calls next. */
  nexts(error: unknown): void {
    this.look();
    this.traced.next++;
    this.first ??= 'next';
    this.stop();
    if (error && error !== 'route' && error !== 'router') {
      if (this.traced.does === 'nothing') this.traced.does = 'fails';
      this.traced.error ??= this.recorder.failed(error);
    }
  }

  /** What next ran has come back. */
  resumes(): void {
    if (!this.recorder.running.includes(this)) return;
    this.recorder.watch.retake();
    this.since ??= this.recorder.options.now();
  }

  throws(error: unknown): void {
    this.look();
    this.traced.does = 'throws';
    this.traced.error = this.recorder.failed(error);
    this.stop();
  }

  /** Its function has returned. */
  returns(value: unknown): void {
    const isPromise = value !== null && typeof value === 'object' && typeof (value as PromiseLike<unknown>).then === 'function';
    this.traced.returned = value === null ? 'null' : isPromise ? 'promise' : typeof value;
    this.look();
    this.leaves();
    if (this.first !== undefined) this.stop();
  }

  /** The promise that it returned is fulfilled. */
  settles(): void {
    this.look();
    this.stop();
  }

  leaves(): void {
    const { running } = this.recorder;
    const at = running.lastIndexOf(this);
    if (at !== -1) running.splice(at, 1);
  }

  answers(): void {
    this.first ??= 'answers';
    if (!this.recorder.running.includes(this)) this.stop();
  }

  finish(now: number, ended: boolean): void {
    if (this.since !== undefined) this.traced.ms += now - this.since;
    this.since = undefined;
    if (this.traced.does !== 'nothing') return;
    this.traced.does = this.first ?? (this.mounts && ended ? 'answers' : 'nothing');
  }

  /** Notes what changed, and whether it has answered. */
  private look(): void {
    this.traced.changes.push(...this.recorder.watch.changes());
    this.recorder.check(this);
  }

  private stop(): void {
    if (this.since === undefined) return;
    this.traced.ms += this.recorder.options.now() - this.since;
    this.since = undefined;
  }
}

function blank(name: string, at: string, kind: LayerKind, depth: number, start: number): TracedLayer {
  return { name, at, kind, depth, start, ms: 0, next: 0, does: 'nothing', returned: 'undefined', changes: [], work: [] };
}

function withPlace<T extends Tried | TracedLayer>(entry: T, layer: Layer): T {
  if (layer.site) {
    entry.file = layer.site.file;
    entry.line = layer.site.line;
  }
  return entry;
}

function pathText(path: Path): string {
  return Array.isArray(path) ? path.map(pathText).join(', ') : String(path);
}

/** The methods of a route with the first handler of each; `app.all` adds every method there is and counts as one. */
function methodsOf(route: Route): [name: string, first: Layer | undefined][] {
  const first = new Map<string, Layer>();
  for (const layer of route.stack) {
    const name = layer.method?.toUpperCase() ?? 'ALL';
    if (!first.has(name)) first.set(name, layer);
  }
  if (first.size > 20) return [['ALL', route.stack[0]]];
  return first.size === 0 ? [['ALL', undefined]] : [...first];
}
