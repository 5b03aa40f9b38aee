/** Deep equality as `assert` and `util.isDeepStrictEqual` define it. */
import { ownNames } from '../buffer/own-names';

/** With what each object is being compared, further out: what goes in a circle is the same until it differs. */
type Seen = Map<object, object[]>;

const NOTHING: object[] = [];
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const tagOf = (value: object): string => Object.prototype.toString.call(value);
const isEnumerable = Object.prototype.propertyIsEnumerable;

function keysOf(value: object, strict: boolean): PropertyKey[] {
  const names = ArrayBuffer.isView(value) ? ownNames(value) : [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((key) => isEnumerable.call(value, key))];
  return strict ? names : names.filter((name) => typeof name === 'string');
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/** Zeros of both signs are the same to a loose comparison. */
function sameFloats(a: ArrayBufferView, b: ArrayBufferView): boolean | undefined {
  for (const Floats of [Float32Array, Float64Array]) {
    if (a instanceof Floats && b instanceof Floats) return a.length === b.length && a.every((number, at) => number === b[at] || (Number.isNaN(number) && Number.isNaN(b[at])));
  }
  return undefined;
}

/** Whether each item has another for itself. */
function arePaired<Item>(items: Item[], others: Item[], isSame: (item: Item, other: Item) => boolean): boolean {
  const left = [...others];
  return items.length === left.length && items.every((item) => {
    const at = left.findIndex((other) => isSame(item, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

type Same = (a: unknown, b: unknown) => boolean;

function sameMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, same: Same): boolean {
  const matched = new Set([...a].filter(([key, value]) => b.has(key) && same(value, b.get(key))).map(([key]) => key));
  const rest = (map: Map<unknown, unknown>): [unknown, unknown][] => [...map].filter(([key]) => !matched.has(key));
  return a.size === b.size && arePaired(rest(a), rest(b), ([key, value], [otherKey, otherValue]) => same(key, otherKey) && same(value, otherValue));
}

function sameSets(a: Set<unknown>, b: Set<unknown>, same: Same): boolean {
  return a.size === b.size && arePaired([...a].filter((item) => !b.has(item)), [...b].filter((item) => !a.has(item)), same);
}

/** What an object holds besides its properties; both are of the kind that the tag says. */
function sameInside(tag: string, a: object, b: object, strict: boolean, seen: Seen): boolean {
  if (Array.isArray(a)) return a.length === (b as unknown[]).length;
  const isError = a instanceof Error;
  if (tag === '[object Object]' && !isError) return true;
  const same: Same = (one, other) => deepEqual(one, other, strict, seen);
  if (isError) return ['message', 'name', 'cause', 'errors'].every((key) => same(a[key as never], b[key as never]));
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return (strict ? undefined : sameFloats(a, b)) ?? sameBytes(bytesOf(a), bytesOf(b));
  if (/ (?:Shared)?ArrayBuffer\]/.test(tag)) return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
  if (a instanceof Map && b instanceof Map) return sameMaps(a, b, same);
  if (a instanceof Set && b instanceof Set) return sameSets(a, b, same);
  if (a instanceof URL && b instanceof URL) return a.href === b.href;
  for (const Box of [Number, String, Boolean, BigInt, Symbol]) if (a instanceof Box) return b instanceof Box && Object.is(a.valueOf(), b.valueOf());
  return true;
}

export function deepEqual(a: unknown, b: unknown, strict: boolean, seen: Seen = new Map()): boolean {
  if (strict ? Object.is(a, b) : a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (!isObject(a) || !isObject(b)) return !strict && !isObject(a) && !isObject(b) && a == b;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const tag = tagOf(a);
  if (tag !== tagOf(b) || Array.isArray(a) !== Array.isArray(b) || a instanceof Error !== b instanceof Error) return false;
  const others = seen.get(a) ?? NOTHING;
  if (others.includes(b)) return true;
  seen.set(a, others === NOTHING ? [b] : [...others, b]);
  const keys = keysOf(a, strict);
  const isSame = sameInside(tag, a, b, strict, seen) && keys.length === keysOf(b, strict).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key as never], b[key as never], strict, seen));
  if (others.length > 0) seen.set(a, others);
  else seen.delete(a);
  return isSame;
}
