/** Node's `assert`. */
import { inspect } from '../../console/inspect';
import type { Program } from '../../sandbox/program';
import { invalidArgType, nodeError, received } from '../errors';
import { deepEqual } from './deep-equal';
import { AssertionError, fail } from './error';
import { failedExpression } from './expression';
import { expectError, expectNoError, rejectedBy, thrownBy } from './thrown';

type Message = string | Error | undefined;
type Check = (...args: unknown[]) => void;

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
  const comparison = (operator: string, holds: (a: unknown, b: unknown) => boolean): Check =>
    function (...given) {
      const [actual, expected, message] = given;
      if (given.length < 2) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
      if (!holds(actual, expected)) fail({ message: message as Message, actual, expected, operator });
    };
  const strictEqual = comparison('strictEqual', Object.is);
  const notStrictEqual = comparison('notStrictEqual', (a, b) => !Object.is(a, b));
  const deepStrictEqual = comparison('deepStrictEqual', (a, b) => deepEqual(a, b, true));
  const notDeepStrictEqual = comparison('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true));
  const trying = (operator: string, fits: boolean, text: string): Check =>
    function (actual, expected, message) {
      if (!(expected instanceof RegExp)) throw invalidArgType('regexp', 'an instance of RegExp', expected);
      if (typeof actual !== 'string') fail({ message: message as Message, actual, expected, operator }, `The "string" argument must be of type string.${received(actual)}`);
      if (expected.test(actual) !== fits) fail({ message: message as Message, actual, expected, operator }, `The input ${text} the regular expression ${inspect(expected)}. Input:\n\n${inspect(actual)}\n`);
    };
  const match = trying('match', true, 'did not match');
  const doesNotMatch = trying('doesNotMatch', false, 'was expected to not match');
  const rest: Record<string, unknown> = {
    AssertionError,
    ok,
    fail: (message: Message) => fail({ message, operator: 'fail' }, 'Failed'),
    equal: comparison('==', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b))),
    notEqual: comparison('!=', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b))),
    deepEqual: comparison('deepEqual', (a, b) => deepEqual(a, b, false)),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !deepEqual(a, b, false)),
    strictEqual,
    notStrictEqual,
    deepStrictEqual,
    notDeepStrictEqual,
    match,
    doesNotMatch,
    throws: (run: unknown, ...given: unknown[]) => expectError('throws', thrownBy(run), given),
    doesNotThrow: (run: unknown, ...given: unknown[]) => expectNoError('doesNotThrow', thrownBy(run), given),
    rejects: async (run: unknown, ...given: unknown[]) => expectError('rejects', await rejectedBy(run), given),
    doesNotReject: async (run: unknown, ...given: unknown[]) => expectNoError('doesNotReject', await rejectedBy(run), given),
    ifError: (value: unknown) => {
      if (value === null || value === undefined) return;
      const said = typeof (value as Error).message === 'string' ? (value as Error).message || value.constructor.name : inspect(value);
      fail({ actual: value, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${said}` });
    },
  };
  const assert = Object.assign((...given: unknown[]) => check(given), rest);
  const strict = Object.assign((...given: unknown[]) => check(given), rest, {
    equal: strictEqual, notEqual: notStrictEqual, deepEqual: deepStrictEqual, notDeepEqual: notDeepStrictEqual,
  });
  return Object.assign(assert, { strict: Object.assign(strict, { strict }) });
}
