/** Errors with Node's codes and wording. */

type ErrorKind = ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor | SyntaxErrorConstructor;
export type CodedError = Error & { code: string };

/** An error as Node's internals make it: its stack begins `TypeError [CODE]: message`, its name stays `TypeError`. */
export function nodeError(Kind: ErrorKind, code: string, message: string, more: object = {}): CodedError {
  const error = new Kind(message) as CodedError;
  (Error as { captureStackTrace?: (target: object, below: unknown) => void }).captureStackTrace?.(error, nodeError);
  const { name } = error;
  const frames = String(error.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line));
  Object.defineProperty(error, 'stack', {
    value: [`${name} [${code}]: ${message}`, ...frames].join('\n'),
    writable: true,
    configurable: true,
  });
  Object.defineProperty(error, 'toString', { value: () => `${name} [${code}]: ${message}`, configurable: true, writable: true });
  return Object.assign(error, { code }, more);
}

const SYSTEM: Record<string, [errno: number, text: string]> = {
  ENOENT: [-2, 'no such file or directory'],
  EEXIST: [-17, 'file already exists'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ENOTDIR: [-20, 'not a directory'],
  ENOTEMPTY: [-39, 'directory not empty'],
  EBADF: [-9, 'bad file descriptor'],
  EINVAL: [-22, 'invalid argument'],
  EACCES: [-13, 'permission denied'],
  EPERM: [-1, 'operation not permitted'],
  ENAMETOOLONG: [-36, 'name too long'],
  EROFS: [-30, 'read-only file system'],
  EADDRINUSE: [-98, 'address already in use'],
  ECONNREFUSED: [-111, ''],
  ENOTFOUND: [-3008, ''],
};

/** An error of a system call on files: `ENOENT: no such file or directory, open 'x'`. */
export function systemError(code: string, syscall: string, path?: string, dest?: string): CodedError {
  const [errno, text] = SYSTEM[code] ?? [-1, code];
  const where = path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const error = new Error(`${code}: ${text}, ${syscall}${where}`);
  (Error as { captureStackTrace?: (target: object, below: unknown) => void }).captureStackTrace?.(error, systemError);
  return Object.assign(error, { errno, code, syscall, ...(path === undefined ? {} : { path }), ...(dest === undefined ? {} : { dest }) }) as CodedError;
}

export function errnoOf(code: string): number {
  return SYSTEM[code]?.[0] ?? -1;
}

/** How Node names a value that it refuses: `type number (3)`. */
export function specificType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = (value as object).constructor?.name;
    return name ? `an instance of ${name}` : '[Object: null prototype] {}';
  }
  let text = typeof value === 'string' ? `'${value.length > 28 ? `${value.slice(0, 25)}...` : value}'` : String(value);
  if (typeof value === 'bigint') text += 'n';
  return `type ${typeof value} (${text})`;
}

export const received = (value: unknown): string => ` Received ${specificType(value)}`;

/** `The "chunk" argument must be of type string …` */
export function invalidArgType(name: string, expected: string, value: unknown): CodedError {
  const kind = name.includes('.') ? 'property' : 'argument';
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${expected}.${received(value)}`);
}

/** The error of what an AbortSignal stopped. */
export function abortError(signal?: AbortSignal): CodedError {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted', signal?.reason === undefined ? {} : { cause: signal.reason as unknown });
  return Object.assign(error, { name: 'AbortError' });
}

/** `The value of "size" is out of range. It must be >= 0. Received -1`; long numbers are written in groups. */
export function outOfRange(name: string, range: string, value: unknown): CodedError {
  const isLong = typeof value === 'bigint' ? value > 2n ** 32n || value < -(2n ** 32n) : Number.isInteger(value) && Math.abs(value as number) > 2 ** 32;
  let shown = isLong ? String(value).replace(/\B(?=(?:\d{3})+$)/g, '_') : typeof value === 'string' ? `'${value}'` : String(value);
  if (typeof value === 'bigint') shown += 'n';
  return nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}
