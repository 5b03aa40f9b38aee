/** What the functions of `fs` take as options. */
import { isEncoding } from '../buffer/checks';
import { invalidArgType, nodeError, outOfRange } from '../errors';

export interface Options {
  encoding?: string | null;
  flag?: string | number | null;
  recursive?: boolean;
  force?: boolean;
  withFileTypes?: boolean;
  throwIfNoEntry?: boolean;
}
export type Given = string | Options | null | undefined;

export const optionsOf = (given: Given): Options => (typeof given === 'string' ? { encoding: given } : (given ?? {}));

export function checkFileEncoding(encoding: unknown): void {
  if (!encoding || encoding === 'buffer' || isEncoding(encoding)) return;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid encoding. Received '${String(encoding)}'`);
}

/** A place in a file, or a descriptor. */
export function checkWhole(value: unknown, name: string, most = Number.MAX_SAFE_INTEGER): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0 || value > most) throw outOfRange(name, `>= 0 && <= ${most}`, value);
}
