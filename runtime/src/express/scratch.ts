/** Hands text to the engine through its scratch memory, so that hot calls pass only numbers. */
import type { Engine } from './types';

const encoder = new TextEncoder();

export class Scratch {
  private readonly size: number;
  private readonly address: number;
  private bytes: Uint8Array;
  private numbers: Uint32Array;
  private readonly letters: number[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly memory: { readonly buffer: ArrayBufferLike },
  ) {
    this.size = engine.scratchSize();
    this.address = engine.scratchAddress();
    this.bytes = new Uint8Array(memory.buffer, this.address, this.size);
    this.numbers = new Uint32Array(memory.buffer);
  }

  /** Wasm memory that grew has a new buffer, and the old one is empty. */
  private view(): Uint8Array {
    if (this.bytes.length === 0) this.bytes = new Uint8Array(this.memory.buffer, this.address, this.size);
    return this.bytes;
  }

  /** Writes a text; returns its length in bytes. What does not fit is cut off. */
  write(text: string): number {
    const bytes = this.view();
    const length = Math.min(text.length, this.size);
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) return encoder.encodeInto(text, bytes).written;
      bytes[at] = code;
    }
    return length;
  }

  /** The last answer in numbers, copied. */
  words(length: number): number[] {
    const start = this.engine.wordsAddress() / 4;
    // Read after the call, which may let the memory grow.
    if (this.numbers.length === 0) this.numbers = new Uint32Array(this.memory.buffer);
    const words = new Array<number>(length);
    for (let at = 0; at < length; at++) words[at] = this.numbers[start + at]!;
    return words;
  }

  /** Entity tag of a body. */
  etag(body: Uint8Array, weak: boolean): string {
    if (body.length > this.size) return this.engine.etag(body, weak);
    this.view().set(body);
    const length = this.engine.etagOfScratch(body.length, weak);
    const { letters } = this;
    const bytes = this.view();
    letters.length = length;
    for (let at = 0; at < length; at++) letters[at] = bytes[at]!;
    // Letter by letter each step would make a string; of a list that is no array it takes twice as long.
    return String.fromCharCode.apply(null, letters);
  }
}
