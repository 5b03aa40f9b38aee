/** Node's `assert`. */
import { inspect } from '../console/inspect';
import { deepEqual } from './deep-equal';
import { invalidArgType } from './errors';

interface Details {
  message?: string | Error | undefined;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
}

class AssertionError extends Error {
  code = 'ERR_ASSERTION';
  generatedMessage: boolean;
  actual: unknown;
  expected: unknown;
  operator: string | undefined;
  constructor(details: Details) {
    super(String(details.message));
    Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true });
    this.generatedMessage = false;
    this.actual = details.actual;
    this.expected = details.expected;
    this.operator = details.operator;
    if (typeof this.stack === 'string') this.stack = this.stack.replace(/^Error/, 'AssertionError [ERR_ASSERTION]');
  }
}

type Message = string | Error | undefined;
type Check = (...args: unknown[]) => void;

function fail(details: Details, text: string): never {
  if (details.message instanceof Error) throw details.message;
  const error = new AssertionError({ ...details, message: details.message ?? text });
  error.generatedMessage = details.message === undefined;
  throw error;
}

const pair = (a: unknown, b: unknown): string => `${inspect(a)} !== ${inspect(b)}`;
const both = (a: unknown, b: unknown): string => `+ actual - expected\n\n+ ${inspect(a).replaceAll('\n', '\n+ ')}\n- ${inspect(b).replaceAll('\n', '\n- ')}`;

function matches(error: unknown, expected: unknown): boolean {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof (expected as new () => object)) return true;
    if (Error.isPrototypeOf(expected)) return false;
    return (expected as (error: unknown) => unknown)(error) === true;
  }
  return Object.entries(expected as object).every(([key, value]) => {
    const actual = (error as Record<string, unknown> | undefined)?.[key];
    return value instanceof RegExp && typeof actual === 'string' ? value.test(actual) : deepEqual(actual, value, true);
  });
}

export function makeAssert(): object {
  const ok: Check = (value, message) => {
    if (!value) fail({ message: message as Message, actual: value, expected: true, operator: '==' }, 'The expression evaluated to a falsy value');
  };
  const comparison = (operator: string, holds: (a: unknown, b: unknown) => boolean, text: (a: unknown, b: unknown) => string): Check =>
    function check(actual, expected, message) {
      if (!holds(actual, expected)) fail({ message: message as Message, actual, expected, operator }, text(actual, expected));
    };
  const strictEqual = comparison('strictEqual', Object.is, (a, b) => `Expected values to be strictly equal:\n\n${pair(a, b)}\n`);
  const notStrictEqual = comparison('notStrictEqual', (a, b) => !Object.is(a, b), (a) => `Expected "actual" to be strictly unequal to: ${inspect(a)}`);
  const deepStrictEqual = comparison('deepStrictEqual', (a, b) => deepEqual(a, b, true), (a, b) => `Expected values to be strictly deep-equal:\n${both(a, b)}`);
  const notDeepStrictEqual = comparison('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true), (a) => `Expected "actual" not to be strictly deep-equal to: ${inspect(a)}`);
  const match = comparison('match', (a, b) => (b as RegExp).test(String(a)), (a, b) => `The input did not match the regular expression ${String(b)}. Input:\n\n${inspect(a)}\n`);
  const doesNotMatch = comparison('doesNotMatch', (a, b) => !(b as RegExp).test(String(a)), (a, b) => `The input was expected to not match the regular expression ${String(b)}. Input:\n\n${inspect(a)}\n`);

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
  const judge = (caught: { error: unknown } | undefined, expected: unknown, message: unknown, what: string): void => {
    const wanted = typeof expected === 'string' ? undefined : expected;
    const text = (typeof expected === 'string' ? expected : message) as Message;
    if (!caught) fail({ message: text, operator: what }, `Missing expected ${what === 'rejects' ? 'rejection' : 'exception'}.`);
    if (!matches(caught.error, wanted)) {
      if (typeof wanted === 'function') throw caught.error;
      fail({ message: text, actual: caught.error, expected: wanted, operator: what }, `The error is expected to match ${inspect(wanted)}. Received:\n\n${inspect(caught.error)}`);
    }
  };
  const rest: Record<string, unknown> = {
    AssertionError,
    ok,
    fail: (message: Message = 'Failed') => fail({ message, operator: 'fail' }, 'Failed'),
    equal: comparison('==', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b)), (a, b) => `${inspect(a)} == ${inspect(b)}`),
    notEqual: comparison('!=', (a, b) => a != b, (a, b) => `${inspect(a)} != ${inspect(b)}`),
    deepEqual: comparison('deepEqual', (a, b) => deepEqual(a, b, false), (a, b) => `Expected values to be loosely deep-equal:\n\n${inspect(a)}\n\nshould loosely deep-equal\n\n${inspect(b)}`),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !deepEqual(a, b, false), (a) => `Expected "actual" not to be loosely deep-equal to: ${inspect(a)}`),
    strictEqual,
    notStrictEqual,
    deepStrictEqual,
    notDeepStrictEqual,
    match,
    doesNotMatch,
    throws: (run: unknown, expected?: unknown, message?: unknown) => judge(thrown(run), expected, message, 'throws'),
    doesNotThrow: (run: unknown) => {
      const caught = thrown(run);
      if (caught) fail({ operator: 'doesNotThrow' }, `Got unwanted exception.\nActual message: "${String((caught.error as Error).message)}"`);
    },
    rejects: async (work: unknown, expected?: unknown, message?: unknown) => judge(await rejected(work), expected, message, 'rejects'),
    doesNotReject: async (work: unknown) => {
      const caught = await rejected(work);
      if (caught) fail({ operator: 'doesNotReject' }, `Got unwanted rejection.\nActual message: "${String((caught.error as Error).message)}"`);
    },
    ifError: (value: unknown) => {
      if (value !== null && value !== undefined) fail({ actual: value, operator: 'ifError' }, `ifError got unwanted exception: ${String((value as Error).message ?? value)}`);
    },
  };
  const assert = Object.assign((value: unknown, message?: unknown) => ok(value, message), rest);
  const strict = Object.assign((value: unknown, message?: unknown) => ok(value, message), rest, {
    equal: strictEqual, notEqual: notStrictEqual, deepEqual: deepStrictEqual, notDeepEqual: notDeepStrictEqual,
  });
  return Object.assign(assert, { strict: Object.assign(strict, { strict }) });
}
