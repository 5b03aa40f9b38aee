/** What Node refuses before a server sees a request, as its parser (llhttp) does, and what the client gets then. */
import type { HeaderList } from '../../protocol';
import type { Program } from '../../sandbox/program';
import type { LiveTrace } from '../../sandbox/trace';
import { plainLayer } from '../../sandbox/trace';
import type { Connection, RawRequest, Sink } from '../../sandbox/wire';
import { BodyEnd, OVERFLOW, parseError, type Problem } from './head-check';
import { MOST_HEADER_WORDS } from './incoming';
import { readAnswer } from './raw-answer';
import type { Server } from './server';
import { HttpSocket } from './socket';
import { METHODS } from './status';

/** The problem is what `clientError` is told; it is not asked about a request that could be read. */
interface Refusal extends Partial<Problem> {
  status: 400 | 431;
}

const known = new Set(METHODS);
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const BAD_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;

const bad = (code: string, reason: string): Refusal => ({ status: 400, code, reason });

/** The length of text as the parser counts it: bytes. */
const encoder = new TextEncoder();
const bytes = (text: string): number => (/^[\0-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length);

/** Why no handler gets to see a request, or undefined. `most` is the server's `maxHeaderSize`, `needsHost` its `requireHostHeader`. */
export function refusal(request: RawRequest, most: number, needsHost: boolean): Refusal | undefined {
  if (!known.has(request.method)) return bad('HPE_INVALID_METHOD', 'Invalid method encountered');
  let size = bytes(request.target);
  const end = new BodyEnd();
  let hasHost = false;
  for (const [name, value] of request.headers) {
    if (size >= most) break;
    if (!TOKEN.test(name)) return bad('HPE_INVALID_HEADER_TOKEN', 'Invalid header token');
    if (BAD_VALUE.test(value)) return bad('HPE_INVALID_HEADER_TOKEN', 'Invalid header value char');
    size += bytes(name) + bytes(value);
    const key = name.toLowerCase();
    if (key === 'host') hasHost = true;
    const problem = end.take(key, value);
    if (problem) return { status: 400, ...problem };
  }
  if (size >= most) return { status: 431, ...OVERFLOW };
  const { coding } = end;
  if (coding !== undefined && !/(?:^|,)\s*chunked\s*$/i.test(coding)) {
    const reason = /(?:^|,)\s*chunked\s*,/i.test(coding) ? 'Invalid `Transfer-Encoding` header value' : 'Request has invalid `Transfer-Encoding`';
    return bad('HPE_INVALID_TRANSFER_ENCODING', reason);
  }
  return needsHost && !hasHost ? { status: 400 } : undefined;
}

/** Headers reach JavaScript in heaps of so many, until there are enough. */
const HEAP = 31;
const MOST_HEADERS = Math.ceil(MOST_HEADER_WORDS / 2 / HEAP) * HEAP;

/** What the parser makes of a request: not too many headers, and a body as long as it says. What is too long belongs to no request, what is too short is waited for. */
export function framed(whole: RawRequest): RawRequest {
  const request = whole.headers.length > MOST_HEADERS ? { ...whole, headers: whole.headers.slice(0, MOST_HEADERS) } : whole;
  if (request.arriving || request.chunks) return request;
  const said = request.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (said === undefined || Number(said) === request.body.length) return request;
  const { body } = request;
  if (Number(said) < body.length) return { ...request, body: body.subarray(0, Number(said)) };
  return { ...request, arriving: (deliver) => deliver(body) };
}

/** The socket of `clientError`: what is written to it is the answer, as text. */
class RawSocket extends HttpSocket {
  private text = '';
  private over = false;

  constructor(request: RawRequest, private readonly sink: Sink) {
    super(request.remoteAddress, request.port);
  }

  override write(chunk?: unknown): boolean {
    this.text += String(chunk ?? '');
    return true;
  }

  override end(chunk?: unknown): this {
    this.write(chunk);
    if (this.over) return this;
    this.over = true;
    const read = readAnswer(this.text);
    if (!read) this.sink.reset('socket hang up');
    else answer(this.sink, read.status, read.message, read.headers, read.rest);
    return super.destroy();
  }

  override destroy(error?: Error | null): this {
    if (!this.over) {
      this.over = true;
      this.sink.reset('socket hang up');
    }
    return super.destroy(error);
  }
}

function answer(sink: Sink, status: number, message: string, headers: HeaderList, body: string): void {
  sink.head(status, message, headers);
  if (body !== '') sink.chunk(encoder.encode(body));
  sink.end();
}

/** Answers a request that was refused: `clientError` decides, or Node does. */
export function refuse(program: Program, server: Server, { status, code, reason }: Refusal, request: RawRequest, sink: Sink, live: LiveTrace): Connection {
  live.trace.answered = Object.assign(plainLayer('the parser of http', {}), { does: 'answers' });
  program.post(() => {
    if (code === undefined || server.listenerCount('clientError') === 0) {
      answer(sink, status, status === 431 ? 'Request Header Fields Too Large' : 'Bad Request', [['Connection', 'close']], '');
      return;
    }
    server.emit('clientError', parseError({ code, reason: reason! }), new RawSocket(request, sink));
  }, live.id);
  return { abort() {} };
}
