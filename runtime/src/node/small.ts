/** Node modules of a few lines: readline, tty. */
import { nodeError } from './errors';

export function makeReadline(): object {
  const createInterface = (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'There is no keyboard input here: pass values as arguments (process.argv) instead');
  };
  return { createInterface, clearLine: () => true, cursorTo: () => true, promises: { createInterface } };
}

export function makeTty(): object {
  return { isatty: () => false, ReadStream: class ReadStream {}, WriteStream: class WriteStream {} };
}
