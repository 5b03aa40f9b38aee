/** The hashes by OpenSSL's names, and what makes HMACs and keys of them. */
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { invalidArgType, nodeError } from '../errors';

export type Hash = typeof sha256;

const HASHES: Record<string, unknown> = {
  md5, sha1, sha224, sha256, sha384, sha512, ripemd160,
  'sha512-224': sha512_224, 'sha512-256': sha512_256, 'sha3-224': sha3_224, 'sha3-256': sha3_256, 'sha3-384': sha3_384, 'sha3-512': sha3_512,
};

function find(name: string): Hash | undefined {
  const key = name.toLowerCase().replace(/^rsa-/, '').replace('/', '-').replace(/^sha-(?=\d)/, 'sha').replace(/^(?:rmd160|ripemd)$/, 'ripemd160');
  return HASHES[key] as Hash | undefined;
}

/** For a hash itself. */
export function hashOf(name: unknown): Hash {
  if (typeof name !== 'string') throw invalidArgType('algorithm', 'of type string', name);
  const hash = find(name);
  if (!hash) throw new Error('Digest method not supported');
  return hash;
}

/** For what is built on a hash. */
export function digestOf(name: unknown, argument: string): Hash {
  if (typeof name !== 'string') throw invalidArgType(argument, 'of type string', name);
  const hash = find(name);
  if (!hash) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return hash;
}

export const hashNames = (): string[] => Object.keys(HASHES).flatMap((name) => (/^(?:md5|sha\d+|sha512-\d+)$/.test(name) ? [`RSA-${name.toUpperCase().replace('-', '/')}`, name] : [name]));
