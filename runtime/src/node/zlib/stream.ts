/** A zlib stream: bytes in one format in, bytes in another out. */
import { Transform } from 'readable-stream';
import { Buffer } from '../buffer';
import { zlibError, type Codec, type Format } from './formats';
import { optionsOf, type ZlibOptions } from './options';

type Done = (error?: Error | null) => void;

/** Bytes that are decompressed at a time, so that a small body cannot become a huge one before its limit is looked at. */
const PIECE = 4096;
const NOTHING = new Uint8Array();
/** Written between chunks, it asks for what is held back. */
const FLUSH = Buffer.alloc(0);

export class ZlibStream extends Transform {
  bytesWritten = 0;
  private readonly codec: Codec;

  constructor(name: string, format: Format, given?: ZlibOptions) {
    const options = optionsOf(name, given);
    super({ ...options, decodeStrings: true });
    this.codec = format(options, (bytes) => {
      if (bytes.length > 0 && !this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  _transform(chunk: Uint8Array, _encoding: string, done: Done): void {
    this.bytesWritten += chunk.length;
    this.run(done, () => {
      if (chunk === FLUSH) this.codec.flush?.(true);
      for (let at = 0; at < chunk.length && !this.destroyed; at += PIECE) this.codec.push(chunk.slice(at, at + PIECE), false);
    });
  }

  _flush(done: Done): void {
    this.run(done, () => {
      // Nothing at all is no broken stream.
      if (this.bytesWritten > 0 || this.codec.flush) this.codec.push(NOTHING, true);
    });
  }

  /** Hands on what is held back, so that the other side can read all that was written. */
  flush(kind?: unknown, callback?: unknown): void {
    const done = typeof kind === 'function' ? kind : callback;
    this.write(FLUSH, () => {
      if (typeof done === 'function') (done as () => void)();
    });
  }

  close(done?: () => void): void {
    if (done) this.once('close', done);
    this.destroy();
  }

  params(_level: number, _strategy: number, done: () => void): void {
    done();
  }

  private run(done: Done, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      return done(zlibError(thrown));
    }
    done();
  }
}
