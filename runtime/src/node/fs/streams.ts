/** `fs.createReadStream` and `fs.createWriteStream`. */
import { Readable, Writable } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, outOfRange } from '../errors';
import { checkFileEncoding, checkWhole } from './options';

type Operations = Record<string, (...args: unknown[]) => unknown>;
type Done = (error?: Error | null) => void;
interface StreamOptions {
  encoding?: string;
  start?: number;
  end?: number;
  highWaterMark?: number;
  flags?: string | number;
  fd?: number | null;
  autoClose?: boolean;
  emitClose?: boolean;
}
type Given = StreamOptions | string | null | undefined;

const MOST_FD = 2 ** 31 - 1;

function optionsOf(given: unknown): StreamOptions {
  if (given !== undefined && given !== null && typeof given !== 'string' && typeof given !== 'object') throw invalidArgType('options', 'one of type string or object', given);
  const options = (typeof given === 'string' ? { encoding: given } : (given ?? {})) as StreamOptions;
  checkFileEncoding(options.encoding);
  return options;
}

function checkPath(path: unknown): void {
  if (typeof path !== 'string' && !(path instanceof Uint8Array) && !(path instanceof URL)) throw invalidArgType('path', 'of type string or an instance of Buffer or URL', path);
}

/** The file of a stream, and where in it that goes on; undefined where the descriptor knows. */
interface Place {
  fd: number | null;
  path: unknown;
  flags: string | number | undefined;
  start: number | undefined;
  pos: number | undefined;
}

function placeOf(path: unknown, { fd, flags, start }: StreamOptions, otherwise: string): Place {
  if (start !== undefined) checkWhole(start, 'start');
  if (fd === undefined || fd === null) {
    checkPath(path);
    return { fd: null, path, flags: flags ?? otherwise, start, pos: start };
  }
  if (typeof (fd as unknown) !== 'number') throw invalidArgType('options.fd', 'of type number or an instance of FileHandle', fd);
  checkWhole(fd, 'fd', MOST_FD);
  return { fd, path: undefined, flags: undefined, start, pos: start };
}

function endOf({ start, end = Infinity }: StreamOptions): number {
  if (end === Infinity) return end;
  checkWhole(end, 'end');
  if (start !== undefined && start > end) throw outOfRange('start', `<= "end" (here: ${end})`, start);
  return end;
}

export function makeStreams(program: Program, operations: Operations): Record<string, unknown> {
  /** Runs as a task of its own, as the thread pool would; what it throws is handed on. */
  function later(done: Done, run: () => void): void {
    program.post(() => {
      try {
        run();
      } catch (error) {
        done(error as Error);
      }
    });
  }

  function open(stream: (Readable | Writable) & Place, done: Done): void {
    if (stream.fd !== null) return done();
    later(done, () => {
      stream.fd = operations.open!(stream.path, stream.flags) as number;
      done();
      stream.emit('open', stream.fd);
      stream.emit('ready');
    });
  }

  function close(stream: Place, error: Error | null, done: Done): void {
    const { fd } = stream;
    stream.fd = null;
    if (fd === null) return done(error);
    later(done, () => {
      operations.close!(fd);
      done(error);
    });
  }

  class ReadStream extends Readable implements Place {
    declare fd: number | null;
    declare path: unknown;
    declare flags: string | number | undefined;
    declare start: number | undefined;
    declare pos: number | undefined;
    readonly end: number;
    bytesRead = 0;
    constructor(path: unknown, given?: Given) {
      const options = optionsOf(given);
      const { highWaterMark = 65_536, encoding, autoClose = true, emitClose = true } = options;
      const place = placeOf(path, options, 'r');
      const end = endOf(options);
      super({ highWaterMark, encoding, autoDestroy: autoClose, emitClose });
      Object.assign(this, place);
      this.end = end;
    }
    get pending(): boolean {
      return this.fd === null;
    }
    _construct(done: Done): void {
      open(this, done);
    }
    override _read(size: number): void {
      const length = Math.min(this.end - (this.pos ?? this.bytesRead) + 1, size);
      if (length <= 0) return void this.push(null);
      later((error) => this.destroy(error), () => {
        if (this.destroyed) return;
        const bytes = new Uint8Array(length);
        const read = operations.read!(this.fd, bytes, 0, length, this.pos) as number;
        this.bytesRead += read;
        if (this.pos !== undefined) this.pos += read;
        this.push(read > 0 ? Buffer.from(bytes.subarray(0, read)) : null);
      });
    }
    override _destroy(error: Error | null, done: Done): void {
      close(this, error, done);
    }
    close(done?: () => void): void {
      if (done) this.once('close', done);
      this.destroy();
    }
  }

  class WriteStream extends Writable implements Place {
    declare fd: number | null;
    declare path: unknown;
    declare flags: string | number | undefined;
    declare start: number | undefined;
    declare pos: number | undefined;
    bytesWritten = 0;
    private readonly autoClose: boolean;
    constructor(path: unknown, given?: Given) {
      const options = optionsOf(given);
      const { highWaterMark = 16_384, encoding, autoClose = true, emitClose = true } = options;
      const place = placeOf(path, options, 'w');
      super({ decodeStrings: true, highWaterMark, defaultEncoding: encoding, autoDestroy: autoClose, emitClose });
      Object.assign(this, place);
      this.autoClose = autoClose;
    }
    get pending(): boolean {
      return this.fd === null;
    }
    _construct(done: Done): void {
      open(this, done);
    }
    override _write(chunk: Uint8Array, _encoding: string, done: Done): void {
      later(done, () => {
        const written = operations.write!(this.fd, chunk, 0, chunk.length, this.pos) as number;
        this.bytesWritten += written;
        if (this.pos !== undefined) this.pos += written;
        done();
      });
    }
    override _destroy(error: Error | null, done: Done): void {
      close(this, error, done);
    }
    close(done?: () => void): void {
      if (done) this.once('close', done);
      if (!this.autoClose) this.once('finish', () => this.destroy());
      this.end();
    }
  }

  return {
    ReadStream,
    WriteStream,
    createReadStream: (path: unknown, options?: Given) => new ReadStream(path, options),
    createWriteStream: (path: unknown, options?: Given) => new WriteStream(path, options),
  };
}
