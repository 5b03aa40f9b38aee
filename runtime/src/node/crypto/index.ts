/** `crypto`: hashes, HMACs, randomness; synchronous. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_256, sha3_512 } from '@noble/hashes/sha3.js';
import { Transform } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError, received } from '../errors';
import { randomUuid } from './web';

const HASHES = {
  md5, sha1, sha224, sha256, sha384, sha512, ripemd160, 'sha512-256': sha512_256, 'sha3-256': sha3_256, 'sha3-512': sha3_512,
};
type Hasher = { update(bytes: Uint8Array): Hasher; digest(): Uint8Array; clone?(): Hasher };
type Data = string | ArrayBufferView | ArrayBuffer | KeyObject;
type Done = (error: Error | null, value?: unknown) => void;

export class KeyObject {
  readonly type = 'secret';
  constructor(private readonly key: Uint8Array) {}
  get symmetricKeySize(): number {
    return this.key.length;
  }
  export(): Uint8Array {
    return Buffer.from(this.key);
  }
}

function bytes(data: Data, name: string, encoding?: string): Uint8Array {
  if (data instanceof KeyObject) return data.export();
  if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw invalidArgType(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

function hashOf(name: unknown): (typeof HASHES)['sha256'] {
  if (typeof name !== 'string') throw invalidArgType('algorithm', 'of type string', name);
  const key = name.toLowerCase().replace(/^rsa-/, '').replace('/', '-') as keyof typeof HASHES;
  const hash = HASHES[key];
  if (!hash) throw Object.assign(new Error('Digest method not supported'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  return hash as (typeof HASHES)['sha256'];
}

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
    const result = Buffer.from(this.hasher.digest());
    return encoding && encoding !== 'buffer' ? result.toString(encoding) : result;
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
  const { random } = program.world;
  const later = (work: () => unknown, done: unknown): void => {
    program.post(() => {
      let value: unknown;
      try {
        value = work();
      } catch (error) {
        (done as Done)(error as Error);
        return;
      }
      (done as Done)(null, value);
    });
  };
  const randomBytes = (size: number, done?: unknown): unknown => {
    if (typeof size !== 'number') throw invalidArgType('size', 'of type number', size);
    if (!(size >= 0 && size <= 2 ** 31 - 1)) throw nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "size" is out of range. It must be >= 0 && <= 2147483647.${received(size)}`);
    const make = (): Uint8Array => random.fill(Buffer.alloc(size));
    return typeof done === 'function' ? later(make, done) : make();
  };
  const randomInt = (low: number, high?: unknown, done?: unknown): unknown => {
    const [min, max] = typeof high === 'number' ? [low, high] : [0, low];
    const callback = typeof high === 'function' ? high : done;
    const make = (): number => min + Math.floor(random.next() * (max - min));
    return typeof callback === 'function' ? later(make, callback) : make();
  };
  const randomFillSync = <T extends ArrayBufferView>(view: T): T => {
    random.fill(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    return view;
  };
  const timingSafeEqual = (a: ArrayBufferView, b: ArrayBufferView): boolean => {
    const [left, right] = [bytes(a, 'buf1'), bytes(b, 'buf2')];
    if (left.length !== right.length) throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    let difference = 0;
    for (let at = 0; at < left.length; at += 1) difference |= left[at]! ^ right[at]!;
    return difference === 0;
  };
  const pbkdf2Sync = (password: Data, salt: Data, c: number, dkLen: number, digest: string): Uint8Array =>
    Buffer.from(pbkdf2(hashOf(digest), bytes(password, 'password'), bytes(salt, 'salt'), { c, dkLen }));
  const scryptSync = (password: Data, salt: Data, dkLen: number, options: { N?: number; cost?: number; r?: number; blockSize?: number; p?: number; parallelization?: number } = {}): Uint8Array => {
    const { N = options.cost ?? 16_384, r = options.blockSize ?? 8, p = options.parallelization ?? 1 } = options;
    return Buffer.from(scrypt(bytes(password, 'password'), bytes(salt, 'salt'), { N, r, p, dkLen }));
  };
  const web = program.loader.globals.values()[program.loader.globals.names.indexOf('crypto')] as { subtle: unknown };
  return {
    createHash: (name: string) => new Digest(hashOf(name).create() as Hasher),
    createHmac: (name: string, key: Data) => new Digest(hmac.create(hashOf(name), bytes(key, 'key')) as unknown as Hasher),
    hash: (name: string, data: Data, encoding = 'hex') => new Digest(hashOf(name).create() as Hasher).update(data).digest(encoding),
    createSecretKey: (key: Data, encoding?: string) => new KeyObject(bytes(key, 'key', encoding).slice()),
    KeyObject,
    getHashes: () => Object.keys(HASHES),
    randomBytes,
    pseudoRandomBytes: randomBytes,
    randomInt,
    randomFillSync,
    randomFill: (view: ArrayBufferView, done: unknown) => later(() => randomFillSync(view), done),
    randomUUID: () => randomUuid((target) => random.fill(target)),
    timingSafeEqual,
    pbkdf2Sync,
    pbkdf2: (password: Data, salt: Data, c: number, size: number, digest: string, done: unknown) => later(() => pbkdf2Sync(password, salt, c, size, digest), done),
    scryptSync,
    scrypt(password: Data, salt: Data, size: number, options: unknown, done?: unknown) {
      const given = typeof options === 'function' ? {} : (options as object);
      later(() => scryptSync(password, salt, size, given), typeof options === 'function' ? options : done);
    },
    webcrypto: web,
    subtle: web.subtle,
    getRandomValues: randomFillSync,
    constants: {},
  };
}
