/** How a file is opened: Node's letters, or the numbers of `fs.constants`. */
import { inspect } from '../../console/inspect';
import { nodeError, outOfRange } from '../errors';

export const CONSTANTS = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024 };

const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND } = CONSTANTS;
const LETTERS = /^(?:r|rs|sr|w|wx|xw|a|ax|xa|as|sa)\+?$/;
const MOST = 2 ** 31;

export interface Flags {
  creates: boolean;
  /** Refuses a file that is there. */
  exclusive: boolean;
  truncates: boolean;
  appends: boolean;
  reads: boolean;
  writes: boolean;
}

/** The number that letters stand for, or the number itself; throws for others. */
function numberOf(given: unknown): number {
  if (given === undefined || given === null) return O_RDONLY;
  if (typeof given === 'number') {
    if (!Number.isInteger(given)) throw outOfRange('flags', 'an integer', given);
    if (given < -MOST || given >= MOST) throw outOfRange('flags', `>= ${-MOST} && <= ${MOST - 1}`, given);
    return given;
  }
  if (typeof given !== 'string' || !LETTERS.test(given)) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'flags' is invalid. Received ${inspect(given)}`);
  const kind = given.includes('w') ? O_CREAT | O_TRUNC : given.includes('a') ? O_CREAT | O_APPEND : 0;
  const access = given.endsWith('+') ? O_RDWR : kind === 0 ? O_RDONLY : O_WRONLY;
  return kind | access | (given.includes('x') ? O_EXCL : 0);
}

export function flagsOf(given: unknown): Flags {
  const number = numberOf(given);
  const has = (flag: number): boolean => (number & flag) !== 0;
  const access = number & (O_WRONLY | O_RDWR);
  return {
    creates: has(O_CREAT),
    exclusive: has(O_CREAT) && has(O_EXCL),
    truncates: has(O_TRUNC),
    appends: has(O_APPEND),
    reads: access === O_RDONLY || access === O_RDWR,
    writes: access === O_WRONLY || access === O_RDWR,
  };
}
