/** What a Buffer does with text and with other bytes: the npm package's methods, refusing what Node refuses. */
import { Buffer } from 'buffer';
import { inspect } from '../../console/inspect';
import { invalidArgType, nodeError, outOfRange } from '../errors';
import { decodable, isUrl, isUtf8 } from './bytes';
import { bufferOver, checkBytes, checkEncoding } from './checks';

// Node keeps a byte order mark.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type Self = Uint8Array & Methods;
type Method = (this: Self, ...given: unknown[]) => unknown;
interface Methods {
  toString(encoding?: unknown, start?: number, end?: number): string;
  write(text: unknown, ...rest: unknown[]): number;
}

const { toString, write, equals, compare, fill, indexOf, lastIndexOf } = Buffer.prototype as unknown as Record<string, Method> & { toString: Method };

/** The package reads text of few bytes faster, and what is no text unlike the platform. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 0x7f) return false;
  return true;
}

/** Looks for what can be looked for. Nothing is found where the search begins, which the package does not know. */
const searching = (search: Method, start: (self: Self) => number): Method =>
  function (this: Self, value, ...rest) {
    if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Uint8Array)) {
      throw invalidArgType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
    }
    const encoding = rest.find((item) => typeof item === 'string');
    if (typeof value === 'string') checkEncoding(encoding);
    if (typeof value !== 'number' && value.length === 0) {
      const asked = typeof rest[0] === 'string' ? NaN : Number(rest[0]);
      const at = Number.isNaN(asked) ? start(this) : Math.trunc(asked);
      return Math.min(at < 0 ? Math.max(at + this.length, 0) : at, this.length);
    }
    // The package reads past the end of half a letter.
    const whole = typeof encoding === 'string' && /^(?:ucs-?2|utf-?16le)$/i.test(encoding) ? (this.subarray(0, this.length & ~1) as Self) : this;
    const [from, ...others] = rest;
    const place = typeof from === 'string' || from === undefined ? from : Math.trunc(Number(from));
    return search.call(whole, value instanceof Uint8Array ? bufferOver('value', value) : value, place, ...others);
  };

/** Turns the bytes of each number of so many round. */
const swapping = (size: number): Method =>
  function (this: Self) {
    if (this.length % size !== 0) throw nodeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${8 * size}-bits`);
    for (let at = 0; at < this.length; at += size) this.subarray(at, at + size).reverse();
    return this;
  };

/** A place in the bytes, where it is given. */
function checkRange(value: unknown, name: string, most: number): asserts value is number | undefined {
  if (value === undefined) return;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0 || value > most) throw outOfRange(name, `>= 0 && <= ${most}`, value);
}

/** A place in the bytes as `fill` takes it. */
function border(value: unknown, name: string, otherwise: number, most = Infinity): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!(value >= 0 && value <= most)) throw outOfRange(name, most === Infinity ? '>= 0' : `>= 0 && <= ${most}`, value);
  return value;
}

/** What the package's methods take to put text into bytes. */
function coded(text: string, given: unknown, from: number, size: number): [text: string, from: number, size: number, encoding: string] {
  const encoding = given === undefined || given === null || given === '' ? 'utf8' : given;
  checkEncoding(encoding);
  const [coded, name] = decodable(text, encoding as string);
  return [coded, from, size, name];
}

export function methods(): Record<string, Method> {
  const made: Record<string, Method> = {
    toString(this: Self, named?: unknown, start?: unknown, end?: unknown) {
      const encoding = named === undefined ? undefined : String(named);
      const { length } = this;
      const from = Number(start) >= length ? length : Math.max(Number(start) | 0, 0);
      const to = end === undefined || Number(end) > length ? length : Number(end) | 0;
      if (from >= length || to <= from) {
        checkEncoding(encoding);
        return '';
      }
      if (isUtf8(encoding) && (to - from > 24 || !isAscii(this, from, to))) return decoder.decode(from === 0 && to === length ? this : this.subarray(from, to));
      checkEncoding(encoding);
      if (isUrl(encoding)) return (toString!.call(this, 'base64', from, to) as string).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      return toString!.call(this, encoding, from, to);
    },
    write(text, ...rest) {
      if (typeof text !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
      const at = rest.findIndex((item) => typeof item === 'string');
      const encoding = at === -1 ? rest[2] : rest[at];
      const [offset = 0, length] = at === -1 ? rest : rest.slice(0, at);
      checkRange(offset, 'offset', this.length);
      checkRange(length, 'length', this.length);
      const left = this.length - offset!;
      return write!.call(this, ...coded(text, encoding, offset!, Math.min(length ?? left, left)));
    },
    equals(other) {
      return equals!.call(this, bufferOver('otherBuffer', other));
    },
    compare(given, targetStart, targetEnd, sourceStart, sourceEnd) {
      const target = bufferOver('target', given);
      checkRange(targetStart, 'targetStart', Number.MAX_SAFE_INTEGER);
      checkRange(targetEnd, 'targetEnd', target.length);
      checkRange(sourceStart, 'sourceStart', Number.MAX_SAFE_INTEGER);
      checkRange(sourceEnd, 'sourceEnd', this.length);
      const part = (bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array => bytes.subarray(start, Math.max(start, end));
      return compare!.call(part(this, sourceStart as number, sourceEnd as number) as Self, part(target, targetStart as number, targetEnd as number));
    },
    copy(target, targetStart, sourceStart, sourceEnd) {
      checkBytes(target, 'target');
      const place = (value: unknown, name: string, otherwise: number, most = Infinity): number => {
        const at = value === undefined ? otherwise : Math.trunc(Number(value)) || 0;
        if (at < 0 || at > most) throw outOfRange(name, most === Infinity ? '>= 0' : `>= 0 && <= ${most}`, value);
        return at;
      };
      const to = place(targetStart, 'targetStart', 0);
      const from = place(sourceStart, 'sourceStart', 0, this.length);
      const end = place(sourceEnd, 'sourceEnd', this.length);
      if (to >= target.length || from >= end) return 0;
      const part = this.subarray(from, Math.min(end, from + target.length - to));
      target.set(part, to);
      return part.length;
    },
    fill(value, ...rest) {
      const at = typeof value === 'string' ? rest.slice(0, 2).findIndex((item) => typeof item === 'string') : -1;
      const [offset, end] = at === -1 ? rest : rest.slice(0, at);
      const encoding = at === -1 ? rest[2] : rest[at];
      if (encoding !== undefined && typeof encoding !== 'string') throw invalidArgType('encoding', 'of type string', encoding);
      const from = border(offset, 'offset', 0);
      const to = offset === undefined ? this.length : border(end, 'end', this.length, this.length);
      if (from >= to) return this;
      const isEmpty = value instanceof Uint8Array && value.length === 0;
      const [text, , , name] = typeof value === 'string' ? coded(value, encoding, from, to) : [];
      if (isEmpty || (text === '' && value !== '')) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${inspect(value)}`);
      if (text === undefined) return fill!.call(this, value, from, to);
      return fill!.call(this, text, from, to, name);
    },
    indexOf: searching(indexOf!, () => 0),
    lastIndexOf: searching(lastIndexOf!, ({ length }) => length),
    includes(value, ...rest) {
      return made.indexOf!.call(this, value, ...rest) !== -1;
    },
    swap16: swapping(2),
    swap32: swapping(4),
    swap64: swapping(8),
  };
  made.toLocaleString = made.toString!;
  for (const [name, encoding] of Object.entries({ utf8: 'utf8', latin1: 'latin1', ascii: 'ascii', hex: 'hex', base64: 'base64', base64url: 'base64url', ucs2: 'ucs2' })) {
    made[`${name}Slice`] = function (start, end) {
      return this.toString(encoding, start as number, end as number);
    };
    made[`${name}Write`] = function (text, offset, length) {
      return this.write(text, offset ?? 0, length, encoding);
    };
  }
  return made;
}
