/** `AssertionError`: what was compared, and how that is said. */
import { inspect } from '../../console/inspect';
import { invalidArgType } from '../errors';
import { difference, isReference, likeness, looseDifference, looseLikeness, looseTest } from './difference';

interface Details {
  message?: string | Error | null | undefined;
  actual?: unknown;
  expected?: unknown;
  operator?: string | undefined;
}

/** Where both are errors, both without their stacks, which always differ. */
function withoutStacks(pair: [actual: unknown, expected: unknown]): [actual: unknown, expected: unknown] {
  if (!pair.every((value) => value instanceof Error)) return pair;
  return pair.map((error) => {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(error) as object) as object, error);
    return Object.defineProperty(copy, 'message', { value: (error as Error).message });
  }) as [unknown, unknown];
}

type Text = (actual: unknown, expected: unknown, words?: string) => string;

/** How the values are told that an operator compared. */
const TEXTS: Record<string, Text> = {
  strictEqual: (actual, expected, words) => difference(actual, expected, true, words),
  notStrictEqual: (actual) => likeness(isReference(actual) ? 'Expected "actual" not to be reference-equal to "expected":' : 'Expected "actual" to be strictly unequal to:', actual),
  deepStrictEqual: (actual, expected, words) => difference(actual, expected, false, words),
  notDeepStrictEqual: (actual) => likeness('Expected "actual" not to be strictly deep-equal to:', actual),
  deepEqual: looseDifference,
  notDeepEqual: looseLikeness,
};
/** These tell how the values differ below a program's own words. */
const TELLS_BOTH = new Set(['strictEqual', 'deepStrictEqual']);

function textOf({ message, actual, expected, operator = 'undefined' }: Details): string {
  const words = message === undefined || message === null ? undefined : String(message);
  if (words !== undefined && !TELLS_BOTH.has(operator)) return words;
  const values: [unknown, unknown] = words === undefined ? withoutStacks([actual, expected]) : [actual, expected];
  return Object.hasOwn(TEXTS, operator) ? TEXTS[operator]!(...values, words) : looseTest(values[0], operator, values[1]);
}

export class AssertionError extends Error {
  generatedMessage: boolean;
  code = 'ERR_ASSERTION';
  actual: unknown;
  expected: unknown;
  operator: string | undefined;
  constructor(details: Details) {
    if (typeof (details as unknown) !== 'object' || (details as unknown) === null) throw invalidArgType('options', 'of type object', details);
    super(textOf(details));
    this.generatedMessage = !details.message;
    Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true });
    this.actual = details.actual;
    this.expected = details.expected;
    this.operator = details.operator;
    if (typeof this.stack === 'string') this.stack = this.stack.replace(/^(?:Assertion)?Error/, 'AssertionError [ERR_ASSERTION]');
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  /** What was compared is only named. */
  [inspect.custom](_depth: number | null, options: object): string {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

/** Throws a program's own error, or one with its words; without them, with this text or what the operator says. */
export function fail(details: Details, text?: string): never {
  if (details.message instanceof Error) throw details.message;
  const error = new AssertionError({ ...details, message: details.message ?? text });
  error.generatedMessage = details.message === undefined;
  throw error;
}
