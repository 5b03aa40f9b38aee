/** One request through a handler: makes the objects, feeds the body, ends both sides as Node does. */
import { inspect } from '../../console/inspect';
import type { HeaderList, Layer } from '../../protocol';
import type { Program } from '../../sandbox/program';
import { inTask } from '../../sandbox/realm';
import { projectFile, type callerPlace } from '../../sandbox/stack';
import { plainLayer, type LiveTrace } from '../../sandbox/trace';
import { concat, type Connection, type RawRequest, type Sink } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { bodyEnds, dumpsPlainly, endsNext, endsSoon, IncomingMessage, resumes } from './incoming';
import { kSink, ServerResponse, type ResponseSink } from './response';
import { HttpSocket, type Cuttable } from './socket';

/** Who serves a request. */
export interface Service {
  begin(): void;
  end(): void;
  call(request: IncomingMessage, response: ServerResponse): unknown;
  place: ReturnType<typeof callerPlace>;
  /** Over https. */
  secure?: true;
  IncomingMessage?: typeof IncomingMessage | undefined;
  ServerResponse?: typeof ServerResponse | undefined;
  /** The connection that a request came over. */
  socket?(make: () => HttpSocket): HttpSocket;
  joinDuplicateHeaders?: boolean;
  rejectNonStandardBodyWrites?: boolean;
  maxHeadersCount?: number | null;
  /** Ms, for the header Keep-Alive. */
  keepAliveTimeout?: number;
}

/** What `keepAliveTimeout` is when no server says it. */
const KEEP_ALIVE = 5000;

/** Runs one request through a handler. */
export function accept(program: Program, server: unknown, raw: RawRequest, sink: Sink, live: LiveTrace, service: Service): Connection {
  return new Serving(program, server, raw, sink, live, service);
}

/** A request that is being served. Methods, not closures: this runs for every request. */
class Serving implements Connection, Cuttable, ResponseSink {
  private readonly socket: HttpSocket;
  private readonly request: IncomingMessage;
  private readonly response: ServerResponse;
  private answered = false;
  /** The other side is away before the answer was complete. */
  private left = false;
  private plain: Layer | undefined;

  constructor(
    private readonly program: Program,
    server: unknown,
    private readonly raw: RawRequest,
    private readonly sink: Sink,
    readonly live: LiveTrace,
    private readonly service: Service,
  ) {
    const socket = (this.socket = service.socket ? service.socket(() => this.connect()) : this.connect());
    socket.server = server;
    const request = (this.request = new (service.IncomingMessage ?? IncomingMessage)(socket));
    if (service.joinDuplicateHeaders) request.joinDuplicateHeaders = true;
    request._head(raw.method, raw.target, raw.headers, service.maxHeadersCount);
    const options = service.rejectNonStandardBodyWrites ? { rejectNonStandardBodyWrites: true } : undefined;
    const response = (this.response = new (service.ServerResponse ?? ServerResponse)(request, options));
    response._keepAliveTimeout = service.keepAliveTimeout ?? KEEP_ALIVE;
    if (closes(raw)) response.shouldKeepAlive = false;
    response[kSink] = this;
    response.assignSocket(socket);
    if (live.id !== undefined) {
      live.response = response;
      HttpSocket.carry(socket, live);
    }
    HttpSocket.own(socket, this);
    service.begin();
    program.begin(() => this.serve(), live.id);
  }

  /** A response that is printed shows where it goes: what is behind that is not the program's. */
  [inspect.custom](): string {
    return 'Connection {}';
  }

  now(): number {
    return this.program.world.clock.now();
  }

  head(status: number, message: string, headers: HeaderList): void {
    if (this.left) return;
    this.live.recorder?.answering();
    this.sink.head(status, message, headers);
  }

  information(status: number, message: string, headers: HeaderList): void {
    this.sink.information?.(status, message, headers);
  }

  chunk(bytes: Uint8Array): void {
    if (!this.left) this.sink.chunk(bytes);
  }

  end(trailers?: HeaderList): void {
    if (this.left) return;
    const { live } = this;
    this.answered = true;
    if (!live.claimed) live.trace.answered = Object.assign(this.layer(), { does: 'answers', ms: live.elapsed() });
    this.sink.end(trailers);
    this.service.end();
  }

  reset(message: string): void {
    this.sink.reset(message);
  }

  /** The client went away. */
  abort(): void {
    if (this.answered) return;
    this.answered = true;
    this.socket.shut();
    this.service.end();
    inTask(this.program, this.live.id, () => this.gone(() => this.socket.emit('close', false)));
  }

  cut(): void {
    if (this.answered) return;
    this.sink.reset('socket hang up');
    this.service.end();
    this.gone();
  }

  private connect(): HttpSocket {
    const { raw, service } = this;
    return new HttpSocket(raw.remoteAddress, raw.port, service.secure);
  }

  private serve(): void {
    const { live, request, response } = this;
    let failed = true;
    try {
      this.service.call(request, response);
      failed = false;
    } finally {
      if (!live.claimed) {
        const layer = this.layer();
        live.trace.layers.push(layer);
        if (failed) layer.does = 'throws';
        if (!this.answered) live.trace.stopped = layer;
        response.once('finish', () => delete live.trace.stopped);
      }
    }
    feed(this.program, request, this.raw, live, this.mostTicks());
  }

  /** How many ticks may wait without one that could add a listener to the request: the one that ends the answer, when nobody hears of that. */
  private mostTicks(): number {
    const { response } = this;
    return response.finished && response._eventsCount === 0 && response.emit === ServerResponse.prototype.emit ? 1 : 0;
  }

  /** What stands in the trace when no framework claims the request. */
  private layer(): Layer {
    const { place } = this.service;
    this.plain ??= plainLayer('request', place ? { file: projectFile(place.path), line: place.line, column: place.column } : {});
    return this.plain;
  }

  finished(): void {
    const { request, response, program } = this;
    response.detachSocket(this.socket);
    const isUnread = !request._consumed && !request.readableDidRead;
    const isPlain = isUnread && dumpsPlainly(request);
    if (isUnread && !isPlain) request._dump();
    if (response._last) this.socket.destroySoon();
    program.nextTick(isPlain ? () => this.closePlainly() : () => this.close());
  }

  /** One tick for two that would follow each other. */
  private closePlainly(): void {
    const { request, response } = this;
    try {
      resumes(request);
    } finally {
      // Who hears that the answer is over may set a tick, which comes after the end of the request.
      const isHeard = response.listenerCount('close') > 0 || Object.hasOwn(response, 'emit');
      if (isHeard) endsNext(request);
      this.close();
      if (!isHeard) endsSoon(request);
    }
  }

  private gone(tell?: () => void): void {
    if (this.left) return;
    this.left = true;
    this.program.post(() => {
      const { request } = this;
      if (!request.complete || !request.readableEnded) request.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      tell?.();
      this.close();
    }, this.live.id);
  }

  private close(): void {
    const { response } = this;
    if (response._closed) return;
    response.destroyed = true;
    response._closed = true;
    response.emit('close');
  }
}

/** The body arrives: at once, or in pieces one task apart. */
function feed(program: Program, request: IncomingMessage, raw: RawRequest, live: LiveTrace, mostTicks: number): void {
  const trace = live.id;
  if (raw.arriving) {
    const seen: Uint8Array[] = [];
    raw.arriving((chunk) => {
      if (chunk) seen.push(chunk);
      else program.world.tracer.body(live, concat(seen));
      program.post(() => {
        if (request.destroyed) return;
        if (chunk) push(request, chunk);
        else finish(request, raw);
      }, trace);
    });
    return;
  }
  const chunks = raw.chunks ?? (raw.body.length > 0 ? [raw.body] : []);
  if (raw.chunks === undefined || chunks.length === 0) {
    for (const chunk of chunks) push(request, chunk);
    finish(request, raw, program.waitingTicks <= mostTicks);
    return;
  }
  feedNext(program, request, raw, 0, trace);
}

function feedNext(program: Program, request: IncomingMessage, raw: RawRequest, at: number, trace: number | undefined): void {
  if (request.destroyed) return;
  const chunk = raw.chunks?.[at];
  if (!chunk) return finish(request, raw);
  push(request, chunk);
  program.post(() => feedNext(program, request, raw, at + 1, trace), trace);
}

function finish(request: IncomingMessage, raw: RawRequest, isNext = false): void {
  request.complete = true;
  if (raw.trailers) request._tail(raw.trailers);
  bodyEnds(request, isNext);
}

/** The client asks for the connection to end with the answer. */
function closes(raw: RawRequest): boolean {
  for (const [name, value] of raw.headers) if (name.length === 10 && name.toLowerCase() === 'connection') return /(?:^|\W)close(?:$|\W)/i.test(value);
  return false;
}

function push(request: IncomingMessage, chunk: Uint8Array): void {
  if (request.socket) HttpSocket.used(request.socket);
  request.push(Buffer.from(chunk));
}
