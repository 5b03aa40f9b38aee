/** Between clients and servers: requests and responses without sockets. */
import type { HeaderList, WireResponse } from '../protocol';
import type { Tunnel } from '../node/http/takeover';
import type { LiveTrace } from './trace';
import type { World } from './world';

export interface RawRequest {
  method: string;
  /** What stands in the request line: path and query, untouched. */
  target: string;
  /** `localhost:3000`. */
  host: string;
  port: number;
  headers: HeaderList;
  body: Uint8Array;
  /** The body in pieces that arrive one after the other. */
  chunks?: Uint8Array[];
  /** The body is still being written: each piece is delivered as it comes, and at last null. */
  arriving?(deliver: (chunk: Uint8Array | null) => void): void;
  /** Complete when the body is. */
  trailers?: HeaderList;
  /** The connection of the asker: the server's end of it is kept with it. */
  connection?: object;
  remoteAddress: string;
}

export interface RawResponse {
  status: number;
  statusMessage: string;
  headers: HeaderList;
  body: Uint8Array;
}

/** Where a server's answer goes. */
export interface Sink {
  information?(status: number, statusMessage: string, headers: HeaderList): void;
  head(status: number, statusMessage: string, headers: HeaderList): void;
  chunk(bytes: Uint8Array): void;
  end(trailers?: HeaderList): void;
  /** The connection broke before the end. */
  reset(message: string): void;
  /** The server has taken the connection over, and this was its last head. */
  taken?(status: number, statusMessage: string, headers: HeaderList, tunnel: Tunnel): void;
}

/** A server's side of one request. */
export interface Connection {
  /** The client went away. */
  abort(): void;
  /** The client stopped waiting; says so in the trace. */
  readonly live?: LiveTrace;
}

/** Something that listens on a port. */
export interface PortHandler {
  /** The address that it listens on. */
  readonly host?: string;
  /** Whether it speaks https; when absent it takes either. */
  readonly secure?: boolean;
  accept(request: RawRequest, sink: Sink, live: LiveTrace): Connection;
}

export function concat(chunks: Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** Collects an answer whole. */
export class Collector implements Sink {
  status = 0;
  statusMessage = '';
  headers: HeaderList = [];
  ended = false;
  broken: string | undefined;
  readonly chunks: Uint8Array[] = [];
  private waiting: (() => void)[] | undefined;

  constructor(private readonly live?: LiveTrace, private readonly world?: World, private readonly listener?: Sink) {}

  head(status: number, statusMessage: string, headers: HeaderList): void {
    this.status = status;
    this.statusMessage = statusMessage;
    this.headers = headers;
    this.listener?.head(status, statusMessage, headers);
  }

  chunk(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.listener?.chunk(bytes);
  }

  information(status: number, statusMessage: string, headers: HeaderList): void {
    this.listener?.information?.(status, statusMessage, headers);
  }

  end(trailers?: HeaderList): void {
    this.ended = true;
    this.over();
    this.listener?.end(trailers);
  }

  taken(status: number, statusMessage: string, headers: HeaderList, tunnel: Tunnel): void {
    Object.assign(this, { status, statusMessage, headers });
    this.ended = true;
    this.over();
    if (this.listener?.taken) this.listener.taken(status, statusMessage, headers, tunnel);
    else tunnel.leave();
  }

  reset(message: string): void {
    if (this.isOver) return;
    this.broken = message;
    this.over();
    this.listener?.reset(message);
  }

  get isOver(): boolean {
    return this.ended || this.broken !== undefined;
  }

  done(): Promise<void> {
    if (this.isOver) return Promise.resolve();
    return new Promise((resolve) => (this.waiting ??= []).push(resolve));
  }

  response(): RawResponse {
    return { status: this.status, statusMessage: this.statusMessage, headers: this.headers, body: concat(this.chunks) };
  }

  private over(): void {
    const { live, world, waiting } = this;
    if (live && !live.done) world?.tracer.finish(live, this.ended ? this.response() : undefined, this.status);
    this.waiting = undefined;
    if (waiting) for (const resolve of waiting) resolve();
  }
}

/** An answer that is none, with the reason. */
export function failed(kind: NonNullable<WireResponse['failure']>['kind'], message: string, ms: number, trace?: number): WireResponse {
  return {
    status: 0,
    statusMessage: '',
    headers: [],
    body: new Uint8Array(),
    ms,
    ...(trace === undefined ? {} : { trace }),
    failure: { kind, message },
  };
}
