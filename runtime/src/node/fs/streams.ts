/** `fs.createReadStream` and `fs.createWriteStream`. */
import { Readable, Writable } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType } from '../errors';

type Operations = Record<string, (...args: unknown[]) => unknown>;
interface ReadOptions {
  encoding?: string;
  start?: number;
  end?: number;
  highWaterMark?: number;
  flags?: string;
}

function checkPath(path: unknown): void {
  if (typeof path !== 'string' && !(path instanceof Uint8Array) && !(path instanceof URL)) throw invalidArgType('path', 'of type string or an instance of Buffer or URL', path);
}

export function makeStreams(program: Program, operations: Operations): Record<string, unknown> {
  class ReadStream extends Readable {
    bytesRead = 0;
    private data: Uint8Array | undefined;
    constructor(readonly path: unknown, given: ReadOptions | string = {}) {
      checkPath(path);
      const options = typeof given === 'string' ? { encoding: given } : given;
      super({ highWaterMark: options.highWaterMark ?? 65_536, ...(options.encoding ? { encoding: options.encoding } : {}) });
      const { start = 0, end = Infinity } = options;
      program.post(() => {
        try {
          const all = operations.readFile!(path) as Uint8Array;
          this.data = all.subarray(start, end + 1);
          this.emit('open', 9);
          this.emit('ready');
          this.feed();
        } catch (error) {
          this.destroy(error as Error);
        }
      });
    }
    override _read(): void {
      if (this.data) program.post(() => this.feed());
    }
    private feed(): void {
      if (!this.data || this.destroyed) return;
      const size = this._readableState.highWaterMark as number;
      const part = this.data.subarray(this.bytesRead, this.bytesRead + size);
      if (part.length === 0) {
        this.data = undefined;
        this.push(null);
        return;
      }
      this.bytesRead += part.length;
      this.push(Buffer.from(part));
    }
    close(done?: () => void): void {
      if (done) this.once('close', done);
      this.destroy();
    }
  }

  class WriteStream extends Writable {
    bytesWritten = 0;
    constructor(readonly path: unknown, given: ReadOptions | string = {}) {
      checkPath(path);
      const options = typeof given === 'string' ? { encoding: given } : given;
      super({ decodeStrings: true });
      try {
        const flag = options.flags ?? 'w';
        if (flag.startsWith('a')) operations.appendFile!(path, '');
        else operations.writeFile!(path, '');
        program.post(() => {
          this.emit('open', 9);
          this.emit('ready');
        });
      } catch (error) {
        program.post(() => void this.destroy(error as Error));
      }
    }
    override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
      program.post(() => {
        try {
          operations.appendFile!(this.path, chunk);
          this.bytesWritten += chunk.length;
          done();
        } catch (error) {
          done(error as Error);
        }
      });
    }
    close(done?: () => void): void {
      if (done) this.once('close', done);
      this.end();
    }
  }

  return {
    ReadStream,
    WriteStream,
    createReadStream: (path: unknown, options?: ReadOptions | string) => new ReadStream(path, options),
    createWriteStream: (path: unknown, options?: ReadOptions | string) => new WriteStream(path, options),
  };
}
