/** One request through a handler: makes the objects, feeds the body, ends both sides as Node does. */
import type { Layer } from '../../protocol';
import type { Program } from '../../sandbox/program';
import { inTask } from '../../sandbox/realm';
import { projectFile, type callerPlace } from '../../sandbox/stack';
import { plainLayer, TRACE, type LiveTrace } from '../../sandbox/trace';
import type { Connection, RawRequest, Sink } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { IncomingMessage } from './incoming';
import { kNow, kSink, ServerResponse } from './response';
import { HttpSocket } from './socket';

/** Who serves a request. */
export interface Service {
  begin(): void;
  end(): void;
  call(request: IncomingMessage, response: ServerResponse): unknown;
  place: ReturnType<typeof callerPlace>;
  IncomingMessage?: typeof IncomingMessage;
  ServerResponse?: typeof ServerResponse;
}

/** Runs one request through a handler: makes the objects, feeds the body, ends both sides as Node does. */
export function accept(program: Program, server: unknown, raw: RawRequest, sink: Sink, live: LiveTrace, service: Service): Connection {
  const socket = new HttpSocket(raw.remoteAddress, raw.port);
  socket.server = server;
  const request = new (service.IncomingMessage ?? IncomingMessage)(socket);
  request._head(raw.method, raw.target, raw.headers);
  const response = new (service.ServerResponse ?? ServerResponse)(request);
  response[kNow] = () => program.world.clock.now();
  let answered = false;
  let plain: Layer | undefined;
  /** What stands in the trace when no framework claims the request. */
  const layer = (): Layer => {
    const { place } = service;
    return (plain ??= plainLayer('request', place ? { file: projectFile(place.path), line: place.line, column: place.column } : {}));
  };
  response[kSink] = {
    head(status, message, headers) {
      live.recorder?.answering();
      sink.head(status, message, headers);
    },
    chunk: (bytes) => sink.chunk(bytes),
    end() {
      answered = true;
      if (!live.claimed) {
        live.trace.answered = Object.assign(layer(), { does: 'answers', ms: live.elapsed() });
      }
      sink.end();
      service.end();
    },
    reset: (message) => sink.reset(message),
  };
  response.assignSocket(socket);
  if (live.id !== undefined) {
    live.response = response;
    Object.defineProperty(request, TRACE, { value: live, configurable: true });
  }
  socket.onCut = () => {
    if (answered) return;
    sink.reset('socket hang up');
    service.end();
    gone();
  };
  response.once('finish', () => {
    response.detachSocket(socket);
    if (!request._consumed) request._dump();
    program.nextTick(() => {
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    });
  });
  let left = false;
  /** The other side is away before the answer was complete. */
  function gone(): void {
    if (left) return;
    left = true;
    program.post(() => {
      if (!request.complete || !request.readableEnded) request.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    }, live.id);
  }
  service.begin();
  program.post(() => {
    let failed = false;
    try {
      service.call(request, response);
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      if (!live.claimed) {
        live.trace.layers.push(layer());
        if (failed) layer().does = 'throws';
        if (!answered) live.trace.stopped = layer();
        response.once('finish', () => delete live.trace.stopped);
      }
    }
    feed(program, request, raw, live.id);
  }, live.id);
  return {
    live,
    abort() {
      if (answered) return;
      answered = true;
      socket.destroyed = true;
      service.end();
      inTask(program, live.id, gone);
    },
  };
}

/** The body arrives: at once, or in pieces one task apart. */
function feed(program: Program, request: IncomingMessage, raw: RawRequest, trace: number | undefined): void {
  const chunks = raw.chunks ?? (raw.body.length > 0 ? [raw.body] : []);
  if (raw.chunks === undefined || chunks.length === 0) {
    for (const chunk of chunks) push(request, chunk);
    request.complete = true;
    request.push(null);
    return;
  }
  const [first, ...rest] = chunks;
  push(request, first!);
  let at = 0;
  const next = (): void => {
    if (request.destroyed) return;
    const chunk = rest[at];
    at += 1;
    if (chunk) push(request, chunk);
    else {
      request.complete = true;
      request.push(null);
      return;
    }
    program.post(next, trace);
  };
  program.post(next, trace);
}

function push(request: IncomingMessage, chunk: Uint8Array): void {
  request.push(Buffer.from(chunk));
}
