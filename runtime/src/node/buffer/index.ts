/** `Buffer`: the npm package, with what it lacks of Node's. */
import { Buffer } from 'buffer';
import { invalidArgType } from '../errors';
import { FastBuffer } from './bytes';
import { MOST_BYTES } from './checks';
import { inspectMaxBytes, print } from './inspect';
import { methods } from './methods';
import { numberMethods } from './numbers';
import { statics } from './statics';

function patch(): void {
  Object.defineProperties(FastBuffer.prototype, Object.getOwnPropertyDescriptors(Buffer.prototype));
  Object.assign(FastBuffer.prototype, methods(), numberMethods(), { inspect: print, [Symbol.for('nodejs.util.inspect.custom')]: print });
  Object.assign(Buffer, { prototype: FastBuffer.prototype }, statics);
  Object.defineProperty(Buffer, 'name', { value: 'Buffer' });
}
patch();

/** Text that can be looked at as bytes. */
function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw invalidArgType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', value);
}

export { Buffer };

/** Deprecated: a Buffer that shares its memory with no other. */
function SlowBuffer(size: unknown): Uint8Array {
  return statics.allocUnsafeSlow(size);
}

/** What `require('buffer')` gives. */
export const bufferModule = Object.defineProperty({
  Buffer,
  SlowBuffer,
  kMaxLength: MOST_BYTES,
  kStringMaxLength: 536_870_888,
  constants: { MAX_LENGTH: MOST_BYTES, MAX_STRING_LENGTH: 536_870_888 },
  Blob: globalThis.Blob,
  File: (globalThis as { File?: unknown }).File,
  atob: globalThis.atob,
  btoa: globalThis.btoa,
  isUtf8(input: unknown) {
    const bytes = bytesOf(input);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  },
  isAscii: (input: unknown) => bytesOf(input).every((byte) => byte < 128),
}, 'INSPECT_MAX_BYTES', inspectMaxBytes);
