/** One call of a layer's function, as a trace keeps it. */
import type { DatabaseWork, Layer as TracedLayer, ProgramError } from '../protocol';
import type { Notes } from './notes';
import type { Layer } from './layer';
import { cardOf, placeOf, type LayerCard } from './picture';
import type { Route } from './route';
import type { Frame, Recorder } from './trace';
import { nextOf, type Steps } from './next';
import type { Next } from './types';

export class LayerRun {
  /** How often it called next. */
  next = 0;
  /** Its function handed the request to a router of its own. */
  mounts = false;
  /** What it changed; undefined while that is nothing. */
  notes: Notes | undefined = undefined;
  private readonly recorder: Recorder;
  private readonly card: LayerCard;
  private readonly depth: number;
  private readonly start: number;
  private ms = 0;
  /** When the layer's own time began to run; undefined while something below it runs. */
  private since: number | undefined;
  private first: 'next' | 'answers' | undefined = undefined;
  private does: TracedLayer['does'] = 'nothing';
  private returned = 'undefined';
  private work: DatabaseWork[] | undefined = undefined;
  private error: ProgramError | undefined = undefined;

  constructor(
    frame: Frame,
    layer: Layer,
    route: Route | undefined,
    readonly forError: boolean,
  ) {
    const { recorder } = frame;
    this.recorder = recorder;
    this.card = cardOf(layer, route, recorder.host);
    this.depth = frame.depth;
    const now = recorder.resume();
    this.start = now - recorder.began;
    this.since = now;
    recorder.runs.push(this);
    recorder.running.push(this);
    recorder.current.layer = this;
  }

  /** What the layer gets as `next`. */
  wrap(next: Next): Next {
    return nextOf(new TracedSteps(this, next));
  }

  nexts(error: unknown): void {
    this.look();
    this.next++;
    this.first ??= 'next';
    this.stop(this.recorder.arrive());
    if (error && error !== 'route' && error !== 'router') {
      if (this.does === 'nothing') this.does = 'fails';
      this.error ??= this.recorder.failed(error);
    }
  }

  /** What next ran has come back. */
  resumes(): void {
    const { recorder } = this;
    if (recorder.running.includes(this)) {
      const now = recorder.resume();
      this.since ??= now;
    }
    recorder.leave();
  }

  throws(error: unknown): void {
    this.look();
    this.error = this.recorder.failed(error);
    if (this.error) this.does = 'throws';
    this.stop(this.recorder.arrive());
  }

  /** Its function has returned a value, or a promise that it waits for. */
  returns(value: unknown, waits: boolean): void {
    if (value !== undefined) this.returned = waits ? 'promise' : value === null ? 'null' : typeof value;
    // A look is the dearest part of a trace, and the clock comes next: where nothing ran since `next` came back, both are spared.
    const isJustBack = this.next === 1 && this.card.endsWithNext;
    if (!isJustBack) this.look();
    const now = this.recorder.arrive(isJustBack ? this.since : undefined);
    this.leaves();
    if (this.first !== undefined) this.stop(now);
  }

  /** The promise that it returned is fulfilled. */
  settles(): void {
    this.look();
    this.stop(this.recorder.host.now());
  }

  /** Its function is off the stack. */
  leaves(): void {
    const { running, current } = this.recorder;
    if (running.at(-1) === this) running.pop();
    else if (running.includes(this)) running.splice(running.lastIndexOf(this), 1);
    // Behind the last on the stack, promises may go on with any that was called.
    if (current.layer === this) current.layer = running.at(-1);
    if (running.length === 0) this.recorder.leave();
  }

  answers(): void {
    this.first ??= 'answers';
    if (!this.recorder.running.includes(this)) this.stop(this.recorder.host.now());
  }

  works(work: DatabaseWork): void {
    (this.work ??= []).push(work);
  }

  finish(now: number, ended: boolean): void {
    this.stop(now);
    if (this.does === 'nothing') this.does = this.first ?? (this.mounts && ended ? 'answers' : 'nothing');
  }

  /** Notes what changed, and whether it has answered. */
  look(): void {
    this.recorder.watch?.look(this);
    this.recorder.check(this);
  }

  show(): TracedLayer {
    const { card, depth, start, ms, next, does, returned, error } = this;
    return {
      name: card.name,
      at: card.at,
      kind: this.forError ? 'error' : card.kind,
      depth,
      ...placeOf(card.site),
      ...(card.site ? { column: card.site.column } : {}),
      ...(card.definition ? { definition: card.definition } : {}),
      start,
      ms,
      next,
      does,
      returned,
      changes: this.notes?.read() ?? [],
      work: this.work ?? [],
      ...(error ? { error } : {}),
    };
  }

  private stop(now: number): void {
    if (this.since === undefined) return;
    this.ms += now - this.since;
    this.since = undefined;
  }
}

/** The request goes on, and its trace hears of it. */
class TracedSteps implements Steps {
  constructor(
    private readonly run: LayerRun,
    private readonly next: Next,
  ) {}

  step(error: unknown): void {
    this.run.nexts(error);
    try {
      this.next(error);
    } finally {
      this.run.resumes();
    }
  }
}
