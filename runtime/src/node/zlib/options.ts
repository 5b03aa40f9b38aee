/** What zlib and Brotli take as options, and how Node refuses others. */
import { MAX_LENGTH } from '../buffer/checks';
import { invalidArgType, outOfRange } from '../errors';

export interface ZlibOptions {
  level?: number;
  memLevel?: number;
  windowBits?: number;
  strategy?: number;
  chunkSize?: number;
  flush?: number;
  finishFlush?: number;
  dictionary?: Uint8Array;
  maxOutputLength?: number;
  /** Brotli's, by number. */
  params?: Record<string, unknown>;
}

type Numbers = 'level' | 'memLevel' | 'windowBits' | 'strategy' | 'flush' | 'finishFlush' | 'maxOutputLength' | 'chunkSize';

const MIN_CHUNK = 64;
/** These find out by themselves how wide the window is. */
const READS_WINDOW = new Set(['Gunzip', 'Inflate', 'Unzip']);

function dictionaryOf(dictionary: unknown): Uint8Array | undefined {
  if (dictionary === undefined) return undefined;
  if (ArrayBuffer.isView(dictionary)) return new Uint8Array(dictionary.buffer, dictionary.byteOffset, dictionary.byteLength);
  if (dictionary instanceof ArrayBuffer) return new Uint8Array(dictionary);
  throw invalidArgType('options.dictionary', 'an instance of Buffer, TypedArray, DataView, or ArrayBuffer', dictionary);
}

/** The options of a format (`Gzip`, `BrotliCompress`); what is no number at all is as if it were not given. */
export function optionsOf(format: string, given: ZlibOptions | null | undefined): ZlibOptions {
  const options = { ...given };
  const check = (name: Numbers, least: number, most: number, range = `>= ${least} and <= ${most}`): void => {
    const value: unknown = options[name];
    if (value === undefined || Number.isNaN(value)) {
      delete options[name];
      return;
    }
    if (typeof value !== 'number') throw invalidArgType(`options.${name}`, 'of type number', value);
    if (!Number.isFinite(value)) throw outOfRange(`options.${name}`, 'a finite number', value);
    if (value < least || value > most) throw outOfRange(`options.${name}`, range, value);
  };
  const isBrotli = format.startsWith('Brotli');
  if (!isBrotli) {
    if (READS_WINDOW.has(format) && !options.windowBits) delete options.windowBits;
    check('windowBits', format === 'Gzip' ? 9 : 8, 15);
    check('level', -1, 9);
    check('memLevel', 1, 9);
    check('strategy', 0, 4);
    const dictionary = dictionaryOf(options.dictionary);
    if (dictionary) options.dictionary = dictionary;
  }
  check('chunkSize', MIN_CHUNK, Infinity, `>= ${MIN_CHUNK}`);
  const lastFlush = isBrotli ? 3 : 5;
  check('flush', 0, lastFlush);
  check('finishFlush', 0, lastFlush);
  check('maxOutputLength', 1, MAX_LENGTH);
  return options;
}
