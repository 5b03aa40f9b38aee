/** `Buffer.from`, `alloc`, `concat`, `byteLength` and the like: the npm package's, fast for what is common, and refusing what Node refuses. */
import { Buffer } from 'buffer';
import { invalidArgType, nodeError } from '../errors';
import { bufferOver, checkBytes, checkEncoding, checkSize, isEncoding, noBytes } from './checks';
import { decodable, encoded, FastBuffer, isUtf8 } from './bytes';

type Make = (...given: unknown[]) => Buffer;
type Statics = Record<'from' | 'alloc' | 'allocUnsafe' | 'allocUnsafeSlow', Make> & Record<'byteLength' | 'compare', (...given: unknown[]) => number>;
const { from, alloc, allocUnsafe, allocUnsafeSlow, byteLength, compare } = Buffer as unknown as Statics;

const lengths = [ArrayBuffer, globalThis.SharedArrayBuffer].flatMap((Memory) => (Memory ? [Object.getOwnPropertyDescriptor(Memory.prototype, 'byteLength')!.get!] : []));

/** Memory itself, of any realm; what only looks like it is refused by its own getter. */
function isMemory(value: unknown): value is ArrayBuffer {
  if (typeof value !== 'object' || value === null || !('byteLength' in value)) return false;
  return lengths.some((length) => {
    try {
      length.call(value);
      return true;
    } catch {
      return false;
    }
  });
}

function fromText(text: string, encoding: unknown): Uint8Array {
  if (isUtf8(encoding)) return encoded(text);
  // What is no text is no encoding.
  if (typeof encoding !== 'string' || encoding === '') return encoded(text);
  checkEncoding(encoding);
  return from(...decodable(text, encoding));
}

/** A view of the same memory. */
function fromMemory(memory: ArrayBuffer, begin: unknown, length: unknown): Uint8Array {
  // What is no number is nothing, as V8 has it.
  const offset = begin === undefined ? 0 : Number(begin) || 0;
  const left = memory.byteLength - offset;
  if (left < 0) throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  const most = length === undefined ? left : Math.max(Number(length) || 0, 0);
  if (most > left) throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  return new FastBuffer(memory, offset, most);
}

/** A list, or what JSON made of a Buffer. */
function fromList(value: object): Uint8Array | undefined {
  const { length, buffer, type, data } = value as { length?: unknown; buffer?: unknown; type?: unknown; data?: unknown };
  if (length !== undefined || isMemory(buffer)) return typeof length === 'number' && length > 0 ? new FastBuffer(Array.from(value as ArrayLike<number>)) : new FastBuffer(0);
  return type === 'Buffer' && Array.isArray(data) ? new FastBuffer(data as number[]) : undefined;
}

function fromObject(value: object, encoding: unknown, length: unknown): Uint8Array {
  if (isMemory(value)) return fromMemory(value, encoding, length);
  const own: unknown = value.valueOf?.();
  if (own !== null && own !== undefined && own !== value && (typeof own === 'string' || typeof own === 'object')) return bytesFrom(own, encoding, length);
  const list = fromList(value);
  if (list) return list;
  const primitive = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
  const text: unknown = typeof primitive === 'function' ? primitive.call(value, 'string') : undefined;
  if (typeof text === 'string') return fromText(text, encoding);
  throw noBytes(value);
}

function bytesFrom(value: unknown, encoding?: unknown, length?: unknown): Uint8Array {
  if (typeof value === 'string') return fromText(value, encoding);
  if (value instanceof Uint8Array) return new FastBuffer(value);
  if (typeof value === 'object' && value !== null) return fromObject(value, encoding, length);
  throw noBytes(value);
}

function concat(list: unknown, length?: unknown): Uint8Array {
  if (!Array.isArray(list)) throw invalidArgType('list', 'an instance of Array', list);
  for (const [at, item] of list.entries()) checkBytes(item, `list[${at}]`);
  const chunks = list as Uint8Array[];
  if (chunks.length === 0) return new FastBuffer(0);
  if (length !== undefined) checkSize(length, 'length');
  const all = new FastBuffer(length === undefined ? chunks.reduce((sum, chunk) => sum + chunk.length, 0) : length as number);
  let at = 0;
  for (const chunk of chunks) {
    if (at >= all.length) break;
    all.set(chunk.length > all.length - at ? chunk.subarray(0, all.length - at) : chunk, at);
    at += chunk.length;
  }
  return all;
}

export const statics = {
  from: (value: unknown, encoding?: unknown, length?: unknown) => bytesFrom(value, encoding, length),
  alloc(size: unknown, fill?: unknown, encoding?: unknown) {
    checkSize(size);
    return fill === undefined || fill === 0 ? new FastBuffer(size) : alloc(size, fill, encoding);
  },
  allocUnsafe(size: unknown) {
    checkSize(size);
    return allocUnsafe(size);
  },
  allocUnsafeSlow(size: unknown) {
    checkSize(size);
    return allocUnsafeSlow(size);
  },
  concat,
  copyBytesFrom(view: unknown, offset = 0, length?: number) {
    if (!ArrayBuffer.isView(view) || view instanceof DataView) throw invalidArgType('view', 'an instance of TypedArray', view);
    const part = (view as Uint8Array).slice(offset, length === undefined ? undefined : offset + length);
    return new FastBuffer(part.buffer, part.byteOffset, part.byteLength);
  },
  compare: (a: unknown, b: unknown) => compare(bufferOver('buf1', a), bufferOver('buf2', b)),
  isEncoding,
  byteLength(value: unknown, encoding?: unknown) {
    if (typeof value === 'string') return /^base64(?:url)?$/i.test(String(encoding)) ? Math.floor((value.replace(/={1,2}$/, '').length * 3) / 4) : byteLength(value, encoding);
    if (ArrayBuffer.isView(value) || isMemory(value)) return value.byteLength;
    throw invalidArgType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  },
};
