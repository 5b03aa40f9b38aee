/** Records the way of each request. */
import type { Recorder } from '../express';
import type { ConsoleLine, DatabaseWork, HeaderList, Layer, ProgramError, Trace } from '../protocol';
import { Pace } from './pace';
import { host } from './realm';
import type { RawRequest, RawResponse } from './wire';
import type { World } from './world';

/** Bytes of a body that a trace keeps. */
const BODY_LIMIT = 64 * 1024;
const FEW_BYTES = 1024;
/** Traces kept per sandbox. */
const KEPT = 100;
/** Milliseconds within which requests that were not followed are told of together. */
const TOLD_EVERY = 100;
/** Most answered requests whose objects are kept to see what their layers still do. */
const MOST_OPEN = 8;

const decoder = new TextDecoder();

type KeptBody = string | Uint8Array;

/** An answer as the trace keeps it. */
interface Answer {
  status: number;
  statusMessage: string;
  headers: HeaderList;
  body: KeptBody;
  size: number;
}

/** A request whose trace is being written, or waits to be read: until somebody does, only what would be gone later is kept. */
export class LiveTrace {
  /** Of the trace; undefined when none is kept. */
  readonly id: number | undefined;
  /** A framework fills in the layers; else the http server adds one of its own. */
  claimed: boolean;
  /** The response object, once there is one. */
  response: object | undefined = undefined;
  /** Made when Express first sees the request. */
  recorder: Recorder | undefined = undefined;
  done: boolean;
  private sealed = false;
  private made: Trace | undefined = undefined;
  private readonly at: number;
  private readonly edit: number | undefined;
  private body: KeptBody;
  private size: number;
  private ms = 0;
  private answer: Answer | undefined = undefined;
  private begun = 0;
  private error: ProgramError | undefined = undefined;

  constructor(
    private readonly world: World,
    id: number | undefined,
    private readonly request: RawRequest,
  ) {
    this.id = id;
    this.claimed = this.done = id === undefined;
    this.at = id === undefined ? 0 : world.clock.now();
    this.edit = world.options.edit;
    this.body = id === undefined ? '' : keepBody(request.body);
    this.size = request.body.length;
  }

  /** The trace as it stands, without what the recorder knows. */
  get trace(): Trace {
    return (this.made ??= this.make());
  }

  /** Nothing is added any more. */
  get isSealed(): boolean {
    return this.sealed;
  }

  /** Milliseconds since the request began. */
  elapsed(): number {
    return this.world.clock.now() - this.at;
  }

  /** The whole body, of a request that was traced before it ended. */
  received(body: Uint8Array): void {
    if (this.id === undefined) return;
    this.body = keepBody(body);
    this.size = body.length;
    if (this.made) Object.assign(this.made.request, { body: textOf(this.body), size: this.size });
  }

  /** The program failed while it served the request; the first error counts. */
  failed(error: ProgramError | undefined): void {
    this.error ??= error;
    if (this.made && this.error) this.made.error = this.error;
  }

  /** Work in a store belongs to the layer that is at it. */
  work(work: DatabaseWork, writes: Trace['writes']): void {
    const { recorder, trace } = this;
    if (this.id === undefined) return;
    if (recorder) recorder.work(work);
    else trace.layers.at(-1)?.work.push(work);
    trace.writes.push(...writes);
  }

  /** The request was answered, or given up when there is no response: `begun` is then the status of one that had no end, or 0. */
  finish(response: RawResponse | undefined, begun: number): void {
    this.done = true;
    this.ms = this.elapsed();
    this.begun = begun;
    if (response) {
      const { status, statusMessage, headers, body } = response;
      this.answer = { status, statusMessage, headers, body: keepBody(body), size: body.length };
    }
    if (this.made) this.complete(this.made);
    this.close();
  }

  /** Nothing more is to come: the objects of a request must not live as long as its trace. */
  seal(): void {
    this.close();
    this.recorder?.seal();
    this.response = undefined;
    this.sealed = true;
  }

  /** The trace as it stands; what its recorder knows becomes text at the first reading after the end. */
  read(): Trace {
    const { trace, recorder, error } = this;
    if (recorder && this.done) Object.assign(trace, recorder.parts(), error ? { error } : {});
    if (this.sealed) this.recorder = undefined;
    return trace;
  }

  private close(): void {
    const { recorder } = this;
    if (!recorder) return;
    recorder.finish(this.answer !== undefined);
    this.failed(recorder.error);
  }

  private make(): Trace {
    const { id = 0, at, edit, error } = this;
    const { method, target: url, host, headers } = this.request;
    const trace: Trace = {
      id,
      at,
      host,
      ...(edit === undefined ? {} : { edit }),
      request: { method, url, headers, body: textOf(this.body), size: this.size },
      ms: 0,
      layers: [],
      tried: [],
      missed: [],
      console: [],
      writes: [],
      ...(error ? { error } : {}),
    };
    if (this.done) this.complete(trace);
    return trace;
  }

  private complete(trace: Trace): void {
    trace.ms = this.ms;
    if (this.answer) trace.response = { ...this.answer, body: textOf(this.answer.body) };
    else if (this.begun !== 0) trace.begun = this.begun;
  }
}

/** What a trace shows of a body. Programs and hosts go on to use the bytes, so they are copied; of few bytes the text is no more work. */
function keepBody(bytes: Uint8Array): KeptBody {
  if (bytes.length <= FEW_BYTES) return bytes.length === 0 ? '' : decoder.decode(bytes);
  // A Buffer's own `slice` would make a Buffer, which is slow.
  return new Uint8Array(bytes.length <= BODY_LIMIT ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, BODY_LIMIT));
}

function textOf(body: KeptBody): string {
  return typeof body === 'string' ? body : decoder.decode(body);
}

export class Tracer {
  /** The latest, in order of their ids, which grow by one. */
  private readonly kept: LiveTrace[] = [];
  /** Requests that are over and not sealed. */
  readonly finished: LiveTrace[] = [];
  /** How many pieces of work were done outside of requests, and the latest of them. */
  outside = 0;
  private readonly worked: DatabaseWork[] = [];
  private waiting = false;
  private ids: number;
  private readonly pace: Pace;
  /** Requests since the latest trace that were not followed and not told of. */
  private unfollowed = 0;

  constructor(private readonly world: World) {
    this.ids = world.options.afterTrace ?? 0;
    this.pace = new Pace(world.clock.now());
  }

  /** The traces kept, oldest first, as they stand. */
  get traces(): Trace[] {
    return this.kept.map((live) => live.read());
  }

  /** Id of the latest trace. */
  get last(): number {
    return this.ids;
  }

  begin(request: RawRequest): LiveTrace {
    const { trace = true } = this.world.options;
    if (trace !== 'every' && !(trace && this.follows())) return new LiveTrace(this.world, undefined, request);
    this.tell();
    const live = new LiveTrace(this.world, (this.ids += 1), request);
    this.kept.push(live);
    if (this.kept.length > KEPT) this.kept.shift();
    return live;
  }

  /** Whether there is time to follow the request that comes now. */
  private follows(): boolean {
    if (this.pace.take(this.world.clock.now())) return true;
    this.unfollowed += 1;
    if (this.unfollowed === 1 && this.world.options.onUnfollowed) host.setTimeout(() => this.tell(), TOLD_EVERY);
    return false;
  }

  private tell(): void {
    const count = this.unfollowed;
    if (count === 0) return;
    this.unfollowed = 0;
    this.world.options.onUnfollowed?.(count, this.ids);
  }

  /** As `LiveTrace.finish`. */
  finish(live: LiveTrace, response: RawResponse | undefined, begun: number): void {
    if (live.done) return;
    live.finish(response, begun);
    this.finished.push(live);
    if (this.finished.length > MOST_OPEN) this.seal(this.finished.shift()!);
    if (this.waiting) return;
    // What the layers do after the answer belongs to the trace too.
    this.waiting = true;
    void this.world.settled().then(() => {
      this.waiting = false;
      for (const live of this.finished.splice(0)) this.seal(live);
    });
  }

  private seal(live: LiveTrace): void {
    live.seal();
    const { onTrace } = this.world.options;
    if (onTrace) onTrace(live.read());
  }

  /** A driver's work, for the request that asked for it, or for none. */
  work(id: number | undefined, work: DatabaseWork, writes: Trace['writes']): void {
    const live = this.find(id);
    if (live && !live.isSealed) return live.work(work, writes);
    this.outside += 1;
    this.worked.push(work);
    if (this.worked.length > KEPT) this.worked.shift();
  }

  /** Work outside of requests, after the first `mark` pieces of it. */
  workSince(mark: number): DatabaseWork[] {
    return this.worked.slice(Math.max(0, this.worked.length - (this.outside - mark)));
  }

  print(line: ConsoleLine): void {
    this.find(line.trace)?.trace.console.push(line);
  }

  /** The body of a request that was still being written when it arrived. */
  body(live: LiveTrace, bytes: Uint8Array): void {
    live.received(bytes);
  }

  find(id: number | undefined): LiveTrace | undefined {
    const first = this.kept[0]?.id;
    return id === undefined || first === undefined ? undefined : this.kept[id - first];
  }
}

/** The one layer of a server without a framework. */
export function plainLayer(at: string, place: { file?: string; line?: number; column?: number }): Layer {
  return {
    name: 'http',
    at,
    kind: 'route',
    depth: 0,
    ...place,
    start: 0,
    ms: 0,
    next: 0,
    does: 'nothing',
    returned: 'undefined',
    changes: [],
    work: [],
  };
}
