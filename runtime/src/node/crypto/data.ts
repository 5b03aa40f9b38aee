/** The many kinds of bytes that `crypto` takes. */
import { Buffer } from '../buffer';
import { invalidArgType } from '../errors';
import { KeyObject } from './key-object';

export type Data = string | ArrayBufferView | ArrayBuffer | KeyObject;
export type Done = (error: Error | null, ...values: unknown[]) => void;

/** How Node words what it takes. */
const PLAIN = 'of type string or an instance of Buffer, TypedArray, or DataView';
export const KEY = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
export const SECRET = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';

export function callback(done: unknown): asserts done is Done {
  if (typeof done !== 'function') throw invalidArgType('callback', 'of type function', done);
}

export function bytes(data: unknown, name: string, encoding?: string, expected = PLAIN): Uint8Array {
  if (data instanceof KeyObject && data.type === 'secret') return data.export() as Uint8Array;
  if (typeof data === 'string') return Buffer.from(data, encoding && encoding !== 'buffer' ? encoding : 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw invalidArgType(name, expected, data);
}

/** Bytes as a Buffer, or in the encoding that was asked for. */
export function encoded(result: Uint8Array, encoding: unknown): unknown {
  const buffer = Buffer.from(result);
  return typeof encoding === 'string' && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}
