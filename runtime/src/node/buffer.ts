/** `Buffer`: the npm package, with what it lacks of Node's. */
import { Buffer, SlowBuffer, INSPECT_MAX_BYTES, kMaxLength } from 'buffer';

import { invalidArgType } from './errors';

const encoder = new TextEncoder();
// Node keeps a byte order mark.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
type Encoding = string | undefined;
interface Methods {
  toString(encoding?: Encoding, start?: number, end?: number): string;
  write(text: string, ...rest: unknown[]): number;
  [name: string]: unknown;
}
/**
 * Instances of a class are born with its prototype; to change it afterwards, as the package does, is slow. In a list, as the
 * bundler would name a class that stands alone, and one with a name defined is slow too.
 */
const [FastBuffer] = [class extends Uint8Array {}];
const proto = FastBuffer.prototype as unknown as Methods;
const statics = Buffer as unknown as Record<string, (...args: never[]) => unknown>;

const isUrl = (encoding: unknown): boolean => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
const isUtf8 = (encoding: unknown): boolean => encoding === undefined || encoding === 'utf8' || encoding === 'utf-8';

/** The package reads text of few bytes faster, and what is no text unlike the platform. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 0x7f) return false;
  return true;
}

/** Longest text that a loop encodes faster than the platform. */
const SHORT = 400;

function encoded(text: string): Uint8Array {
  const { length } = text;
  if (length <= SHORT) {
    const bytes = new FastBuffer(length);
    let at = 0;
    for (; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) break;
      bytes[at] = code;
    }
    if (at === length) return bytes;
  }
  const bytes = encoder.encode(text);
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Bytes of any kind as a Buffer over the same memory. */
function view(name: string, value: unknown): unknown {
  if (value instanceof Buffer) return value;
  if (!(value instanceof Uint8Array)) throw invalidArgType(name, 'an instance of Buffer or Uint8Array', value);
  return Buffer.from(value.buffer, value.byteOffset as never, value.byteLength);
}

function patch(): void {
  Object.defineProperties(FastBuffer.prototype, Object.getOwnPropertyDescriptors(Buffer.prototype));
  Object.assign(Buffer, { prototype: FastBuffer.prototype });
  Object.defineProperty(Buffer, 'name', { value: 'Buffer' });
  const { toString, write } = proto;
  proto.toString = function (this: Uint8Array, encoding?: Encoding, start = 0, end = this.length) {
    if (isUtf8(encoding) && (end - start > 24 || !isAscii(this, start, end))) return decoder.decode(start === 0 && end === this.length ? this : this.subarray(start, end));
    if (isUrl(encoding)) return toString.call(this, 'base64', start, end).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return toString.call(this, encoding, start, end);
  };
  proto.write = function (text: string, ...rest: unknown[]) {
    return write.call(this, text, ...rest.map((item) => (isUrl(item) ? 'base64' : item)));
  };
  proto.toLocaleString = proto.toString;
  // The package takes its own Buffers only, and has no name for what it got.
  const { equals, compare } = proto as unknown as Record<string, (...given: unknown[]) => unknown>;
  proto.equals = function (this: Uint8Array, other: unknown) {
    return equals!.call(this, view('otherBuffer', other));
  };
  proto.compare = function (this: Uint8Array, target: unknown, ...rest: unknown[]) {
    return compare!.call(this, view('target', target), ...rest);
  };
  const ordered = statics.compare!;
  statics.compare = ((a: unknown, b: unknown) => ordered(view('buf1', a) as never, view('buf2', b) as never)) as never;
  const from = statics.from!;
  statics.from = ((value: unknown, encoding?: unknown, length?: unknown) => {
    if (typeof value === 'string') {
      if (isUtf8(encoding)) return encoded(value);
      if (isUrl(encoding)) return from(value.replaceAll('-', '+').replaceAll('_', '/') as never, 'base64' as never);
    }
    if (value instanceof Uint8Array) return new FastBuffer(value);
    return from(value as never, encoding as never, length as never);
  }) as never;
  const isEncoding = statics.isEncoding!;
  statics.isEncoding = ((encoding: unknown) => isUrl(encoding) || isEncoding(encoding as never)) as never;
  const byteLength = statics.byteLength!;
  statics.byteLength = ((value: unknown, encoding?: unknown) => {
    if (typeof value === 'string' && isUrl(encoding)) return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
    return byteLength(value as never, encoding as never);
  }) as never;
  for (const [name, encoding] of Object.entries({ utf8: 'utf8', latin1: 'latin1', ascii: 'ascii', hex: 'hex', base64: 'base64', base64url: 'base64url', ucs2: 'ucs2' })) {
    proto[`${name}Slice`] = function (this: Methods, start?: number, end?: number) {
      return this.toString(encoding, start, end);
    };
    proto[`${name}Write`] = function (this: Methods, text: string, offset?: number, length?: number) {
      return this.write(text, offset ?? 0, length, encoding);
    };
  }
}
patch();

export { Buffer };

/** What `require('buffer')` gives. */
export const bufferModule = {
  Buffer,
  SlowBuffer,
  INSPECT_MAX_BYTES,
  kMaxLength,
  kStringMaxLength: 536_870_888,
  constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 536_870_888 },
  Blob: globalThis.Blob,
  File: (globalThis as { File?: unknown }).File,
  atob: globalThis.atob,
  btoa: globalThis.btoa,
  isUtf8(bytes: Uint8Array) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  },
  isAscii: (bytes: Uint8Array) => bytes.every((byte) => byte < 128),
};
