/** Keys from passwords: PBKDF2, scrypt and HKDF. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError, outOfRange } from '../errors';
import { bytes, callback, KEY, type Done } from './data';
import { digestOf } from './hashes';

interface ScryptOptions {
  N?: number;
  cost?: number;
  r?: number;
  blockSize?: number;
  p?: number;
  parallelization?: number;
  maxmem?: number;
}
const MOST = 2 ** 31 - 1;
/** Bytes that scrypt may take when nobody says how many. */
const MEMORY = 32 * 1024 * 1024;

function whole(name: string, value: unknown, least: number): number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > MOST) throw outOfRange(name, `>= ${least} && <= ${MOST}`, value);
  return value;
}

function pbkdf2Of(password: unknown, salt: unknown, iterations: unknown, size: unknown, digest: unknown): () => Uint8Array {
  if (typeof digest !== 'string') throw invalidArgType('digest', 'of type string', digest);
  const [key, grain] = [bytes(password, 'password', undefined, KEY), bytes(salt, 'salt', undefined, KEY)];
  const [c, dkLen] = [whole('iterations', iterations, 1), whole('keylen', size, 0)];
  const hash = digestOf(digest, 'digest');
  return () => Buffer.from(dkLen === 0 ? new Uint8Array() : pbkdf2(hash, key, grain, { c, dkLen }));
}

function scryptOf(password: unknown, salt: unknown, size: unknown, options: ScryptOptions = {}): () => Uint8Array {
  const [key, grain, dkLen] = [bytes(password, 'password', undefined, KEY), bytes(salt, 'salt', undefined, KEY), whole('keylen', size, 0)];
  const { N = options.cost ?? 16_384, r = options.blockSize ?? 8, p = options.parallelization ?? 1, maxmem = MEMORY } = options;
  const isPower = N > 1 && (N & (N - 1)) === 0;
  if (!isPower || r * p > 2 ** 30 - 1) throw nodeError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params');
  if (128 * N * r > maxmem) throw nodeError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: memory limit exceeded');
  return () => Buffer.from(dkLen === 0 ? new Uint8Array() : scrypt(key, grain, { N, r, p, dkLen, maxmem: maxmem + 2 ** 20 }));
}

function hkdfOf(digest: unknown, key: unknown, salt: unknown, info: unknown, size: unknown): () => ArrayBuffer {
  const hash = digestOf(digest, 'digest');
  const parts = [bytes(key, 'ikm'), bytes(salt, 'salt'), bytes(info, 'info')] as const;
  const length = whole('length', size, 0);
  return () => hkdf(hash, parts[0], parts[1], parts[2], length).slice().buffer as ArrayBuffer;
}

export function makeDerived(program: Program): Record<string, unknown> {
  /** What is wrong with the arguments is said at once, what comes of them later. */
  const later = (work: () => unknown, done: Done): void => program.post(() => done(null, work()));
  return {
    pbkdf2Sync: (...args: Parameters<typeof pbkdf2Of>) => pbkdf2Of(...args)(),
    pbkdf2(password: unknown, salt: unknown, iterations: unknown, size: unknown, digest: unknown, done: Done) {
      const answer = typeof digest === 'function' ? (digest as Done) : done;
      const work = pbkdf2Of(password, salt, iterations, size, typeof digest === 'function' ? undefined : digest);
      callback(answer);
      later(work, answer);
    },
    scryptSync: (...args: Parameters<typeof scryptOf>) => scryptOf(...args)(),
    scrypt(password: unknown, salt: unknown, size: unknown, options: unknown, done?: Done) {
      const answer = typeof options === 'function' ? (options as Done) : done!;
      const work = scryptOf(password, salt, size, typeof options === 'function' ? {} : (options as ScryptOptions));
      callback(answer);
      later(work, answer);
    },
    hkdfSync: (...args: Parameters<typeof hkdfOf>) => hkdfOf(...args)(),
    hkdf(digest: unknown, key: unknown, salt: unknown, info: unknown, size: unknown, done: Done) {
      callback(done);
      later(hkdfOf(digest, key, salt, info, size), done);
    },
  };
}
