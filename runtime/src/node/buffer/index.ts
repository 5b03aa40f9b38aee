/** `Buffer`: the npm package, with what it lacks of Node's. */
import { Buffer } from 'buffer';
import { inspect } from '../../console/inspect';
import { invalidArgType } from '../errors';
import { FastBuffer } from './bytes';
import { MAX_LENGTH } from './checks';
import { inspectMaxBytes, print } from './inspect';
import { methods } from './methods';
import { numberMethods } from './numbers';
import { statics } from './statics';

function patch(): void {
  Object.defineProperties(FastBuffer.prototype, Object.getOwnPropertyDescriptors(Buffer.prototype));
  Object.assign(FastBuffer.prototype, methods(), numberMethods(), { inspect: print, [inspect.custom]: print });
  Object.assign(Buffer, { prototype: FastBuffer.prototype }, statics);
  Object.defineProperty(Buffer, 'name', { value: 'Buffer' });
}
patch();

/** Memory of any kind, looked at as bytes. */
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

const shared = {
  Buffer,
  SlowBuffer,
  kMaxLength: MAX_LENGTH,
  kStringMaxLength: 536_870_888,
  constants: { MAX_LENGTH, MAX_STRING_LENGTH: 536_870_888 },
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
};

/** What `require('buffer')` gives a program. */
export function makeBuffer(program: object): object {
  return Object.defineProperty({ ...shared }, 'INSPECT_MAX_BYTES', inspectMaxBytes(program));
}
