/** Types of the npm packages that bring none for a runtime without Node, and of what the package asks of Node. */
declare module 'node:v8' {
  export function setFlagsFromString(flags: string): void;
}
declare module 'buffer' {
  export class Buffer extends Uint8Array {
    static from(value: unknown, encoding?: unknown, length?: unknown): Buffer;
    static alloc(size: number, fill?: unknown): Buffer;
    static isBuffer(value: unknown): value is Buffer;
    static byteLength(value: unknown, encoding?: unknown): number;
    static concat(list: readonly Uint8Array[], length?: number): Buffer;
    static isEncoding(encoding: unknown): boolean;
    toString(encoding?: string, start?: number, end?: number): string;
    equals(other: Uint8Array): boolean;
  }
}
declare module 'events' {
  class EventEmitter {
    static defaultMaxListeners: number;
    static call(self: unknown): void;
    on(event: string | symbol, listener: (...args: never[]) => void): this;
    addListener(event: string | symbol, listener: (...args: never[]) => void): this;
    once(event: string | symbol, listener: (...args: never[]) => void): this;
    off(event: string | symbol, listener: (...args: never[]) => void): this;
    removeListener(event: string | symbol, listener: (...args: never[]) => void): this;
    removeAllListeners(event?: string | symbol): this;
    emit(event: string | symbol, ...args: unknown[]): boolean;
    listenerCount(event: string | symbol): number;
    listeners(event: string | symbol): ((...args: never[]) => void)[];
    setMaxListeners(count: number): this;
  }
  export default EventEmitter;
}
declare module 'readable-stream' {
  import EventEmitter from 'events';
  export class Stream extends EventEmitter {
    static call(self: unknown, options?: unknown): void;
    pipe<T>(target: T, options?: object): T;
  }
  export class Readable extends Stream {
    constructor(options?: object);
    readable: boolean;
    destroyed: boolean;
    readableEnded: boolean;
    readonly readableDidRead: boolean;
    _readableState: Record<string, unknown>;
    push(chunk: unknown, encoding?: string): boolean;
    read(size?: number): unknown;
    resume(): this;
    pause(): this;
    setEncoding(encoding: string): this;
    destroy(error?: Error | null): this;
    _read(size: number): void;
    _destroy(error: Error | null, done: (error?: Error | null) => void): void;
    static from(source: unknown): Readable;
    [Symbol.asyncIterator](): AsyncIterableIterator<unknown>;
  }
  export class Writable extends Stream {
    constructor(options?: object);
    destroyed: boolean;
    write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
    end(chunk?: unknown, encoding?: unknown, done?: unknown): this;
    destroy(error?: Error | null): this;
    _write(chunk: Uint8Array, encoding: string, done: (error?: Error | null) => void): void;
    _final(done: (error?: Error | null) => void): void;
    _destroy(error: Error | null, done: (error?: Error | null) => void): void;
  }
  export class Duplex extends Readable {
    write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
    end(chunk?: unknown, encoding?: unknown, done?: unknown): this;
  }
  export class Transform extends Duplex {}
  export class PassThrough extends Transform {}
  export const finished: unknown;
  export const pipeline: unknown;
  export const promises: object;
}
declare module 'unenv/node/path' {
  const path: { posix: object };
  export default path;
}
declare module 'unenv/node/url' {
  const url: { domainToUnicode(name: string): string; format(given: unknown): string; pathToFileURL(path: string): URL };
  export default url;
}
declare module 'unenv/node/punycode' {
  const punycode: object;
  export default punycode;
}
declare module 'unenv/node/querystring' {
  const querystring: object;
  export default querystring;
}
declare module 'node-inspect-extracted' {
  const util: { inspect: unknown; format: unknown; formatWithOptions: unknown };
  export default util;
}
declare module 'path-unified' {
  export const posix: object;
  export const win32: object;
}
declare module 'node:fs' {
  export function readFileSync(path: string | URL): Uint8Array;
  export function readFileSync(path: string | URL, encoding: 'utf8'): string;
  export function readdirSync(path: string, options: { withFileTypes: true }): { name: string; isFile(): boolean; isDirectory(): boolean }[];
}
declare module 'node:readline' {
  export function createInterface(options: object): unknown;
}
