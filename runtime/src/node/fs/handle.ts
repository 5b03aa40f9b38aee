/** `FileHandle`: an open file of `fs/promises`. */
import { systemError } from '../errors';
import { EventEmitter } from '../events/emitter';

type Any = (...args: unknown[]) => unknown;

export type FileStream = EventEmitter & { pause(): unknown; resume(): unknown };

export interface HandleHost {
  operations: Record<string, Any>;
  /** Runs an operation as a task of its own. */
  later(run: () => unknown): Promise<unknown>;
  createReadStream(options: object): FileStream;
  createWriteStream(options: object): FileStream;
  /** Lines of a stream. */
  lines(input: FileStream): unknown;
}

interface Span {
  buffer?: Uint8Array;
  offset?: number | null;
  length?: number | null;
  position?: number | null;
}

const DEFAULT_SIZE = 16_384;

export class FileHandle extends EventEmitter {
  #fd: number;
  readonly #host: HandleHost;

  constructor(fd: number, host: HandleHost) {
    super();
    this.#fd = fd;
    this.#host = host;
  }

  /** -1 once it is closed. */
  get fd(): number {
    return this.#fd;
  }

  async read(given: Uint8Array | Span = {}, ...rest: (number | null | undefined)[]): Promise<object> {
    const [offset, length, position] = rest;
    const span = ArrayBuffer.isView(given) ? { buffer: given, offset, length, position } : given;
    const buffer = span.buffer ?? new Uint8Array(DEFAULT_SIZE);
    const from = span.offset ?? 0;
    const bytesRead = await this.#run('read', 'read', buffer, from, span.length ?? buffer.byteLength - from, span.position ?? null);
    return { __proto__: null, bytesRead, buffer };
  }

  async write(data: unknown, ...rest: unknown[]): Promise<object> {
    return { __proto__: null, bytesWritten: await this.#run('write', 'write', data, ...rest), buffer: data };
  }

  readFile(options?: unknown): Promise<unknown> {
    return this.#run('readFile', 'readFile', options);
  }

  writeFile(data: unknown, options?: unknown): Promise<unknown> {
    return this.#run('writeFile', 'writeFile', data, options);
  }

  appendFile(data: unknown, options?: unknown): Promise<unknown> {
    return this.#run('appendFile', 'writeFile', data, options);
  }

  stat(options?: unknown): Promise<unknown> {
    return this.#run('fstat', 'fstat', options);
  }

  truncate(length = 0): Promise<unknown> {
    return this.#run('ftruncate', 'ftruncate', length);
  }

  sync(): Promise<unknown> {
    return this.#run('fsync', 'fsync');
  }

  datasync(): Promise<unknown> {
    return this.#run('fdatasync', 'fsync');
  }

  createReadStream(options: object = {}): FileStream {
    return this.#followed(this.#host.createReadStream({ ...options, fd: this.#fd }));
  }

  createWriteStream(options: object = {}): FileStream {
    return this.#followed(this.#host.createWriteStream({ ...options, fd: this.#fd }));
  }

  readLines(options: object = {}): unknown {
    return this.#host.lines(this.createReadStream(options));
  }

  async close(): Promise<void> {
    if (this.#fd === -1) return;
    const fd = this.#fd;
    this.#fd = -1;
    await this.#host.later(() => this.#host.operations.close!(fd));
    this.emit('close');
  }

  /** A stream closes the file at its end. */
  #followed(stream: FileStream): FileStream {
    stream.once('close', () => {
      this.#fd = -1;
      this.emit('close');
    });
    return stream;
  }

  #run(syscall: string, name: string, ...args: unknown[]): Promise<unknown> {
    const fd = this.#fd;
    return this.#host.later(() => {
      if (fd === -1) throw Object.assign(systemError('EBADF', syscall), { message: 'file closed' });
      return this.#host.operations[name]!(fd, ...args);
    });
  }
}
