/** Checksums at the end of gzip and zlib data (RFC 1952, RFC 1950). */

export interface Checksum {
  add(bytes: Uint8Array): void;
  /** Whether the last bytes of the data name this checksum. */
  isIn(tail: Uint8Array): boolean;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const word = (tail: Uint8Array, littleEndian: boolean): number => new DataView(tail.buffer, tail.byteOffset).getUint32(0, littleEndian);

export function crc32Sum(): Checksum {
  let crc = 0;
  return {
    add(bytes) {
      crc = crc32(bytes, crc);
    },
    isIn: (tail) => tail.length === 8 && word(tail, true) === crc,
  };
}

const MODULUS = 65_521;

export function adler32Sum(): Checksum {
  let low = 1;
  let high = 0;
  return {
    add(bytes) {
      for (const byte of bytes) {
        low = (low + byte) % MODULUS;
        high = (high + low) % MODULUS;
      }
    },
    isIn: (tail) => tail.length === 4 && word(tail, false) === ((high << 16) | low) >>> 0,
  };
}
