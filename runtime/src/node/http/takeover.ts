/**
 * A connection that a program takes over, by `upgrade` or by CONNECT (RFC 9110, 7.8 and 9.3.6): the server writes one more head to
 * the socket, and from then on bytes go both ways.
 */
import type { HeaderList } from '../../protocol';
import type { Program } from '../../sandbox/program';
import { projectFile, type callerPlace } from '../../sandbox/stack';
import { plainLayer, type LiveTrace } from '../../sandbox/trace';
import type { Connection, RawRequest, Sink } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import type { EventEmitter } from '../events/emitter';
import { Socket, type Wire } from '../net/socket';
import { IncomingMessage } from './incoming';
import { readAnswer } from './raw-answer';
import type { HttpSocket } from './socket';

export type Takeover = 'upgrade' | 'connect';

/** The port of every client. */
const CLIENT_PORT = 54_321;

/** What a client is given that may go on after the head. */
export interface Tunnel {
  /** Bytes that came with the head. */
  head: Uint8Array;
  /** This socket is the client's end. */
  join(client: Socket): void;
  /** The client does not go on. */
  leave(): void;
}

export function isUpgrade(headers: HeaderList): boolean {
  const values = (wanted: string): string[] => headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return values('upgrade').length > 0 && values('connection').some((value) => /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(value));
}

export interface TakenBy {
  program: Program;
  server: EventEmitter;
  event: Takeover;
  place: ReturnType<typeof callerPlace>;
  begin(): void;
  end(): void;
}

/** Hands the connection of a request to the program that listens for it. */
export function takeOver(raw: RawRequest, sink: Sink, live: LiveTrace, { program, server, event, place, begin, end }: TakenBy): Connection {
  const socket = new Socket({ allowHalfOpen: true }, program);
  Object.assign(socket, { server, _httpMessage: null, parser: null });
  begin();
  const layer = plainLayer(event, place ? { file: projectFile(place.path), line: place.line, column: place.column } : {});
  const answered = (): void => {
    if (!live.claimed) live.trace.answered = Object.assign(layer, { does: 'answers', ms: live.elapsed() });
    delete live.trace.stopped;
  };
  socket.attach(new ServerEnd(socket, event, sink, answered, end), raw.remoteAddress, CLIENT_PORT);
  const request = new IncomingMessage(socket as unknown as HttpSocket);
  request._head(raw.method, raw.target, raw.headers);
  Object.assign(request, { upgrade: true, complete: true });
  request.push(null);
  program.begin(() => {
    if (!live.claimed) {
      live.trace.layers.push(layer);
      live.trace.stopped = layer;
    }
    server.emit('connection', socket);
    // As in Node, CONNECT to who does not listen for it is cut.
    if (!server.emit(event, request, socket, Buffer.from(raw.body))) socket.destroy();
    raw.arriving?.((chunk) => {
      if (chunk) program.post(() => socket.arrive(chunk), live.id);
    });
  }, live.id);
  return { abort: () => void socket.destroy() };
}

/** What the server writes to: an answer first, then the client's end. */
class ServerEnd implements Wire, Tunnel {
  head = new Uint8Array();
  private text = '';
  private state: 'head' | 'body' | 'tunnel' | 'over' = 'head';
  private client: Socket | undefined;
  /** What came before the client's end was there. */
  private early: (() => void)[] = [];
  /** The program's end closes the connection too. */
  private readonly forget: () => void;

  constructor(
    private readonly socket: Socket,
    private readonly event: Takeover,
    private readonly sink: Sink,
    private readonly answered: () => void,
    private readonly closed: () => void,
  ) {
    this.forget = socket.owner.onEnd(() => void socket.destroy());
  }

  write(bytes: Uint8Array): void {
    if (this.state === 'tunnel') this.pass((client) => client.arrive(bytes.slice()));
    else if (this.state === 'body') this.sink.chunk(bytes);
    else if (this.state === 'head') this.read(bytes);
  }

  end(): void {
    const { state } = this;
    if (state === 'tunnel') return this.pass((client) => client.finish());
    this.state = 'over';
    if (state === 'body') this.sink.end();
    else if (state === 'head') this.sink.reset('socket hang up');
  }

  close(): void {
    this.forget();
    this.end();
    this.closed();
  }

  join(client: Socket): void {
    const { owner } = this.socket;
    const to = (run: () => void): void => owner.post(run);
    const finish = (): void => to(() => this.socket.finish());
    const forget = client.owner.onEnd(() => void client.destroy());
    client.attach({
      write: (bytes) => to(() => this.socket.arrive(bytes.slice())),
      end: finish,
      close: () => {
        forget();
        finish();
      },
    }, this.socket.localAddress ?? '', CLIENT_PORT);
    this.client = client;
    for (const run of this.early.splice(0)) run();
  }

  leave(): void {
    this.state = 'over';
    this.socket.finish();
  }

  private read(bytes: Uint8Array): void {
    this.text += Buffer.from(bytes).toString('latin1');
    const answer = readAnswer(this.text);
    if (!answer) return;
    const { status, message, headers, rest } = answer;
    const behind = Buffer.from(rest, 'latin1');
    this.answered();
    const isTaken = this.event === 'upgrade' ? status === 101 : status >= 200 && status < 300;
    if (isTaken && this.sink.taken) {
      this.state = 'tunnel';
      this.head = behind;
      return this.sink.taken(status, message, headers, this);
    }
    this.state = 'body';
    this.sink.head(status, message, headers);
    if (behind.length > 0) this.sink.chunk(behind);
  }

  private pass(run: (client: Socket) => void): void {
    const { client } = this;
    if (client) client.owner.post(() => run(client));
    else this.early.push(() => this.pass(run));
  }
}
