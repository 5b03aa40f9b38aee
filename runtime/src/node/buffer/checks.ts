/** How Node refuses what is no size, no bytes and no encoding. */
import { invalidArgType, nodeError, outOfRange, received } from '../errors';

/** Longest Buffer of Node 20 on 64 bits. The platform's own limit is lower. */
export const MOST_BYTES = 2 ** 32;
const ENCODINGS = new Set(['utf8', 'utf-8', 'hex', 'ascii', 'latin1', 'binary', 'base64', 'base64url', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le']);

export function isEncoding(value: unknown): value is string {
  return typeof value === 'string' && ENCODINGS.has(value.toLowerCase());
}

export function checkEncoding(value: unknown): void {
  if (value !== undefined && value !== null && !isEncoding(value)) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(value)}`);
}

export function checkSize(size: unknown, name = 'size'): asserts size is number {
  if (typeof size !== 'number') throw invalidArgType(name, 'of type number', size);
  if (!(size >= 0 && size <= MOST_BYTES)) throw outOfRange(name, `>= 0 && <= ${MOST_BYTES}`, size);
}

export function checkBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgType(name, 'an instance of Buffer or Uint8Array', value);
}

/** What `Buffer.from` makes nothing of. */
export function noBytes(value: unknown): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.${received(value)}`);
}
