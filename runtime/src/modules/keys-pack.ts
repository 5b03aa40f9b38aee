/** The engine's module of asymmetric keys and ciphers: loaded like a pack, and no package that a program can name. */

/** The pack that carries it. */
export const KEYS_PACK = 'backlab-keys';
/** What a program that needs it writes somewhere. */
export const NAMES_KEYS = /\b(?:create(?:Sign|Verify|PrivateKey|PublicKey|Cipheriv|Decipheriv)|generateKeyPair(?:Sync)?|(?:RS|PS|ES)(?:256|384|512)|EdDSA)\b|-----BEGIN /;
