/** Brotli, over a module of the engine that is there when the files of a program name it. */
import { BROTLI_PACK, enginePack } from '../../modules/engine-packs';
import type { Program } from '../../sandbox/program';
import { invalidArgType, nodeError } from '../errors';
import { CONSTANTS, Z_BUF_ERROR } from './constants';
import type { Format } from './formats';
import type { ZlibOptions } from './options';

interface BrotliModule {
  BrotliEncoder: new (mode: number, quality: number, window: number, sizeHint: number) => {
    write(bytes: Uint8Array): Uint8Array;
    flush(): Uint8Array;
    finish(): Uint8Array;
  };
  BrotliDecoder: new () => {
    readonly finished: boolean;
    write(bytes: Uint8Array): void;
    read(limit: number): Uint8Array;
  };
}

/** Bytes that are decoded at a time. */
const PIECE = 65_536;
const LAST_PARAM = Math.max(...Object.entries(CONSTANTS).map(([name, value]) => (/^BROTLI_(?:DECODER_)?PARAM_/.test(name) ? value : 0)));

/** The parameters by number; throws as Node does for one that Brotli does not know. */
function paramsOf({ params = {} }: ZlibOptions): Map<number, number> {
  const known = new Map<number, number>();
  for (const [name, value] of Object.entries(params)) {
    const key = Number(name);
    if (!(key >= 0 && key <= LAST_PARAM) || known.has(key)) throw nodeError(RangeError, 'ERR_BROTLI_INVALID_PARAM', `${name} is not a valid Brotli parameter`);
    if (typeof value !== 'number' && typeof value !== 'boolean') throw invalidArgType('options.params[key]', 'of type number', value);
    known.set(key, Number(value));
  }
  return known;
}

/** The one parameter of the encoder that is yes or no. */
const FLAG = CONSTANTS.BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING;

function within(value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw nodeError(Error, 'ERR_ZLIB_INITIALIZATION_FAILED', 'Initialization failed');
}

export function brotliFormats(program: Program): Record<'BrotliCompress' | 'BrotliDecompress', Format> {
  const load = (what: string): BrotliModule =>
    enginePack(program, BROTLI_PACK, `zlib.${what}`, 'Brotli is loaded when a file of the project names it, such as createBrotliCompress.');
  return {
    BrotliCompress(options, emit) {
      const params = paramsOf(options);
      const of = (param: number, otherwise: number): number => params.get(param) ?? otherwise;
      within(of(FLAG, 0), 0, 1);
      const { BrotliEncoder } = load('BrotliCompress');
      const encoder = new BrotliEncoder(
        within(of(CONSTANTS.BROTLI_PARAM_MODE, CONSTANTS.BROTLI_DEFAULT_MODE), 0, 2),
        within(of(CONSTANTS.BROTLI_PARAM_QUALITY, CONSTANTS.BROTLI_DEFAULT_QUALITY), CONSTANTS.BROTLI_MIN_QUALITY, CONSTANTS.BROTLI_MAX_QUALITY),
        within(of(CONSTANTS.BROTLI_PARAM_LGWIN, CONSTANTS.BROTLI_DEFAULT_WINDOW), CONSTANTS.BROTLI_MIN_WINDOW_BITS, CONSTANTS.BROTLI_MAX_WINDOW_BITS),
        Math.max(0, of(CONSTANTS.BROTLI_PARAM_SIZE_HINT, 0)),
      );
      let ended = false;
      return {
        push(bytes, last) {
          emit(encoder.write(bytes));
          ended = last;
          if (last) emit(encoder.finish());
        },
        flush: () => void (ended || emit(encoder.flush())),
      };
    },
    BrotliDecompress(options, emit) {
      paramsOf(options);
      const { BrotliDecoder } = load('BrotliDecompress');
      const decoder = new BrotliDecoder();
      return {
        push(bytes, last) {
          decoder.write(bytes);
          for (let piece; (piece = decoder.read(PIECE)).length > 0; ) emit(piece);
          if (last && !decoder.finished) throw Object.assign(new Error('unexpected end of file'), { errno: Z_BUF_ERROR, code: 'Z_BUF_ERROR' });
        },
      };
    },
  };
}
