/** `zlib`: gzip, deflate and Brotli in both directions, as streams, with callbacks and at once. */
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import { brotliFormats } from './brotli';
import { crc32 } from './checksum';
import { CONSTANTS } from './constants';
import { FORMATS, zlibError, type Format } from './formats';
import { optionsOf, type ZlibOptions } from './options';
import { ZlibStream } from './stream';

type Done = (error: Error | null, result?: Uint8Array) => void;

/** `Gunzip` → `gunzip`, `DeflateRaw` → `deflateRaw`. */
const lower = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

function bytesOf(data: unknown, name = 'buffer', kinds = 'Buffer, TypedArray, DataView, or ArrayBuffer'): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw invalidArgType(name, `of type string or an instance of ${kinds}`, data);
}

/** What turns all the bytes at once; options are refused before. */
function whole(name: string, format: Format, given: ZlibOptions | undefined): (bytes: Uint8Array) => Uint8Array {
  const options = optionsOf(name, given);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const codec = format(options, (bytes) => {
    length += bytes.length;
    if (length > (options.maxOutputLength ?? Infinity)) {
      throw nodeError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${options.maxOutputLength} bytes`);
    }
    chunks.push(bytes);
  });
  return (bytes) => {
    try {
      if (bytes.length === 0 && !codec.flush) throw { code: 0 };
      codec.push(bytes, true);
    } catch (thrown) {
      throw zlibError(thrown);
    }
    return Buffer.concat(chunks);
  };
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
        super(name, format, options);
      }
    } }[name]!;
    // Node's are functions, which old code calls without `new`.
    zlib[name] = new Proxy(Class, { apply: (_, __, [options]) => new Class(options) });
    zlib[`create${name}`] = (options?: ZlibOptions) => new Class(options);
    zlib[`${lower(name)}Sync`] = (data: unknown, options?: ZlibOptions) => whole(name, format, options)(bytesOf(data));
    zlib[lower(name)] = (data: unknown, given: ZlibOptions | Done, callback?: Done): void => {
      const done = typeof given === 'function' ? given : callback;
      const run = whole(name, format, typeof given === 'function' ? undefined : given);
      if (typeof done !== 'function') throw invalidArgType('callback', 'of type function', done);
      const bytes = bytesOf(data, 'chunk', 'Buffer, TypedArray, or DataView');
      program.post(() => {
        let result: Uint8Array;
        try {
          result = run(bytes);
        } catch (error) {
          return done(error as Error);
        }
        done(null, result);
      });
    };
  }
  return zlib;
}
