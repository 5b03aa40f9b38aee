/** `zlib`: gzip, deflate and Brotli in both directions, as streams, with callbacks and at once. */
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import { brotliFormats } from './brotli';
import { crc32 } from './checksum';
import { CONSTANTS } from './constants';
import { checkOptions, FORMATS, zlibError, type Format, type ZlibOptions } from './formats';
import { ZlibStream } from './stream';

type Done = (error: Error | null, result?: Uint8Array) => void;

/** `Gunzip` → `gunzip`, `DeflateRaw` → `deflateRaw`. */
const lower = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

function bytesOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw invalidArgType('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', data);
}

function atOnce(format: Format, data: unknown, options: ZlibOptions = {}): Uint8Array {
  checkOptions(options);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const codec = format(options, (bytes) => {
    length += bytes.length;
    if (length > (options.maxOutputLength ?? Infinity)) {
      throw nodeError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${options.maxOutputLength} bytes`);
    }
    chunks.push(bytes);
  });
  const bytes = bytesOf(data);
  try {
    if (bytes.length === 0 && !codec.flush) throw { code: 0 };
    codec.push(bytes, true);
  } catch (thrown) {
    throw zlibError(thrown);
  }
  return Buffer.concat(chunks);
}

export function makeZlib(program: Program): Record<string, unknown> {
  const zlib: Record<string, unknown> = {
    constants: { ...CONSTANTS },
    codes: {},
    crc32: (data: unknown, start?: number) => crc32(bytesOf(data), start),
    ...CONSTANTS,
  };
  for (const [name, format] of Object.entries<Format>({ ...FORMATS, ...brotliFormats(program) })) {
    const Class = { [name]: class extends ZlibStream {
      constructor(options?: ZlibOptions) {
        super(format, options);
      }
    } }[name]!;
    // Node's are functions, which old code calls without `new`.
    zlib[name] = new Proxy(Class, { apply: (_, __, [options]) => new Class(options) });
    zlib[`create${name}`] = (options?: ZlibOptions) => new Class(options);
    zlib[`${lower(name)}Sync`] = (data: unknown, options?: ZlibOptions) => atOnce(format, data, options);
    zlib[lower(name)] = (data: unknown, given: ZlibOptions | Done, callback?: Done): void => {
      const done = typeof given === 'function' ? given : callback;
      const options = typeof given === 'function' ? {} : given;
      if (typeof done !== 'function') throw invalidArgType('callback', 'of type function', done);
      const bytes = bytesOf(data);
      program.post(() => {
        let result: Uint8Array;
        try {
          result = atOnce(format, bytes, options);
        } catch (error) {
          return done(error as Error);
        }
        done(null, result);
      });
    };
  }
  return zlib;
}
