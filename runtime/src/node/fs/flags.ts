/** How a file is opened: Node's letters, or the numbers of `fs.constants`. */
import { nodeError } from '../errors';

export const CONSTANTS = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024 };

const LETTERS = /^(?:r|rs|sr|w|wx|xw|a|ax|xa|as|sa)\+?$/;

/** The letters; throws for others. */
export function flagsOf(given: unknown): string {
  if (typeof given === 'number') {
    const { O_WRONLY, O_RDWR, O_EXCL, O_APPEND, O_TRUNC, O_CREAT } = CONSTANTS;
    const kind = given & O_APPEND ? 'a' : given & (O_TRUNC | O_CREAT) && given & (O_WRONLY | O_RDWR) ? 'w' : 'r';
    return `${kind}${given & O_EXCL ? 'x' : ''}${given & O_RDWR ? '+' : ''}`;
  }
  if (typeof given === 'string' && LETTERS.test(given)) return given;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'flags' is invalid. Received ${typeof given === 'string' ? `'${given}'` : String(given)}`);
}
