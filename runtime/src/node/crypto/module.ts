/** The engine's module of asymmetric keys and ciphers, which is there when the files of a program name what it does. */
import type { Program } from '../../sandbox/program';
import { enginePack, KEYS_PACK } from '../../modules/engine-packs';

export interface AsymmetricKey {
  /** JSON text of kind and details. */
  details(): string;
  public(): AsymmetricKey;
  /** Forms are pkcs8, spki, pkcs1 and sec1. */
  toPem(form: string): string;
  toDer(form: string): Uint8Array;
  /** JSON text. */
  toJwk(): string | undefined;
  sign(digest: string, saltLength: number | undefined, isPlain: boolean, message: Uint8Array, random: Uint8Array): Uint8Array;
  verify(digest: string, saltLength: number | undefined, isPlain: boolean, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface EngineCipher {
  setPadding(pads: boolean): void;
  associate(data: Uint8Array): void;
  update(input: Uint8Array): Uint8Array;
  finish(): Uint8Array;
  tag(): Uint8Array;
}

export interface KeysModule {
  AsymmetricKey: {
    fromPem(text: string): AsymmetricKey;
    fromDer(bytes: Uint8Array, form: string): AsymmetricKey;
    fromJwk(text: string): AsymmetricKey;
    generate(kind: string, size: number, exponent: number, curve: string, random: Uint8Array): AsymmetricKey;
  };
  Cipher: new (name: string, key: Uint8Array, iv: Uint8Array, encrypts: boolean) => EngineCipher;
}

const HINT = 'asymmetric keys and ciphers are loaded when a file of the project names what they do, such as RS256, createSign, generateKeyPairSync or createCipheriv.';

export const keysModule = (program: Program, what: string): KeysModule => enginePack(program, KEYS_PACK, what, HINT);
