/** Deep equality as `assert` and `util.isDeepStrictEqual` define it. */

type Seen = Map<unknown, unknown>;

function keys(value: object): PropertyKey[] {
  return [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [left, right] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) as [Uint8Array, Uint8Array];
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** Zeros of both signs are the same to a loose comparison. */
function sameFloats(a: ArrayBufferView, b: ArrayBufferView): boolean | undefined {
  for (const Floats of [Float32Array, Float64Array]) {
    if (a instanceof Floats && b instanceof Floats) return a.length === b.length && a.every((number, at) => number === b[at] || (Number.isNaN(number) && Number.isNaN(b[at])));
  }
  return undefined;
}

export function deepEqual(a: unknown, b: unknown, strict: boolean, seen: Seen = new Map()): boolean {
  if (strict ? Object.is(a, b) : a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return !strict && typeof a !== 'function' && a == b;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const isSame = (strict ? undefined : sameFloats(a, b)) ?? sameBytes(a, b);
    // Of the rest only what a program has put on them.
    const [left, right] = [a, b].map((view) => Object.keys(view).slice((view as Uint8Array).length ?? 0)) as [string[], string[]];
    return isSame && left.length === right.length && left.every((key) => Object.hasOwn(b, key) && deepEqual(a[key as never], b[key as never], strict, seen));
  }
  for (const Box of [Number, String, Boolean]) {
    if (a instanceof Box || b instanceof Box) if (!(a instanceof Box && b instanceof Box) || !Object.is(a.valueOf(), b.valueOf())) return false;
  }
  if (a instanceof Map && b instanceof Map) {
    if (a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.has(key) ? key : [...b.keys()].find((candidate) => deepEqual(key, candidate, strict, seen));
      if (other === undefined && !b.has(undefined)) return false;
      if (!deepEqual(value, b.get(other), strict, seen)) return false;
    }
  }
  if (a instanceof Set && b instanceof Set) {
    if (a.size !== b.size) return false;
    for (const item of a) if (!b.has(item) && ![...b].some((other) => deepEqual(item, other, strict, seen))) return false;
  }
  const own = keys(a);
  if (own.length !== keys(b).length) return false;
  return own.every((key) => Object.hasOwn(b, key) && deepEqual(a[key as never], b[key as never], strict, seen));
}
