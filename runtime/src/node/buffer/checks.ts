/** How Node refuses what is no size, no bytes and no encoding. */
import { Buffer } from 'buffer';
import { invalidArgType, nodeError, outOfRange, received } from '../errors';
import { FastBuffer } from './bytes';

/** Longest Buffer of Node 20 on 64 bits. The platform's own limit is lower. */
export const MAX_LENGTH = 2 ** 32;
const ENCODINGS = new Set(['utf8', 'utf-8', 'hex', 'ascii', 'latin1', 'binary', 'base64', 'base64url', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le']);

export function isEncoding(value: unknown): value is string {
  return typeof value === 'string' && ENCODINGS.has(value.toLowerCase());
}

export function checkEncoding(value: unknown): void {
  if (value !== undefined && value !== null && !isEncoding(value)) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(value)}`);
}

export function checkSize(size: unknown, name = 'size'): asserts size is number {
  if (typeof size !== 'number') throw invalidArgType(name, 'of type number', size);
  if (!(size >= 0 && size <= MAX_LENGTH)) throw outOfRange(name, `>= 0 && <= ${MAX_LENGTH}`, size);
}

export function checkBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidArgType(name, 'an instance of Buffer or Uint8Array', value);
}

/** Bytes of any kind as a Buffer over the same memory: the package takes its own only. */
export function bufferOver(name: string, value: unknown): Uint8Array {
  checkBytes(value, name);
  return value instanceof Buffer ? value : new FastBuffer(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

/** What `Buffer.from` makes nothing of. */
export function noBytes(value: unknown): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.${received(value)}`);
}
