/** An answer as it arrives: its head first, then its body in the pieces that the server writes. */
import type { HeaderList } from '../protocol';
import { exchange, type Message } from './exchange';
import type { Program } from './program';
import { current } from './realm';

export interface Arrival {
  status: number;
  statusMessage: string;
  headers: HeaderList;
  body: ReadableStream<Uint8Array>;
  /** All of it has come, or nothing more will. */
  isOver: boolean;
  /** Why there is no more: what reading rejects with. */
  failure: Error | undefined;
  /** Resolves then. */
  over: Promise<void>;
}

const terminated = (cause: unknown): TypeError => Object.assign(new TypeError('terminated'), { cause });

/** Where the pieces go: a stream of bytes has more than any other. */
type Pieces = Pick<ReadableByteStreamController, 'close' | 'enqueue' | 'error'> & Partial<Pick<ReadableByteStreamController, 'byobRequest'>>;

/** A stream of bytes, as Node's bodies are, where the browser has such streams. */
function byteStream(source: { start(controller: Pieces): void; cancel(): void }): ReadableStream<Uint8Array> {
  try {
    return new ReadableStream({ type: 'bytes', ...source });
  } catch {
    return new ReadableStream(source as UnderlyingDefaultSource<Uint8Array>);
  }
}

/** Sends a request of a program. Resolves at the head; each piece comes in a task of the asker. */
export function arrivalOf(program: Program, message: Message): Promise<Arrival> {
  const { trace, stores } = current;
  const { signal } = message;
  const stop = new AbortController();
  if (signal?.aborted) stop.abort(signal.reason);
  else signal?.addEventListener('abort', () => stop.abort(signal.reason), { once: true });

  return new Promise((resolve, reject) => {
    let pieces!: Pieces;
    let settle!: () => void;
    let arrival: Arrival | undefined;
    let isCancelled = false;
    const waiting: (() => void)[] = [];
    /** What comes at once is told in one task. */
    const tell = (news: () => void): void => {
      if (waiting.push(news) > 1) return;
      program.post(() => {
        for (const next of waiting.splice(0)) next();
      }, trace, stores);
    };
    const head = (status: number, statusMessage: string, headers: HeaderList): void => {
      const body = byteStream({
        start: (controller) => void (pieces = controller),
        cancel() {
          isCancelled = true;
          stop.abort();
        },
      });
      arrival = { status, statusMessage, headers, body, isOver: false, failure: undefined, over: new Promise((done) => (settle = done)) };
      resolve(arrival);
    };
    const chunk = (bytes: Uint8Array<ArrayBuffer>): void => {
      if (!isCancelled && bytes.length > 0) pieces.enqueue(bytes);
    };
    const over = (failure?: Error): void => {
      if (!arrival || arrival.isOver) return;
      arrival.isOver = true;
      arrival.failure = failure;
      if (failure) pieces.error(failure);
      else if (!isCancelled) {
        pieces.close();
        // A reader that brought its own memory waits for it.
        pieces.byobRequest?.respond(0);
      }
      settle();
    };
    const listener = {
      head: (status: number, statusMessage: string, headers: HeaderList) => tell(() => head(status, statusMessage, headers)),
      chunk(bytes: Uint8Array) {
        // The server may use its buffer again, and the reader may change what it gets.
        const own = Uint8Array.from(bytes);
        tell(() => chunk(own));
      },
      end: () => tell(() => over()),
      reset: () => undefined,
    };
    void exchange(program.world, { ...message, signal: stop.signal, program, listener }).then((outcome) => {
      if ('failure' in outcome) {
        const { failure, kind } = outcome;
        if (!arrival) reject(failure);
        else over(kind === 'aborted' ? failure : terminated(Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' })));
        return;
      }
      // Scripted third parties and servers that hand over the connection say all at once.
      if (!arrival) {
        const { status, statusMessage, headers, body } = outcome.response;
        head(status, statusMessage, headers);
        chunk(Uint8Array.from(body));
      }
      over();
    });
  });
}
