/** `crypto`: hashes, HMACs, randomness; synchronous. */
import { hmac } from '@noble/hashes/hmac.js';
import { Transform } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { invalidArgType, nodeError } from '../errors';
import { makeCiphers } from './ciphers';
import { bytes, encoded, SECRET, type Data } from './data';
import { makeDerived } from './derived';
import { digestOf, hashNames, hashOf } from './hashes';
import { makeKeys } from './keys';
import { makeSignatures, SIGNATURE_CONSTANTS } from './signatures';
import { makeRandom, timingSafeEqual } from './random';

type Hasher = { update(bytes: Uint8Array): Hasher; digest(): Uint8Array; clone?(): Hasher };

class Digest extends Transform {
  private hasher: Hasher;
  private over = false;
  constructor(hasher: Hasher) {
    super();
    this.hasher = hasher;
  }
  update(data: Data, encoding?: string): this {
    if (this.over) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.hasher.update(bytes(data, 'data', encoding));
    return this;
  }
  digest(encoding?: string): unknown {
    if (this.over) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.over = true;
    return encoded(this.hasher.digest(), encoding);
  }
  copy(): Digest {
    return new Digest(this.hasher.clone!());
  }
  _transform(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.update(chunk);
    done();
  }
  _flush(done: () => void): void {
    this.push(this.digest());
    done();
  }
}

export function makeCrypto(program: Program): Record<string, unknown> {
  const web = program.loader.globals.values()[program.loader.globals.names.indexOf('crypto')] as { subtle: unknown };
  return {
    createHash: (name: string) => new Digest(hashOf(name).create() as Hasher),
    createHmac(name: string, key: Data) {
      if (typeof name !== 'string') throw invalidArgType('hmac', 'of type string', name);
      const secret = bytes(key, 'key', undefined, SECRET);
      return new Digest(hmac.create(digestOf(name, 'hmac'), secret) as unknown as Hasher);
    },
    hash: (name: string, data: Data, encoding = 'hex') => new Digest(hashOf(name).create() as Hasher).update(data).digest(encoding),
    ...makeKeys(program),
    ...makeSignatures(program),
    ...makeCiphers(program),
    ...makeRandom(program),
    ...makeDerived(program),
    Hash: Digest,
    Hmac: Digest,
    getHashes: hashNames,
    timingSafeEqual,
    webcrypto: web,
    subtle: web.subtle,
    constants: { ...SIGNATURE_CONSTANTS },
    getFips: () => 0,
    setFips: () => undefined,
  };
}
