/** The engine's module of asymmetric keys and ciphers, which is there when the files of a program name what it does. */
import type { Program } from '../../sandbox/program';
import { KEYS_PACK } from '../../modules/keys-pack';
import { nodeError } from '../errors';

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

/** Started once: it knows nothing of a program. */
let started: KeysModule | undefined;

export function keysModule(program: Program, what: string): KeysModule {
  started ??= program.loader.pack(KEYS_PACK)?.exports as KeysModule | undefined;
  if (started) return started;
  throw nodeError(
    Error,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `${what} was not loaded before the program started: asymmetric keys and ciphers are loaded when a file of the project names what they do, ` +
      'such as RS256, createSign, generateKeyPairSync or createCipheriv. Write such a name in full, then start again.',
  );
}
