/** The formats that zlib reads and writes, over fflate; errors are worded as zlib words them. */
import { Deflate, Gunzip, Gzip, Inflate, Unzlib, Zlib } from 'fflate';
import { adler32Sum, crc32Sum, type Checksum } from './checksum';
import { Z_BUF_ERROR, Z_DATA_ERROR } from './constants';
import type { ZlibOptions } from './options';

/** Takes bytes and hands on bytes, both in pieces. */
export interface Codec {
  push(bytes: Uint8Array, last: boolean): void;
  /** Hands on what is held back. */
  flush?(sync?: boolean): void;
}

type Emit = (bytes: Uint8Array) => void;
export type Format = (options: ZlibOptions, emit: Emit) => Codec;

function written(options: ZlibOptions): object {
  const { level = -1, dictionary } = options;
  return { level: level < 0 ? 6 : level, ...(dictionary ? { dictionary } : {}) };
}

function read(options: ZlibOptions): object {
  return options.dictionary ? { dictionary: options.dictionary } : {};
}

/** An error as fflate gives it. */
const codeOf = (code: number): Error => Object.assign(new Error(), { code });
const isGzip = (first: number, second: number): boolean => first === 0x1f && second === 0x8b;
const isZlib = (first: number, second: number): boolean => (first * 256 + second) % 31 === 0;

/** Looks at the first two bytes and compares the checksum behind the data with what came out: fflate waits for more, or does neither. */
function checked(make: (emit: Emit) => Codec, isHead: typeof isGzip, length: number, next: () => Checksum): (emit: Emit) => Codec {
  return (emit) => {
    let sum = next();
    let head: number[] | undefined = [];
    let tail = new Uint8Array();
    const codec = make((bytes) => {
      sum.add(bytes);
      emit(bytes);
    });
    // Further members of a gzip file have checksums of their own.
    if (codec instanceof Gunzip) codec.onmember = () => (sum = next());
    return {
      push(bytes, last) {
        if (head) {
          head.push(...bytes.subarray(0, 2 - head.length));
          const [first, second] = head;
          if (second === undefined && last) throw codeOf(0);
          if (second !== undefined && !isHead(first!, second)) throw codeOf(6);
          if (second !== undefined) head = undefined;
        }
        const joined = new Uint8Array(tail.length + bytes.length);
        joined.set(tail);
        joined.set(bytes, tail.length);
        tail = joined.slice(-length);
        codec.push(bytes, last);
        if (last && !sum.isIn(tail)) throw Object.assign(new Error('incorrect data check'), { errno: Z_DATA_ERROR, code: 'Z_DATA_ERROR' });
      },
    };
  };
}

/** Tells gzip from zlib by the first bytes. */
function unzip(options: ZlibOptions, emit: Emit): Codec {
  let codec: Codec | undefined;
  return {
    push(bytes, last) {
      if (bytes.length > 0) codec ??= (bytes[0] === 0x1f ? FORMATS.Gunzip : FORMATS.Inflate)(options, emit);
      codec?.push(bytes, last);
    },
  };
}

export const FORMATS = {
  Gzip: (options, emit) => new Gzip(written(options), emit),
  Gunzip: (options, emit) => checked((emit) => new Gunzip(read(options), emit), isGzip, 8, crc32Sum)(emit),
  Deflate: (options, emit) => new Zlib(written(options), emit),
  Inflate: (options, emit) => checked((emit) => new Unzlib(read(options), emit), isZlib, 4, adler32Sum)(emit),
  DeflateRaw: (options, emit) => new Deflate(written(options), emit),
  InflateRaw: (options, emit) => new Inflate(read(options), emit),
  Unzip: unzip,
} satisfies Record<string, Format>;

const PROBLEMS: Record<number, string> = {
  1: 'invalid block type',
  2: 'invalid literal/length code',
  3: 'invalid distance too far back',
  6: 'incorrect header check',
};

/** fflate's error as Node's zlib gives it. */
export function zlibError(thrown: unknown): Error {
  const { code } = thrown as { code?: unknown };
  if (typeof code !== 'number') return thrown as Error;
  if (code === 0) return Object.assign(new Error('unexpected end of file'), { errno: Z_BUF_ERROR, code: 'Z_BUF_ERROR' });
  return Object.assign(new Error(PROBLEMS[code] ?? 'invalid data'), { errno: Z_DATA_ERROR, code: 'Z_DATA_ERROR' });
}
