/** `fromWeb` and `toWeb`: streams of Node made from those of the web, and the other way round. */
import * as streams from 'readable-stream';
import { invalidArgType, nodeError } from './errors';

type Done = (error?: Error | null) => void;
type Finished = (stream: object, options: object, done: (error?: Error | null) => void) => () => void;
/** What the package's types leave out. */
type Readable = streams.Readable & { readableObjectMode: boolean; readableHighWaterMark: number };
type Writable = streams.Writable & { writable: boolean; writableObjectMode: boolean; writableHighWaterMark: number };

const finished = streams.finished as Finished;

function checkOptions(options: unknown): object {
  if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'of type object', options);
  return options;
}

function checkUnlocked(stream: { locked: boolean }, name: string): void {
  if (stream.locked) throw nodeError(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${name} is locked`);
}

/** Ends a stream when its web stream has ended; answers whether that has happened. */
function follow(stream: streams.Readable | streams.Writable, closed: Promise<unknown>): () => boolean {
  let isClosed = false;
  closed.then(() => (isClosed = true), (error: Error) => {
    isClosed = true;
    stream.destroy(error);
  });
  return () => isClosed;
}

export function readableFromWeb(readableStream: ReadableStream<unknown>, options: unknown = {}): streams.Readable {
  if (!(readableStream instanceof ReadableStream)) throw invalidArgType('readableStream', 'an instance of ReadableStream', readableStream);
  const given = checkOptions(options);
  checkUnlocked(readableStream, 'ReadableStream');
  const reader = readableStream.getReader();
  const readable = new streams.Readable({
    ...given,
    read() {
      reader.read().then(({ done, value }) => readable.push(done ? null : value), (error: Error) => readable.destroy(error));
    },
    destroy(error: Error | null, done: Done) {
      const end = (): void => done(error);
      if (isClosed()) end();
      else reader.cancel(error).then(end, end);
    },
  });
  const isClosed = follow(readable, reader.closed);
  return readable;
}

export function readableToWeb(stream: Readable): ReadableStream<unknown> {
  if (!(stream instanceof streams.Readable)) throw invalidArgType('streamReadable', 'an stream.Readable', stream);
  if (stream.destroyed || !stream.readable) {
    const ended = new ReadableStream<unknown>();
    void ended.cancel();
    return ended;
  }
  const { readableObjectMode: objectMode, readableHighWaterMark: highWaterMark } = stream;
  let controller: ReadableStreamDefaultController<unknown>;
  const readable = new ReadableStream<unknown>({
    start: (made) => void (controller = made),
    pull: () => void stream.resume(),
    cancel: (reason: Error) => void stream.destroy(reason),
  }, objectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark });
  stream.pause();
  const forget = finished(stream, { writable: false }, (error) => {
    forget();
    // What it says later has nobody to hear it.
    stream.on('error', () => undefined);
    if (error) controller.error(error);
    else controller.close();
  });
  stream.on('data', (chunk: unknown) => {
    controller.enqueue(chunk instanceof Uint8Array && !objectMode ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize! <= 0) stream.pause();
  });
  return readable;
}

export function writableFromWeb(writableStream: WritableStream<unknown>, options: unknown = {}): streams.Writable {
  if (!(writableStream instanceof WritableStream)) throw invalidArgType('writableStream', 'an instance of WritableStream', writableStream);
  const given = checkOptions(options);
  checkUnlocked(writableStream, 'WritableStream');
  const writer = writableStream.getWriter();
  const writable = new streams.Writable({
    ...given,
    write(chunk: unknown, _encoding: string, done: Done) {
      writer.ready.then(() => writer.write(chunk)).then(() => done(), done);
    },
    final(done: Done) {
      writer.close().then(() => done(), done);
    },
    destroy(error: Error | null, done: Done) {
      const end = (): void => done(error);
      if (isClosed()) end();
      else (error ? writer.abort(error) : writer.close()).then(end, end);
    },
  });
  const isClosed = follow(writable, writer.closed);
  return writable;
}

export function writableToWeb(stream: Writable): WritableStream<unknown> {
  // Answers of http are written to as well.
  if (typeof stream?.write !== 'function' || typeof stream.on !== 'function') throw invalidArgType('streamWritable', 'an stream.Writable', stream);
  if (stream.destroyed || stream.writable === false) {
    const ended = new WritableStream();
    void ended.close();
    return ended;
  }
  const { writableObjectMode: objectMode, writableHighWaterMark: highWaterMark } = stream;
  let controller: WritableStreamDefaultController;
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const forget = finished(stream, { readable: false }, (error) => {
    forget();
    stream.on('error', () => undefined);
    if (error) {
      controller.error(error);
      waiting?.reject(error);
    } else waiting?.resolve();
  });
  return new WritableStream<unknown>({
    start: (made) => void (controller = made),
    write: (chunk) => new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      if (stream.write(chunk)) resolve();
      else stream.once('drain', resolve);
    }),
    abort: (reason: Error) => void stream.destroy(reason),
    close: () => new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      stream.end();
    }),
  }, objectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark });
}

type Pair<In, Out> = { readable: In; writable: Out };

export function duplexFromWeb({ readable, writable }: Pair<ReadableStream<unknown>, WritableStream<unknown>>, options?: object): streams.Duplex {
  const { Duplex } = streams as unknown as { Duplex: { from(pair: Pair<streams.Readable, streams.Writable>): streams.Duplex } };
  return Duplex.from({ readable: readableFromWeb(readable, options), writable: writableFromWeb(writable, options) });
}

export const duplexToWeb = (stream: Readable & Writable): Pair<ReadableStream<unknown>, WritableStream<unknown>> => ({ readable: readableToWeb(stream), writable: writableToWeb(stream) });
