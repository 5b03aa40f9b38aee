/** `KeyObject` and its kinds. */
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import type { AsymmetricKey } from './module';

interface Details {
  type: string;
  isPrivate: boolean;
  modulusLength?: number;
  publicExponent?: string;
  [name: string]: unknown;
}
interface ExportOptions {
  format?: string;
  type?: string;
}

export abstract class KeyObject {
  constructor(readonly type: 'secret' | 'public' | 'private') {}
  abstract export(options?: ExportOptions): unknown;
  abstract equals(other: KeyObject): boolean;
}
// Programs print keys by this name.
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

export class SecretKeyObject extends KeyObject {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    super('secret');
    this.#key = key;
  }

  get symmetricKeySize(): number {
    return this.#key.length;
  }

  export(options?: ExportOptions): unknown {
    const key = Buffer.from(this.#key);
    return options?.format === 'jwk' ? { kty: 'oct', k: key.toString('base64url') } : key;
  }

  equals(other: KeyObject): boolean {
    return other instanceof SecretKeyObject && (other.export() as Buffer).equals(this.#key);
  }
}

export class AsymmetricKeyObject extends KeyObject {
  readonly #key: AsymmetricKey;
  readonly #details: Details;

  constructor(key: AsymmetricKey) {
    const details = JSON.parse(key.details()) as Details;
    super(details.isPrivate ? 'private' : 'public');
    this.#key = key;
    this.#details = details;
  }

  /** The key itself, for signatures. */
  static key(object: AsymmetricKeyObject): AsymmetricKey {
    return object.#key;
  }

  get asymmetricKeyType(): string {
    return this.#details.type;
  }

  get asymmetricKeyDetails(): object {
    const { type, isPrivate, publicExponent, ...details } = this.#details;
    void [type, isPrivate];
    return publicExponent === undefined ? details : { ...details, publicExponent: BigInt(publicExponent) };
  }

  export(options?: ExportOptions): unknown {
    const { format, type } = options ?? {};
    if (format === 'jwk') {
      const text = this.#key.toJwk();
      if (text === undefined) throw nodeError(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
      return JSON.parse(text) as object;
    }
    if (typeof options !== 'object') throw invalidArgType('options', 'of type object', options);
    if (typeof type !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.type' is invalid. Received ${String(type)}`);
    if (format === 'pem') return this.#key.toPem(type);
    if (format === 'der') return Buffer.from(this.#key.toDer(type));
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.format' is invalid. Received ${String(format)}`);
  }

  equals(other: KeyObject): boolean {
    if (!(other instanceof AsymmetricKeyObject) || other.type !== this.type) return false;
    const form = this.type === 'private' ? 'pkcs8' : 'spki';
    return Buffer.from(this.#key.toDer(form)).equals(other.#key.toDer(form));
  }
}
export class PublicKeyObject extends AsymmetricKeyObject {}
export class PrivateKeyObject extends AsymmetricKeyObject {}

export function keyObject(key: AsymmetricKey): AsymmetricKeyObject {
  return (JSON.parse(key.details()) as Details).isPrivate ? new PrivateKeyObject(key) : new PublicKeyObject(key);
}
