/** The engine's modules that few programs need: loaded like packs, and no packages that a program can name. */
import { nodeError } from '../node/errors';
import type { Program } from '../sandbox/program';

/** Asymmetric keys and ciphers. */
export const KEYS_PACK = 'backlab-keys';
export const BROTLI_PACK = 'backlab-brotli';

/** Pack → what a program that needs it writes somewhere. */
export const ENGINE_PACKS: Readonly<Record<string, RegExp>> = {
  [KEYS_PACK]: /\b(?:create(?:Sign|Verify|PrivateKey|PublicKey|Cipheriv|Decipheriv)|generateKeyPair(?:Sync)?|(?:RS|PS|ES)(?:256|384|512)|EdDSA)\b|-----BEGIN /,
  // `compression` chooses Brotli for a client that takes it.
  [BROTLI_PACK]: /brotli|["'`]compression["'`]/i,
};

/** Started once: they know nothing of a program. */
const started = new Map<string, unknown>();

/** A module's exports; throws when it was not loaded before the program started. `hint` says what would have loaded it. */
export function enginePack<T>(program: Program, pack: string, what: string, hint: string): T {
  const found = started.get(pack) ?? program.loader.pack(pack)?.exports;
  if (!found) {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${what} was not loaded before the program started: ${hint} Write such a name in full, then start again.`);
  }
  started.set(pack, found);
  return found as T;
}
