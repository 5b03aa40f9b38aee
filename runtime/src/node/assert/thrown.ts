/** What `throws`, `rejects` and their opposites say of what a function threw. */
import { inspect } from '../../console/inspect';
import { invalidArgType, nodeError, specificType } from '../errors';
import { deepEqual } from './deep-equal';
import { difference } from './difference';
import { fail } from './error';

type Message = string | Error | undefined;
type Expected = Record<string, unknown> | ((error: unknown) => unknown);
/** What was thrown, undefined where nothing was. */
type Caught = { error: unknown } | undefined;

/** What is compared of an error, printed under this name. */
class Comparison {
  [key: string]: unknown;
}

function checkProperties(error: unknown, expected: Record<string, unknown>, message: Message, operator: string): void {
  const unequal = (one: unknown, other: unknown): never => {
    const words = typeof message === 'string' ? message : undefined;
    const text = difference(one, other, false, words);
    return fail({ message: words === undefined ? message : text, actual: error, expected, operator }, text);
  };
  if (typeof error !== 'object' || error === null) return unequal(error, expected);
  const given = error as Record<string, unknown>;
  const keys = Object.keys(expected);
  // What an error says is not among its own keys.
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received ${inspect(expected)}`);
  // A regular expression is tried on text.
  const isText = (key: string): boolean => expected[key] instanceof RegExp && typeof given[key] === 'string';
  const fits = (key: string): boolean => (isText(key) ? (expected[key] as RegExp).test(given[key] as string) : key in given && deepEqual(given[key], expected[key], true));
  if (keys.every(fits)) return;
  const [one, other] = [new Comparison(), new Comparison()];
  for (const key of keys) {
    if (key in given) one[key] = fits(key) ? expected[key] : given[key];
    other[key] = isText(key) && fits(key) ? one[key] : expected[key];
  }
  unequal(one, other);
}

/** Holds an error to what `throws` and `rejects` were given. */
function checkError(error: unknown, expected: Expected, message: Message, operator: string): void {
  if (expected instanceof RegExp) {
    const text = String(error);
    if (!expected.test(text)) fail({ message, actual: error, expected, operator }, `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`);
    return;
  }
  if (typeof expected !== 'function') return checkProperties(error, expected, message, operator);
  if (expected.prototype !== undefined && error instanceof expected) return;
  if (Error.isPrototypeOf(expected)) {
    const name = error instanceof Error ? error.constructor.name : undefined;
    const shown = name ? `"${name}"\n\nError message:\n\n${(error as Error).message}` : `"${inspect(error, { depth: -1 })}"`;
    fail({ message, actual: error, expected, operator }, `The error is expected to be an instance of "${expected.name}". Received ${shown}`);
  }
  const answer = expected(error);
  if (answer === true) return;
  const name = expected.name ? `"${expected.name}" ` : '';
  fail({ message, actual: error, expected, operator }, `The ${name}validation function is expected to return "true". Received ${inspect(answer)}\n\nCaught error:\n\n${String(error)}`);
}

export function thrownBy(run: unknown): Caught {
  if (typeof run !== 'function') throw invalidArgType('fn', 'of type function', run);
  try {
    (run as () => void)();
  } catch (error) {
    return { error };
  }
  return undefined;
}

function isPromise(value: unknown): boolean {
  if (value instanceof Promise) return true;
  const { then, catch: caught } = (typeof value === 'object' && value !== null ? value : {}) as { then?: unknown; catch?: unknown };
  return typeof then === 'function' && typeof caught === 'function';
}

/** What a function throws before it has made its promise is its caller's. */
export async function rejectedBy(promiseFn: unknown): Promise<Caught> {
  const promise = typeof promiseFn === 'function' ? (promiseFn as () => unknown)() : promiseFn;
  if (!isPromise(promise)) {
    if (typeof promiseFn !== 'function') throw invalidArgType('promiseFn', 'of type function or an instance of Promise', promiseFn);
    throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${specificType(promise)}.`);
  }
  try {
    await promise;
  } catch (error) {
    return { error };
  }
  return undefined;
}

/** A text that the error says too may have been meant to be compared with it. */
function checkWords(caught: Caught, given: unknown[]): void {
  const [words] = given;
  if (given.length > 1) throw invalidArgType('error', 'of type function or an instance of Error, RegExp, or Object', words);
  const error = caught?.error;
  const isSaid = typeof error === 'object' && error !== null;
  if (caught && (isSaid ? (error as Error).message : error) === words) {
    throw nodeError(TypeError, 'ERR_AMBIGUOUS_ARGUMENT', `The "error/message" argument is ambiguous. The error ${isSaid ? 'message ' : ''}"${String(words)}" is identical to the message.`);
  }
}

const ending = (message: unknown): string => (message ? `: ${String(message)}` : '.');

/** `throws` and `rejects`; given are the expected error and a message. */
export function expectError(operator: 'throws' | 'rejects', caught: Caught, given: unknown[]): void {
  if (typeof given[0] === 'string') checkWords(caught, given);
  const [expected, message] = (typeof given[0] === 'string' ? [undefined, given[0]] : given) as [Expected | undefined, Message];
  if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw invalidArgType('error', 'of type function or an instance of Error, RegExp, or Object', expected);
  }
  if (!caught) {
    const named = expected?.name ? ` (${String(expected.name)})` : '';
    fail({ expected, operator, message: `Missing expected ${operator === 'rejects' ? 'rejection' : 'exception'}${named}${ending(message)}` });
  }
  if (expected) checkError(caught.error, expected, message, operator);
}

/** Whether an error is one of those that may not be thrown. */
function isUnwanted(error: unknown, expected: unknown): boolean {
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected !== 'function') throw invalidArgType('expected', 'of type function or an instance of RegExp', expected);
  if (expected.prototype !== undefined && error instanceof expected) return true;
  return !Error.isPrototypeOf(expected) && (expected as (error: unknown) => unknown)(error) === true;
}

/** `doesNotThrow` and `doesNotReject`; given are the unwanted error and a message. */
export function expectNoError(operator: 'doesNotThrow' | 'doesNotReject', caught: Caught, given: unknown[]): void {
  if (!caught) return;
  const { error } = caught;
  const [expected, message] = typeof given[0] === 'string' ? [undefined, given[0]] : given;
  if (expected && !isUnwanted(error, expected)) throw error;
  const said: unknown = error && (error as Error).message;
  fail({ actual: error, expected, operator, message: `Got unwanted ${operator === 'doesNotReject' ? 'rejection' : 'exception'}${ending(message)}\nActual message: "${String(said)}"` });
}
