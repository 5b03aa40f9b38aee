/** `createCipheriv` and `createDecipheriv`: AES. */
import { Transform } from 'readable-stream';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { nodeError } from '../errors';
import { bytes, encoded } from './data';
import { keysModule, type EngineCipher } from './module';

const NAMES = [128, 192, 256].flatMap((bits) => ['cbc', 'ctr', 'ecb', 'gcm'].map((mode) => `aes-${bits}-${mode}`));

/** OpenSSL's other names. */
function nameOf(name: string): string {
  const lower = name.toLowerCase();
  const short = /^aes(128|192|256)$/.exec(lower)?.[1];
  if (short) return `aes-${short}-cbc`;
  return lower.replace(/^id-aes(\d+)-gcm$/, 'aes-$1-gcm');
}

function invalid(message: string, code: string): Error {
  return nodeError(message.includes('key') ? RangeError : TypeError, code, message);
}

class Cipher extends Transform {
  readonly #cipher: EngineCipher;
  readonly #encrypts: boolean;
  #tag: Uint8Array | undefined;
  #over = false;

  constructor(program: Program, name: string, key: unknown, iv: unknown, encrypts: boolean, private readonly tagLength = 16) {
    super();
    const known = nameOf(name);
    if (!NAMES.includes(known)) throw nodeError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    const { Cipher: Made } = keysModule(program, encrypts ? 'createCipheriv' : 'createDecipheriv');
    try {
      this.#cipher = new Made(known, bytes(key, 'key'), iv === null ? new Uint8Array() : bytes(iv, 'iv'), encrypts);
    } catch (error) {
      const { message } = error as Error;
      throw invalid(message, message.includes('key') ? 'ERR_CRYPTO_INVALID_KEYLEN' : 'ERR_CRYPTO_INVALID_IV');
    }
    this.#encrypts = encrypts;
    this.mode = known.slice(8);
    for (const hidden of ['tagLength', 'mode']) Object.defineProperty(this, hidden, { enumerable: false });
  }
  private readonly mode: string;

  update(data: unknown, from?: string, to?: string): unknown {
    if (this.#over) throw nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation update');
    return encoded(this.#cipher.update(bytes(data, 'data', from)), to);
  }

  final(to?: string): unknown {
    if (this.#over) throw nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation final');
    this.#over = true;
    let rest: Uint8Array;
    try {
      rest = this.#cipher.finish();
    } catch (error) {
      const { message } = error as Error;
      const reason = message.slice(message.lastIndexOf(':') + 1);
      throw Object.assign(new Error(message), { library: 'Provider routines', reason, code: `ERR_OSSL_${reason.toUpperCase().replaceAll(' ', '_')}` });
    }
    if (this.mode === 'gcm' && !this.#encrypts) {
      const wanted = this.#tag;
      const real = this.#cipher.tag();
      if (!wanted || wanted.some((byte, at) => byte !== real[at])) throw new Error('Unsupported state or unable to authenticate data');
    }
    return encoded(rest, to);
  }

  setAutoPadding(pads = true): this {
    this.#cipher.setPadding(pads);
    return this;
  }

  setAAD(data: unknown, options?: { encoding?: string }): this {
    this.#cipher.associate(bytes(data, 'buffer', options?.encoding));
    return this;
  }

  getAuthTag(): Buffer {
    if (this.mode !== 'gcm' || !this.#encrypts || !this.#over) throw nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
    return Buffer.from(this.#cipher.tag().slice(0, this.tagLength));
  }

  setAuthTag(tag: unknown, encoding?: string): this {
    const given = bytes(tag, 'buffer', encoding);
    if (this.mode !== 'gcm' || this.#encrypts) throw nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation setAuthTag');
    if (![4, 8, 12, 13, 14, 15, 16].includes(given.length)) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${given.length}`);
    this.#tag = given.slice();
    return this;
  }

  _transform(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.push(this.update(chunk));
    done();
  }

  _flush(done: (error?: Error | null) => void): void {
    try {
      this.push(this.final());
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

interface Options {
  authTagLength?: number;
}

export function makeCiphers(program: Program): Record<string, unknown> {
  return {
    createCipheriv: (name: string, key: unknown, iv: unknown, options?: Options) => new Cipher(program, name, key, iv, true, options?.authTagLength),
    createDecipheriv: (name: string, key: unknown, iv: unknown, options?: Options) => new Cipher(program, name, key, iv, false, options?.authTagLength),
    getCiphers: () => [...NAMES],
    getCipherInfo(name: string) {
      const known = nameOf(name);
      if (!NAMES.includes(known)) return undefined;
      const [, bits = '', mode = ''] = known.split('-');
      return { mode, name: mode === 'gcm' ? `id-aes${bits}-GCM` : known, ...(mode === 'gcm' || mode === 'ctr' ? {} : { blockSize: 16 }), ...(mode === 'ecb' ? {} : { ivLength: mode === 'gcm' ? 12 : 16 }), keyLength: Number(bits) / 8 };
    },
  };
}
