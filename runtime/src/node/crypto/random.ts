/** Randomness from the sandbox's source, and the comparison that takes the same time for any bytes. */
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError, outOfRange } from '../errors';
import { callback, type Done } from './data';
import { randomUuid } from './web';

/** Widest range of `randomInt`. */
const WIDEST = 2 ** 48 - 1;
/** Most bytes at once. */
const MOST = 2 ** 31 - 1;

export function timingSafeEqual(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b].map((one, at) => {
    if (ArrayBuffer.isView(one)) return new Uint8Array(one.buffer, one.byteOffset, one.byteLength);
    if (one instanceof ArrayBuffer) return new Uint8Array(one);
    // Node does not say what it received.
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf${at + 1}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }) as [Uint8Array, Uint8Array];
  if (left.length !== right.length) throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  let difference = 0;
  for (let at = 0; at < left.length; at += 1) difference |= left[at]! ^ right[at]!;
  return difference === 0;
}

function safe(name: string, value: unknown): asserts value is number {
  if (!Number.isSafeInteger(value)) throw invalidArgType(name, 'a safe integer', value);
}

export function makeRandom(program: Program): Record<string, unknown> {
  const { random } = program.world;

  function randomBytes(size: unknown, done?: Done): unknown {
    if (typeof size !== 'number') throw invalidArgType('size', 'of type number', size);
    if (!(size >= 0 && size <= MOST)) throw outOfRange('size', `>= 0 && <= ${MOST}`, size);
    if (done !== undefined) callback(done);
    const made = random.fill(Buffer.alloc(size));
    if (!done) return made;
    return program.post(() => done(null, made));
  }

  function randomInt(low: unknown, high?: unknown, done?: Done): unknown {
    const [min, max] = high === undefined || typeof high === 'function' ? [0, low] : [low, high];
    const answer = typeof high === 'function' ? (high as Done) : done;
    safe('min', min);
    safe('max', max);
    if (answer !== undefined) callback(answer);
    if (max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
    if (max - min > WIDEST) throw outOfRange('max - min', `<= ${WIDEST}`, max - min);
    const made = min + Math.floor(random.next() * (max - min));
    if (!answer) return made;
    return program.post(() => answer(undefined as unknown as null, made));
  }

  function randomFillSync<T extends ArrayBufferView>(view: T, offset = 0, size?: number): T {
    if (!ArrayBuffer.isView(view)) throw invalidArgType('buf', 'an instance of ArrayBuffer or ArrayBufferView', view);
    const width = (view as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
    const from = offset * width;
    const length = size === undefined ? view.byteLength - from : size * width;
    if (from > view.byteLength) throw outOfRange('offset', `>= 0 && <= ${view.byteLength}`, from);
    if (from + length > view.byteLength) throw outOfRange('size + offset', `<= ${view.byteLength}`, from + length);
    random.fill(new Uint8Array(view.buffer, view.byteOffset + from, length));
    return view;
  }

  return {
    randomBytes,
    pseudoRandomBytes: randomBytes,
    randomInt,
    randomFillSync,
    randomFill(view: ArrayBufferView, ...rest: unknown[]) {
      const done = rest.pop() as Done;
      callback(done);
      randomFillSync(view, ...(rest as [number?, number?]));
      program.post(() => done(null, view));
    },
    randomUUID: () => randomUuid((target) => random.fill(target)),
    getRandomValues: <T extends ArrayBufferView>(view: T) => randomFillSync(view),
  };
}
