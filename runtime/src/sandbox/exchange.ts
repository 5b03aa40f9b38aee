/** Sends one request from inside or outside of a sandbox to wherever its URL leads. */
import type { HeaderList } from '../protocol';
import { current, host } from './realm';
import type { Program } from './program';
import { Collector, type RawRequest, type RawResponse, type Sink } from './wire';
import type { World } from './world';

/** Virtual ms without an answer that count as a hang. */
export const HANG = 5000;
/** Real ms without an answer while the program has timers that no request set, such as a driver's. */
const PATIENCE_WITH_OTHERS = 10_000;
/** Real ms without an answer while the request has timers or other work of its own. */
const PATIENCE = 60_000;

export interface Message {
  method: string;
  url: URL;
  /** Raw path and query, if they are not to be normalised. */
  target?: string;
  headers: HeaderList;
  body: Uint8Array;
  chunks?: Uint8Array[];
  arriving?: NonNullable<RawRequest['arriving']>;
  trailers?: HeaderList;
  connection?: object;
  remoteAddress?: string;
  signal?: AbortSignal | undefined;
  /** The program that asks; absent when the request comes from outside. */
  program?: Program;
  /** Hears of the answer as it comes. */
  listener?: Sink;
}

export type Outcome =
  | { response: RawResponse; ms: number; trace?: number }
  | { failure: TypeError & { cause?: unknown }; kind: NoAnswer; message: string; ms: number; trace?: number };

/** Why there is no answer; `outside` means that the address is on no machine that can be reached from here. */
type NoAnswer = 'refused' | 'outside' | 'hang' | 'reset' | 'aborted';

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1?\]|0\.0\.0\.0)$/;

function failure(kind: NoAnswer, message: string, code: string, ms: number, trace?: number): Outcome {
  const cause = Object.assign(new Error(message), { code });
  const error = Object.assign(new TypeError('fetch failed'), { cause });
  return { failure: error, kind, message, ms, ...(trace === undefined ? {} : { trace }) };
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

export async function exchange(world: World, message: Message): Promise<Outcome> {
  const { url } = message;
  const start = world.clock.now();
  const port = portOf(url);
  const raw: RawRequest = {
    method: message.method,
    target: message.target ?? url.pathname + url.search,
    host: url.host,
    port,
    headers: message.headers,
    body: message.body,
    ...(message.chunks ? { chunks: message.chunks } : {}),
    ...(message.arriving ? { arriving: message.arriving } : {}),
    ...(message.trailers ? { trailers: message.trailers } : {}),
    ...(message.connection ? { connection: message.connection } : {}),
    remoteAddress: message.remoteAddress ?? '::1',
  };
  if (message.signal?.aborted) return aborted(message.signal, 0);
  if (!LOCAL.test(url.hostname)) return outside(world, message, raw, start);
  const handler = world.ports.get(port);
  if (!handler) return failure('refused', `connect ECONNREFUSED 127.0.0.1:${port}`, 'ECONNREFUSED', 0);
  const secure = url.protocol === 'https:';
  if (handler.secure !== undefined && handler.secure !== secure) {
    if (secure) return failure('reset', `write EPROTO: port ${port} does not speak https, ask it with http`, 'EPROTO', 0);
    return failure('reset', 'socket hang up', 'ECONNRESET', 0);
  }
  if (message.remoteAddress === undefined) raw.remoteAddress = localAddress(url.hostname, handler.host);
  const live = world.tracer.begin(raw);
  const { id } = live;
  const { trace: asker, stores } = current;
  const collector = new Collector(live, world, message.listener);
  const connection = handler.accept(raw, collector, live);
  const over = (): boolean => collector.isOver;
  let cut = false;
  message.signal?.addEventListener('abort', () => {
    cut = true;
    connection.abort();
    collector.reset('aborted');
  });
  const { program } = message;
  if (program) {
    // The program's own event loop goes on; nothing here decides when to give up.
    program.alive += 1;
    await collector.done();
    program.alive -= 1;
    // The answer arrives in a task of the asker: what it does next, and an error in it, is not the server's.
    await new Promise<void>((resolve) => {
      program.post(resolve, asker, stores);
      world.released();
    });
  } else if (world.clock.virtual) {
    if (!(await world.until(over, HANG))) connection.abort();
  } else await waitReal(world, collector, connection, id, message.listener !== undefined);
  const ms = world.clock.now() - start;
  if (cut && message.signal) return aborted(message.signal, ms, id);
  if (collector.ended) return { response: collector.response(), ms, ...(id === undefined ? {} : { trace: id }) };
  if (collector.broken !== undefined && collector.broken !== 'hang') return failure('reset', collector.broken, 'ECONNRESET', ms, id);
  world.tracer.finish(live, undefined, collector.status);
  return failure('hang', `No answer after ${Math.round(ms / 100) / 10} s`, 'UND_ERR_HEADERS_TIMEOUT', ms, id);
}

/** What a server sees of a client on the same machine: IPv4 shows itself as such to a server that listens on both. */
function localAddress(asked: string, host = '::'): string {
  if (!host.includes(':')) return '127.0.0.1';
  return /^\d/.test(asked) ? '::ffff:127.0.0.1' : '::1';
}

/** `watched`: somebody sees the answer come, and may give it up; then each piece of it buys time, and events need not end. */
async function waitReal(world: World, collector: Collector, connection: { abort(): void }, trace: number | undefined, watched: boolean): Promise<void> {
  let since = host.now();
  let pieces = 0;
  while (!collector.isOver) {
    let timer: unknown;
    const pause = new Promise<void>((resolve) => {
      timer = host.setTimeout(resolve, 500);
    });
    await Promise.race([collector.done(), pause]);
    host.clearTimeout(timer as never);
    if (watched && isEventStream(collector.headers)) continue;
    if (watched && collector.chunks.length > pieces) {
      pieces = collector.chunks.length;
      since = host.now();
    }
    const waited = host.now() - since;
    const others = world.clock.next() !== undefined;
    const isAtWork = world.holds > 0 || (others && world.clock.waitsFor(trace));
    if (collector.isOver || waited < (isAtWork ? PATIENCE : others ? PATIENCE_WITH_OTHERS : HANG)) continue;
    connection.abort();
    return;
  }
}

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
function isEventStream(headers: HeaderList): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /^text\/event-stream\b/i.test(value));
}

function aborted(signal: AbortSignal, ms: number, trace?: number): Outcome {
  const reason = signal.reason as TypeError;
  return { failure: reason, kind: 'aborted', message: 'The request was aborted', ms, ...(trace === undefined ? {} : { trace }) };
}

async function outside(world: World, message: Message, raw: RawRequest, start: number): Promise<Outcome> {
  const { origin } = message.url;
  if (!world.network.knows(origin)) {
    const code = 'ENOTFOUND';
    return failure('outside', `getaddrinfo ENOTFOUND ${message.url.hostname}: ${world.network.refusal(origin)}`, code, 0);
  }
  const outcome = world.network.call(origin, raw);
  const { program } = message;
  await new Promise<void>((resolve) => {
    if (program) program.timers.setTimeout(() => resolve(), Math.max(1, outcome.delay));
    else resolve();
    message.signal?.addEventListener('abort', () => resolve());
  });
  const ms = world.clock.now() - start;
  if (message.signal?.aborted) return aborted(message.signal, ms);
  if ('response' in outcome) return { response: outcome.response, ms };
  if (outcome.fail === 'refused') return failure('refused', `connect ECONNREFUSED ${message.url.host}`, 'ECONNREFUSED', ms);
  return failure('reset', outcome.fail === 'timeout' ? 'Connect Timeout Error' : 'other side closed', outcome.fail === 'timeout' ? 'UND_ERR_CONNECT_TIMEOUT' : 'UND_ERR_SOCKET', ms);
}
