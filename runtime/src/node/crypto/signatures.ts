/** `createSign`, `createVerify`, `sign` and `verify`. */
import { Writable } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { concat } from '../../sandbox/wire';
import { Buffer } from '../buffer';
import { nodeError } from '../errors';
import { bytes, encoded, type Done } from './data';
import { AsymmetricKeyObject } from './key-object';
import { privateKey, publicKey, type KeyInput } from './keys';

interface Options extends KeyInput {
  padding?: number;
  saltLength?: number;
  dsaEncoding?: string;
}

export const SIGNATURE_CONSTANTS = {
  RSA_PKCS1_PADDING: 1,
  RSA_NO_PADDING: 3,
  RSA_PKCS1_OAEP_PADDING: 4,
  RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1,
  RSA_PSS_SALTLEN_MAX_SIGN: -2,
  RSA_PSS_SALTLEN_AUTO: -2,
};
const PSS = SIGNATURE_CONSTANTS.RSA_PKCS1_PSS_PADDING;
const AUTO = SIGNATURE_CONSTANTS.RSA_PSS_SALTLEN_AUTO;

const optionsOf = (input: unknown): Options => (typeof input === 'object' && input !== null && !ArrayBuffer.isView(input) && !(input instanceof AsymmetricKeyObject) ? input : {});

/** The salt's length when the signature is padded as PSS, which an RSA-PSS key wants always. */
function saltOf(key: AsymmetricKeyObject, { padding, saltLength }: Options): number | undefined {
  return padding === PSS || (padding === undefined && key.asymmetricKeyType === 'rsa-pss') ? (saltLength ?? AUTO) : undefined;
}

function signed(program: Program, digest: string, message: Uint8Array, input: unknown): Uint8Array {
  const key = privateKey(program, input);
  const options = optionsOf(input);
  const seed = program.world.random.fill(new Uint8Array(32));
  try {
    return AsymmetricKeyObject.key(key).sign(digest, saltOf(key, options), options.dsaEncoding === 'ieee-p1363', message, seed);
  } catch (error) {
    throw new Error((error as Error).message);
  }
}

function verified(program: Program, digest: string, message: Uint8Array, input: unknown, signature: Uint8Array): boolean {
  const key = publicKey(program, input);
  const options = optionsOf(input);
  try {
    return AsymmetricKeyObject.key(key).verify(digest, saltOf(key, options), options.dsaEncoding === 'ieee-p1363', message, signature);
  } catch (error) {
    throw new Error((error as Error).message);
  }
}

const DIGESTS = /^(?:rsa-)?sha(?:1|224|256|384|512)$/i;

class Message extends Writable {
  readonly #chunks: Uint8Array[] = [];

  constructor(protected readonly program: Program, protected readonly digest: string) {
    super();
    if (!DIGESTS.test(digest)) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
    Object.defineProperty(this, 'program', { enumerable: false });
  }
  update(data: unknown, encoding?: string): this {
    this.#chunks.push(bytes(data, 'data', encoding).slice());
    return this;
  }
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.update(chunk);
    done();
  }
  protected get whole(): Uint8Array {
    return concat(this.#chunks);
  }
}

class Sign extends Message {
  sign(key: unknown, encoding?: string): unknown {
    if (!key) throw nodeError(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    return encoded(signed(this.program, this.digest, this.whole, key), encoding);
  }
}

class Verify extends Message {
  verify(key: unknown, signature: unknown, encoding?: string): boolean {
    return verified(this.program, this.digest, this.whole, key, bytes(signature, 'signature', encoding));
  }
}

export function makeSignatures(program: Program): Record<string, unknown> {
  /** At once, or with a callback in a task of its own. */
  const answer = (work: () => unknown, done?: Done): unknown => {
    if (!done) return work();
    program.post(() => {
      let value: unknown;
      try {
        value = work();
      } catch (error) {
        done(error as Error);
        return;
      }
      done(null, value);
    });
    return undefined;
  };
  const digestOf = (algorithm: unknown): string => (typeof algorithm === 'string' ? algorithm : '');
  return {
    Sign,
    Verify,
    createSign: (digest: string) => new Sign(program, digest),
    createVerify: (digest: string) => new Verify(program, digest),
    sign: (algorithm: unknown, data: unknown, key: unknown, done?: Done) =>
      answer(() => Buffer.from(signed(program, digestOf(algorithm), bytes(data, 'data'), key)), done),
    verify: (algorithm: unknown, data: unknown, key: unknown, signature: unknown, done?: Done) =>
      answer(() => verified(program, digestOf(algorithm), bytes(data, 'data'), key, bytes(signature, 'signature')), done),
  };
}
