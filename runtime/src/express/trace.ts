/**
 * The glass box of the router. While a request is traced, the router tells a `Recorder` what it does, and the recorder
 * makes the layers, tried, missed, answered and stopped of a Trace from it.
 *
 * The server makes a recorder for each request before it calls the program, keeps it where `Tracer.of` finds it, calls
 * `answering()` when the head of the answer is written, `finish()` at the end, and `seal()` when nothing more is to come.
 * With `of` returning undefined the router runs at full speed. While recording, only what would be gone later is noted:
 * `parts()` makes the texts when somebody reads them.
 */
import type { DatabaseWork, Definition, Layer as TracedLayer, ProgramError, Trace, Tried } from '../protocol';
import { Watch, type HeaderSource } from './changes';
import type { Inspect } from './keep';
import type { Layer } from './layer';
import { Judgement, pictureOf } from './picture';
import type { Route } from './route';
import { LayerRun } from './layer-run';
import type { Table } from './table';

export interface Tracer {
  /** The recorder of a request that is being traced. */
  of(req: object): Recorder | undefined;
}

/** What recorders need of the world; the same for all requests. */
export interface RecorderHost {
  /** Milliseconds on the sandbox's clock. */
  now(): number;
  inspect: Inspect;
  /** An error as data; undefined for what only ends the program, as `process.exit` does. */
  describe(error: unknown): ProgramError | undefined;
  /** Where a function is written. */
  definition?(handle: object): Definition | undefined;
  /** The layer whose code runs, which what it sets off later carries on. */
  current?: { layer: object | undefined };
  /** Where a response keeps its headers, once there are any; without it they are asked for with `getHeaders`. */
  headers?(response: object): HeaderSource | undefined;
}

/** What a recorder contributes to a Trace. */
export type TraceParts = Pick<Trace, 'layers' | 'tried' | 'missed' | 'answered' | 'stopped' | 'error'>;

/** Layers that were asked one after the other, or never. */
interface Range {
  judgement: Judgement;
  from: number;
  to: number;
  method: string;
  /** An error was on its way. */
  failed: boolean;
}

/** The objects of a request. */
interface Messages {
  req: { method: string; url: string };
  res: { headersSent: boolean };
}

export class Recorder {
  readonly began: number;
  readonly runs: LayerRun[] = [];
  /** Routers that the request is in, the outermost first. */
  readonly frames: Frame[] = [];
  /** Layers whose function is on the stack right now. */
  readonly running: LayerRun[] = [];
  /** Undefined once the recording is sealed. */
  watch: Watch | undefined;
  /** The first that the program threw or handed to next. */
  error: ProgramError | undefined;
  readonly current: { layer: object | undefined };
  private messages: Messages | undefined;
  /** The time, if only the router has run since it was read. What the router does is not worth a look at the clock. */
  private read: number | undefined;
  private asked: Range[] | undefined;
  private missed: Range[] | undefined;
  private answered: LayerRun | 'express' | undefined;
  private suspect: LayerRun | undefined;
  private ended = false;
  private ms = 0;

  constructor(req: object, res: object, readonly host: RecorderHost) {
    this.messages = { req, res } as Messages;
    this.watch = new Watch(req as never, res as never, host.inspect, host.headers);
    this.current = host.current ?? { layer: undefined };
    this.began = host.now();
  }

  get method(): string {
    return this.messages?.req.method ?? '';
  }

  open(stack: Layer[]): Frame {
    const top = this.running.at(-1);
    if (top) {
      top.mounts = true;
      // What it changed so far is its own, not the router's.
      top.look();
    }
    this.leave();
    const frame = new Frame(this, stack);
    this.frames.push(frame);
    return frame;
  }

  /** A layer's own code goes on. */
  leave(): void {
    this.read = undefined;
  }

  /** A layer's own code has come to a stop: the time, unless it is known. */
  arrive(now = this.host.now()): number {
    return (this.read = now);
  }

  /** Brings the watch up to date after the router, or others in between; answers the time. */
  resume(): number {
    const { read, watch } = this;
    if (read === undefined) {
      watch?.look(undefined);
      return this.host.now();
    }
    this.read = undefined;
    watch?.moved();
    return read;
  }

  /** The layers `from` to `to` were asked, in order. */
  ask(judgement: Judgement, from: number, to: number, failed: boolean): void {
    const { method, asked } = this;
    const last = asked?.at(-1);
    if (last !== undefined && last.judgement === judgement && last.to === from && last.failed === failed && last.method === method) last.to = to;
    else if (asked) asked.push({ judgement, from, to, method, failed });
    // Of one, as for most requests: a list that something is pushed to has room for many.
    else this.asked = [{ judgement, from, to, method, failed }];
  }

  /** The head of the answer is being written. */
  answering(): void {
    if (this.answered !== undefined) return;
    const run = this.atWork();
    if (run) this.answeredBy(run);
  }

  /** Express itself answers. */
  final(): void {
    this.answered ??= 'express';
  }

  /** Work in a store belongs to the layer that is at it. */
  work(work: DatabaseWork): void {
    this.atWork()?.works(work);
  }

  /** Called with each error that the program threw or handed to next. */
  failed(error: unknown): ProgramError | undefined {
    const described = this.host.describe(error);
    this.error ??= described;
    return described;
  }

  /** Called when a layer was heard of: has it answered meanwhile? */
  check(run: LayerRun): void {
    if (this.answered === undefined && this.messages?.res.headersSent) this.answeredBy(run);
  }

  private answeredBy(run: LayerRun): void {
    this.answered = run;
    run.answers();
  }

  /** The layer whose code runs: known while it is on the stack or in a timer or tick of its own, else the likeliest. */
  private atWork(): LayerRun | undefined {
    const { layer } = this.current;
    return this.running.at(-1) ?? this.runs.find((run) => run === layer) ?? this.suspected();
  }

  /** Where the request most likely is: the layer last entered that did not pass it on. */
  private suspected(): LayerRun | undefined {
    return this.runs.findLast((run) => run.next === 0 && !run.mounts) ?? this.runs.at(-1);
  }

  /** The request is over, or given up; what its layers still do belongs to it. `ended` tells whether an answer was completed. */
  finish(ended: boolean): void {
    this.suspect = this.suspected();
    if (ended && this.answered === undefined && this.suspect) this.answeredBy(this.suspect);
    const now = this.host.now();
    for (const run of this.runs) run.finish(now, ended);
    this.ended = ended;
    this.ms = now - this.began;
  }

  /** Nothing more is recorded, and the objects of the request may go. */
  seal(): void {
    this.missed = this.rest();
    this.frames.length = this.running.length = 0;
    this.watch = this.messages = undefined;
  }

  /** What is known of a request that is over. */
  parts(): TraceParts {
    const { error, suspect, answered, ended } = this;
    const layers = this.runs.map((run) => run.show());
    const shown = (run: LayerRun): TracedLayer => layers[this.runs.indexOf(run)]!;
    const parts: TraceParts = { layers, tried: (this.asked ?? []).flatMap(triedOf), missed: (this.missed ?? this.rest()).flatMap(triedOf) };
    if (error) parts.error = error;
    if (!ended) {
      if (suspect) parts.stopped = shown(suspect);
    } else if (answered === 'express') {
      parts.answered = express(this.ms);
    } else if (answered) {
      parts.answered = shown(answered);
    }
    return parts;
  }

  /** What was not asked, from the innermost router to the outermost. */
  private rest(): Range[] {
    return this.frames.toReversed().map((frame) => frame.rest());
  }
}

function triedOf({ judgement, from, to, method, failed }: Range): Tried[] {
  return judgement.tried(from, to, method, failed);
}

/** What Express does where no layer does anything. */
function express(ms: number): TracedLayer {
  return { name: 'express', at: '', kind: 'builtin', depth: 0, start: 0, ms, next: 0, does: 'answers', returned: 'undefined', changes: [], work: [] };
}

/** One router that a request is in. */
export class Frame {
  readonly depth: number;
  private judgement: Judgement | undefined;
  private index = 0;

  constructor(
    readonly recorder: Recorder,
    private readonly stack: Layer[],
  ) {
    this.depth = recorder.frames.length;
  }

  /** The engine has judged every layer of the stack. */
  judged(table: Table, stack: Layer[], words: number[]): void {
    this.judgement = new Judgement(table.pictured(stack), words);
  }

  /** The layers `from` to `to` were asked, in order. */
  asked(from: number, to: number, error: unknown): void {
    if (this.judgement === undefined) return;
    const end = Math.min(to + 1, this.stack.length);
    this.recorder.ask(this.judgement, from, end, Boolean(error));
    this.index = end;
  }

  /** A regular expression fits after all. */
  fits(position: number, handled: boolean): void {
    this.judgement?.fit(position, handled);
  }

  enter(layer: Layer, route: Route | undefined, error?: unknown): LayerRun {
    return new LayerRun(this, layer, route, error !== undefined);
  }

  /** Callbacks for parameters run, or have run; what they change is no layer's. */
  interlude(): void {
    this.recorder.leave();
  }

  /** The request leaves this router. */
  close(): void {
    const { frames } = this.recorder;
    const at = frames.lastIndexOf(this);
    if (at !== -1) frames.splice(at, 1);
    this.recorder.leave();
  }

  /** What was not asked. */
  rest(): Range {
    const { stack, recorder } = this;
    const judgement = this.judgement ?? new Judgement(pictureOf(stack), []);
    return { judgement, from: this.index, to: stack.length, method: recorder.method, failed: false };
  }
}
