/** `StringDecoder`: text from bytes that come in pieces; what is not a whole character waits for the next. */
import { Buffer } from './buffer';
import { invalidArgType, nodeError } from './errors';

const NAMES: Record<string, string> = {
  utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  latin1: 'latin1', binary: 'latin1', ascii: 'ascii', hex: 'hex', base64: 'base64', base64url: 'base64url',
};
const NOTHING = new Uint8Array();
/** Longest text of V8. */
const LONGEST = 0x1fffffe8;

function nameOf(encoding: unknown): string {
  if (encoding === undefined || encoding === null) return 'utf8';
  const name = typeof encoding === 'string' ? NAMES[encoding.toLowerCase()] : undefined;
  if (!name) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(encoding)}`);
  return name;
}

/** Bytes at the end that begin a character and do not end it: how many there are, and of how many. */
function unfinishedUtf8(bytes: Uint8Array): [held: number, total: number] {
  for (let held = 1; held <= Math.min(3, bytes.length); held += 1) {
    const byte = bytes[bytes.length - held]!;
    if ((byte & 0xc0) === 0x80) continue;
    const total = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
    if (held >= total) return [0, 0];
    // Some second bytes make it no character at all.
    const second = bytes[bytes.length - held + 1];
    const low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    const high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    return second === undefined || (second >= low && second <= high) ? [held, total] : [0, 0];
  }
  return [0, 0];
}

function unfinished(encoding: string, bytes: Uint8Array): [held: number, total: number] {
  switch (encoding) {
    case 'utf8':
      return unfinishedUtf8(bytes);
    case 'utf16le': {
      const odd = bytes.length % 2;
      const last = bytes[bytes.length - odd - 1];
      // Half of a pair waits for the other.
      return last !== undefined && last >= 0xd8 && last <= 0xdb ? [odd + 2, 4] : [odd, odd === 0 ? 0 : 2];
    }
    case 'base64':
    case 'base64url':
      return [bytes.length % 3, bytes.length % 3 === 0 ? 0 : 3];
    default:
      return [0, 0];
  }
}

export class StringDecoder {
  readonly encoding: string;
  #held: Uint8Array = NOTHING;
  #total = 0;

  constructor(encoding?: unknown) {
    this.encoding = nameOf(encoding);
  }

  write(chunk: unknown): string {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', 'an instance of Buffer, TypedArray, or DataView', chunk);
    if (!(#held in this)) throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type StringDecoder');
    if (chunk.byteLength > LONGEST) throw nodeError(Error, 'ERR_STRING_TOO_LONG', `Cannot create a string longer than 0x${LONGEST.toString(16)} characters`);
    const piece = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    const [held, total] = unfinished(this.encoding, bytes);
    const end = bytes.length - held;
    this.#held = held === 0 ? NOTHING : bytes.slice(end);
    this.#total = total;
    return end === 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, end).toString(this.encoding);
  }

  end(chunk?: unknown): string {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.#held;
    this.#held = NOTHING;
    this.#total = 0;
    if (rest.length === 0) return text;
    return text + (this.encoding === 'utf8' ? '\ufffd' : Buffer.from(rest).toString(this.encoding));
  }

  text(chunk: Uint8Array, offset: number): string {
    this.#held = NOTHING;
    return this.write(chunk.subarray(offset));
  }

  get lastChar(): Uint8Array {
    const bytes = Buffer.alloc(4);
    bytes.set(this.#held);
    return bytes;
  }

  get lastNeed(): number {
    return this.#total === 0 ? 0 : this.#total - this.#held.length;
  }

  get lastTotal(): number {
    return this.#total;
  }
}
