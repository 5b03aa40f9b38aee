/** Records the way of each request. */
import type { Recorder } from '../express';
import type { ConsoleLine, Layer, Trace } from '../protocol';
import type { RawRequest, RawResponse } from './wire';
import type { World } from './world';

/** Under this key a request object carries its LiveTrace; Express adds its layers there. */
export const TRACE = Symbol.for('backlab.trace');
/** Bytes of a body that a trace keeps. */
const BODY_LIMIT = 64 * 1024;
/** Traces kept per sandbox. */
const KEPT = 500;

const decoder = new TextDecoder();

export interface LiveTrace {
  readonly trace: Trace;
  /** Of the trace; undefined when none is kept. */
  readonly id: number | undefined;
  /** Milliseconds since the request began. */
  elapsed(): number;
  /** A framework fills in the layers; else the http server adds one of its own. */
  claimed: boolean;
  /** The response object, once there is one. */
  response?: object;
  /** Made when Express first sees the request. */
  recorder?: Recorder;
  done: boolean;
}

function bodyText(bytes: Uint8Array): string {
  return decoder.decode(bytes.subarray(0, BODY_LIMIT));
}

export class Tracer {
  readonly traces: Trace[] = [];
  private readonly live = new Map<number, LiveTrace>();
  private ids = 0;

  constructor(private readonly world: World) {}

  begin(request: RawRequest): LiveTrace {
    const { options, clock } = this.world;
    const at = clock.now();
    const body = request.body;
    const kept = options.trace !== false;
    if (kept) this.ids += 1;
    const trace: Trace = {
      id: this.ids,
      at,
      host: request.host,
      ...(options.edit === undefined ? {} : { edit: options.edit }),
      request: { method: request.method, url: request.target, headers: request.headers, body: kept ? bodyText(body) : '', size: body.length },
      ms: 0,
      layers: [],
      tried: [],
      missed: [],
      console: [],
      writes: [],
    };
    // Methods, not arrows: the bundler names each arrow at run time, which costs more than the call.
    const live: LiveTrace = {
      trace,
      id: kept ? trace.id : undefined,
      elapsed() {
        return clock.now() - at;
      },
      claimed: !kept,
      done: !kept,
    };
    if (!kept) return live;
    this.live.set(trace.id, live);
    this.traces.push(trace);
    if (this.traces.length > KEPT) this.live.delete(this.traces.shift()!.id);
    return live;
  }

  /** The request was answered, or given up when there is no response. */
  finish(live: LiveTrace, response: RawResponse | undefined): void {
    if (live.done) return;
    live.done = true;
    live.trace.ms = live.elapsed();
    if (response) {
      const { status, statusMessage, headers, body } = response;
      live.trace.response = { status, statusMessage, headers, body: bodyText(body), size: body.length };
    }
    this.fill(live);
    // What the layers do after the answer belongs to the trace too.
    void this.world.settled().then(() => {
      this.fill(live);
      // The objects of a request must not live as long as its trace.
      delete live.recorder;
      delete live.response;
      this.world.options.onTrace?.(live.trace);
    });
  }

  private fill(live: LiveTrace): void {
    const { recorder, trace } = live;
    if (recorder) Object.assign(trace, recorder.finish(trace.response !== undefined), trace.error ? { error: trace.error } : {});
  }

  print(line: ConsoleLine): void {
    if (line.trace !== undefined) this.live.get(line.trace)?.trace.console.push(line);
  }

  /** The body of a request that was still being written when it arrived. */
  body(live: LiveTrace, bytes: Uint8Array): void {
    if (live.id !== undefined) Object.assign(live.trace.request, { body: bodyText(bytes), size: bytes.length });
  }

  find(id: number | undefined): LiveTrace | undefined {
    return id === undefined ? undefined : this.live.get(id);
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
