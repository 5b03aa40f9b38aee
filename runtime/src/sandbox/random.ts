/** Seeded randomness: one generator per sandbox for Math.random, crypto and ids. */

export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  fill<T extends Uint8Array>(bytes: T): T;
}

/** sfc32, seeded from a text; without a seed from the host's entropy. */
export function makeRandom(seed?: string): Random {
  const words = new Uint32Array(4);
  if (seed === undefined) crypto.getRandomValues(words);
  else {
    let hash = 0x811c9dc5;
    for (let word = 0; word < 4; word += 1) {
      for (const char of `${word}:${seed}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
      words[word] = hash;
    }
  }
  let [a, b, c, d] = words as unknown as [number, number, number, number];
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return t >>> 0;
  };
  for (let warm = 0; warm < 12; warm += 1) bits();
  return {
    next: () => (bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53,
    fill(bytes) {
      for (let at = 0; at < bytes.length; at += 4) {
        const word = bits();
        for (let byte = 0; byte < 4 && at + byte < bytes.length; byte += 1) bytes[at + byte] = word >>> (8 * byte);
      }
      return bytes;
    },
  };
}

/** `Math` with a seeded `random`. */
export function makeMath(random: Random): Math {
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.getOwnPropertyNames(Math)) copy[key] = Math[key as keyof Math];
  copy.random = () => random.next();
  Object.defineProperty(copy, Symbol.toStringTag, { value: 'Math' });
  return Object.setPrototypeOf(copy, Object.prototype) as Math;
}
