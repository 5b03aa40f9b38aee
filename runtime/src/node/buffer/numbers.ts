/** `readInt8` to `writeDoubleBE`: numbers in a Buffer, checked as Node checks them (lib/internal/buffer.js). */
import { invalidArgType, nodeError, outOfRange } from '../errors';

type Bytes = Uint8Array & Record<string, unknown>;
type Methods = Record<string, (this: Bytes, ...given: never[]) => unknown>;

/** One number of each kind over the same memory, to take apart and put together. */
const parts = new Uint8Array(8);
const floats = { Float: new Float32Array(parts.buffer), Double: new Float64Array(parts.buffer) };
const bigs = { BigInt: new BigInt64Array(parts.buffer), BigUInt: new BigUint64Array(parts.buffer) };

/** Most bytes of an integer whose length is given. */
const MAX_BYTE_LENGTH = 6;

function checkNumber(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
}

/** Refuses a place that is outside of `0` to `last`; for a number of bytes, of `1` to `last`. */
function outside(value: number, last: number, name = 'offset'): Error {
  if (Math.floor(value) !== value) return outOfRange(name, 'an integer', value);
  if (last < 0) return nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  return outOfRange(name, `>= ${name === 'offset' ? 0 : 1} and <= ${last}`, value);
}

function checkPlace(bytes: Bytes, offset: unknown, size: number): asserts offset is number {
  checkNumber(offset, 'offset');
  if (bytes[offset] === undefined || bytes[offset + size - 1] === undefined) throw outside(offset, bytes.length - size);
}

function checkByteLength(size: unknown): asserts size is number {
  checkNumber(size, 'byteLength');
  if (!(size >= 1 && size <= MAX_BYTE_LENGTH && Number.isInteger(size))) throw outside(size, MAX_BYTE_LENGTH, 'byteLength');
}

function readInteger(bytes: Bytes, offset: number, size: number, little: boolean, signed: boolean): number {
  let value = 0;
  for (let at = 0; at < size; at += 1) value = value * 256 + bytes[offset + (little ? size - 1 - at : at)]!;
  return signed && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

/** The range of an integer, as an error tells it. */
function rangeOf(size: number, signed: boolean, unit: '' | 'n' = ''): string {
  const power = (bits: number): string => `2${unit} ** ${bits}${unit}`;
  if (size > 4 || unit) return signed ? `>= -(${power(8 * size - 1)}) and < ${power(8 * size - 1)}` : `>= 0${unit} and < ${power(8 * size)}`;
  const most = 2 ** (8 * size - (signed ? 1 : 0));
  return `>= ${signed ? -most : 0} and <= ${most - 1}`;
}

function writeInteger(bytes: Bytes, given: unknown, offset: unknown, size: number, little: boolean, signed: boolean): number {
  const value = Number(given);
  const most = 2 ** (8 * size - (signed ? 1 : 0));
  // A single byte has its place looked at first.
  if (size === 1) checkNumber(offset, 'offset');
  if (value > most - 1 || value < (signed ? -most : 0)) throw outOfRange('value', rangeOf(size, signed), value);
  checkPlace(bytes, offset, size);
  let rest = value < 0 ? Math.trunc(value) + 2 ** (8 * size) : Math.trunc(value);
  for (let at = 0; at < size; at += 1) {
    bytes[offset + (little ? at : size - 1 - at)] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

/** Copies a number's bytes; they lie in `parts` as on the wire when `little`. */
function takeParts(bytes: Bytes, offset: number, size: number, little: boolean): void {
  for (let at = 0; at < size; at += 1) parts[at] = bytes[offset + (little ? at : size - 1 - at)]!;
}

function putParts(bytes: Bytes, offset: number, size: number, little: boolean): number {
  for (let at = 0; at < size; at += 1) bytes[offset + (little ? at : size - 1 - at)] = parts[at]!;
  return offset + size;
}

function integers(): Methods {
  const methods: Methods = {};
  for (const kind of ['Int', 'UInt']) {
    const signed = kind === 'Int';
    for (const [ending, little] of [['LE', true], ['BE', false]] as const) {
      for (const size of [1, 2, 4]) {
        const name = `${kind}${8 * size}${size === 1 ? '' : ending}`;
        methods[`read${name}`] = function (offset: unknown = 0) {
          checkPlace(this, offset, size);
          return readInteger(this, offset, size, little, signed);
        };
        methods[`write${name}`] = function (value: unknown, offset: unknown = 0) {
          return writeInteger(this, value, offset, size, little, signed);
        };
      }
      methods[`read${kind}${ending}`] = function (offset: unknown, size: unknown) {
        if (offset === undefined) throw invalidArgType('offset', 'of type number', offset);
        checkByteLength(size);
        checkPlace(this, offset, size);
        return readInteger(this, offset, size, little, signed);
      };
      methods[`write${kind}${ending}`] = function (value: unknown, offset: unknown, size: unknown) {
        checkByteLength(size);
        return writeInteger(this, value, offset, size, little, signed);
      };
    }
  }
  return methods;
}

function others(): Methods {
  const methods: Methods = {};
  for (const [ending, little] of [['LE', true], ['BE', false]] as const) {
    for (const [kind, numbers] of Object.entries(floats)) {
      const size = numbers.BYTES_PER_ELEMENT;
      methods[`read${kind}${ending}`] = function (offset: unknown = 0) {
        checkPlace(this, offset, size);
        takeParts(this, offset, size, little);
        return numbers[0];
      };
      methods[`write${kind}${ending}`] = function (value: unknown, offset: unknown = 0) {
        checkPlace(this, offset, size);
        numbers[0] = Number(value);
        return putParts(this, offset, size, little);
      };
    }
    for (const [kind, numbers] of Object.entries(bigs)) {
      const signed = kind === 'BigInt';
      methods[`read${kind}64${ending}`] = function (offset: unknown = 0) {
        checkPlace(this, offset, 8);
        takeParts(this, offset, 8, little);
        return numbers[0];
      };
      methods[`write${kind}64${ending}`] = function (value: bigint, offset: unknown = 0) {
        const most = signed ? 2n ** 63n : 2n ** 64n;
        if (value >= most || value < (signed ? -most : 0n)) throw outOfRange('value', rangeOf(8, signed, 'n'), value);
        if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
        checkPlace(this, offset, 8);
        numbers[0] = value;
        return putParts(this, offset, 8, little);
      };
    }
  }
  return methods;
}

/** All of them, also by the names with a small `int`. */
export function numberMethods(): Methods {
  const methods = { ...integers(), ...others() };
  for (const [name, method] of Object.entries(methods)) if (name.includes('UInt')) methods[name.replace('UInt', 'Uint')] = method;
  return methods;
}
