/** Node's `assert`. */
import { inspect } from '../../console/inspect';
import type { Program } from '../../sandbox/program';
import { invalidArgType, nodeError, received } from '../errors';
import { deepEqual } from './deep-equal';
import { difference, likeness, looseDifference, looseLikeness, looseTest } from './difference';
import { failedExpression } from './expression';

interface Details {
  message?: string | Error | undefined;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
}

class AssertionError extends Error {
  generatedMessage = false;
  code = 'ERR_ASSERTION';
  actual: unknown;
  expected: unknown;
  operator: string | undefined;
  constructor(details: Details) {
    super(String(details.message));
    Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true });
    this.actual = details.actual;
    this.expected = details.expected;
    this.operator = details.operator;
    if (typeof this.stack === 'string') this.stack = this.stack.replace(/^(?:Assertion)?Error/, 'AssertionError [ERR_ASSERTION]');
  }

  /** What was compared is only named. */
  [inspect.custom](_depth: number | null, options: object): string {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

/** These tell how the values differ below a program's own words. */
const TELLS_BOTH = new Set(['strictEqual', 'deepStrictEqual']);

type Message = string | Error | undefined;
type Check = (...args: unknown[]) => void;

function fail(details: Details, text: string): never {
  if (details.message instanceof Error) throw details.message;
  const error = new AssertionError({ ...details, message: details.message ?? text });
  error.generatedMessage = details.message === undefined;
  throw error;
}

/** Where both are errors, both without their stacks, which always differ. */
function withoutStacks(pair: [actual: unknown, expected: unknown]): [actual: unknown, expected: unknown] {
  if (!pair.every((value) => value instanceof Error)) return pair;
  return pair.map((error) => {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(error) as object) as object, error);
    return Object.defineProperty(copy, 'message', { value: (error as Error).message });
  }) as [unknown, unknown];
}

/** What is compared of an error, printed under this name. */
class Comparison {
  [key: string]: unknown;
}

/** Holds an error to an object's properties; a regular expression is tried on text. */
function checkProperties(error: unknown, expected: Record<string, unknown>, message: Message, operator: string): void {
  const given = error as Record<string, unknown>;
  const keys = Object.keys(expected);
  // What an error says is not among its own keys.
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received {}`);
  const isText = (key: string): boolean => expected[key] instanceof RegExp && typeof given[key] === 'string';
  const fits = (key: string): boolean => (isText(key) ? (expected[key] as RegExp).test(given[key] as string) : key in given && deepEqual(given[key], expected[key], true));
  if (keys.every(fits)) return;
  const [one, other] = [new Comparison(), new Comparison()];
  for (const key of keys) {
    if (key in given) one[key] = fits(key) ? expected[key] : given[key];
    other[key] = isText(key) && fits(key) ? one[key] : expected[key];
  }
  fail({ message, actual: error, expected, operator }, difference(one, other, false));
}

/** Holds an error to what `throws` and `rejects` were given. */
function checkError(error: unknown, expected: unknown, message: Message, operator: string): void {
  if (expected === undefined) return;
  if (expected instanceof RegExp) {
    const text = String(error);
    if (!expected.test(text)) fail({ message, actual: error, expected, operator }, `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`);
    return;
  }
  if (typeof expected !== 'function') return checkProperties(error, expected as Record<string, unknown>, message, operator);
  if (expected.prototype !== undefined && error instanceof (expected as new () => object)) return;
  if (Error.isPrototypeOf(expected)) {
    const name = error instanceof Error ? error.constructor.name : undefined;
    const shown = name ? `"${name}"\n\nError message:\n\n${(error as Error).message}` : `"${inspect(error, { depth: -1 })}"`;
    fail({ message, actual: error, expected, operator }, `The error is expected to be an instance of "${expected.name}". Received ${shown}`);
  }
  const answer: unknown = (expected as (error: unknown) => unknown)(error);
  if (answer === true) return;
  const name = expected.name ? `"${expected.name}" ` : '';
  fail({ message, actual: error, expected, operator }, `The ${name}validation function is expected to return "true". Received ${inspect(answer)}\n\nCaught error:\n\n${String(error)}`);
}

export function makeAssert(program: Program): object {
  function check(given: unknown[]): void {
    const [value, message] = given;
    if (value) return;
    const details = { message: message as Message, actual: value, expected: true, operator: '==' };
    if (given.length === 0) fail(details, 'No value argument passed to `assert.ok()`');
    const expression = message === undefined ? failedExpression(program) : undefined;
    fail(details, `The expression evaluated to a falsy value${expression ? `:\n\n  ${expression}\n` : ''}`);
  }
  const ok: Check = (...given) => check(given);
  const comparison = (operator: string, holds: (a: unknown, b: unknown) => boolean, text: (a: unknown, b: unknown, words?: string) => string): Check =>
    function (...given) {
      const [actual, expected, message] = given;
      if (given.length < 2) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
      if (holds(actual, expected)) return;
      const values = withoutStacks([actual, expected]);
      const words = typeof message === 'string' && TELLS_BOTH.has(operator) ? text(...values, message) : (message as Message);
      fail({ message: words, actual, expected, operator }, text(...values));
    };
  const isReference = (value: unknown): boolean => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const strictEqual = comparison('strictEqual', Object.is, (a, b, words) => difference(a, b, true, words));
  const notStrictEqual = comparison('notStrictEqual', (a, b) => !Object.is(a, b), (a) =>
    likeness(isReference(a) ? 'Expected "actual" not to be reference-equal to "expected":' : 'Expected "actual" to be strictly unequal to:', a));
  const deepStrictEqual = comparison('deepStrictEqual', (a, b) => deepEqual(a, b, true), (a, b, words) => difference(a, b, false, words));
  const notDeepStrictEqual = comparison('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true), (a) => likeness('Expected "actual" not to be strictly deep-equal to:', a));
  const trying = (operator: string, fits: boolean, text: string): Check =>
    function (actual, expected, message) {
      if (!(expected instanceof RegExp)) throw invalidArgType('regexp', 'an instance of RegExp', expected);
      if (typeof actual !== 'string') fail({ message: message as Message, actual, expected, operator }, `The "string" argument must be of type string.${received(actual)}`);
      if (expected.test(actual) !== fits) fail({ message: message as Message, actual, expected, operator }, `The input ${text} the regular expression ${inspect(expected)}. Input:\n\n${inspect(actual)}\n`);
    };
  const match = trying('match', true, 'did not match');
  const doesNotMatch = trying('doesNotMatch', false, 'was expected to not match');

  const thrown = (run: unknown): { error: unknown } | undefined => {
    if (typeof run !== 'function') throw invalidArgType('fn', 'of type function', run);
    try {
      (run as () => void)();
    } catch (error) {
      return { error };
    }
    return undefined;
  };
  const rejected = async (work: unknown): Promise<{ error: unknown } | undefined> => {
    try {
      await (typeof work === 'function' ? (work as () => unknown)() : work);
    } catch (error) {
      return { error };
    }
    return undefined;
  };
  const judge = (caught: { error: unknown } | undefined, given: unknown, message: unknown, operator: string): void => {
    const [expected, text] = typeof given === 'string' ? [undefined, given] : [given, message as Message];
    if (caught) return checkError(caught.error, expected, text, operator);
    const named = typeof expected === 'function' && expected.name ? ` (${expected.name})` : '';
    const what = operator === 'rejects' ? 'rejection' : 'exception';
    fail({ expected, operator, message: undefined }, `Missing expected ${what}${named}${text ? `: ${String(text)}` : '.'}`);
  };
  const unwanted = (caught: { error: unknown } | undefined, message: unknown, operator: string): void => {
    if (!caught) return;
    const what = operator === 'doesNotReject' ? 'rejection' : 'exception';
    const text = typeof message === 'string' ? `: ${message}` : '.';
    fail({ actual: caught.error, operator }, `Got unwanted ${what}${text}\nActual message: "${String((caught.error as Error | undefined)?.message)}"`);
  };
  const rest: Record<string, unknown> = {
    AssertionError,
    ok,
    fail: (message: Message) => fail({ message, operator: 'fail' }, 'Failed'),
    equal: comparison('==', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b)), (a, b) => looseTest(a, '==', b)),
    notEqual: comparison('!=', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b)), (a, b) => looseTest(a, '!=', b)),
    deepEqual: comparison('deepEqual', (a, b) => deepEqual(a, b, false), looseDifference),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !deepEqual(a, b, false), looseLikeness),
    strictEqual,
    notStrictEqual,
    deepStrictEqual,
    notDeepStrictEqual,
    match,
    doesNotMatch,
    throws: (run: unknown, expected?: unknown, message?: unknown) => judge(thrown(run), expected, message, 'throws'),
    doesNotThrow: (run: unknown, given?: unknown, message?: unknown) => unwanted(thrown(run), message ?? given, 'doesNotThrow'),
    rejects: async (work: unknown, expected?: unknown, message?: unknown) => judge(await rejected(work), expected, message, 'rejects'),
    doesNotReject: async (work: unknown, given?: unknown, message?: unknown) => unwanted(await rejected(work), message ?? given, 'doesNotReject'),
    ifError: (value: unknown) => {
      if (value !== null && value !== undefined) fail({ actual: value, expected: null, operator: 'ifError' }, `ifError got unwanted exception: ${typeof (value as Error).message === 'string' ? (value as Error).message || value.constructor.name : inspect(value)}`);
    },
  };
  const assert = Object.assign((...given: unknown[]) => check(given), rest);
  const strict = Object.assign((...given: unknown[]) => check(given), rest, {
    equal: strictEqual, notEqual: notStrictEqual, deepEqual: deepStrictEqual, notDeepEqual: notDeepStrictEqual,
  });
  return Object.assign(assert, { strict: Object.assign(strict, { strict }) });
}
