/** Making, reading and pairing keys. */
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, nodeError } from '../errors';
import { bytes, KEY, SECRET, type Done } from './data';
import { AsymmetricKeyObject, keyObject, KeyObject, SecretKeyObject } from './key-object';
import { keysModule, type AsymmetricKey } from './module';

interface Encoding {
  type: string;
  format: string;
}
export interface KeyInput {
  key?: unknown;
  format?: string;
  type?: string;
  passphrase?: unknown;
}

/** By OpenSSL's names and NIST's. */
const CURVES = /^(?:prime256v1|secp(?:384|521)r1|P-(?:256|384|521))$/;

function unsupported(): Error {
  const message = 'error:1E08010C:DECODER routines::unsupported';
  return Object.assign(new Error(message), { library: 'DECODER routines', reason: 'unsupported', code: 'ERR_OSSL_UNSUPPORTED' });
}

function refused(error: unknown): Error {
  const { message } = error as Error;
  return /unsupported$/.test(message) ? unsupported() : new Error(message);
}

/** A key from text, bytes or a table of both. */
function read(program: Program, input: unknown, wantsPrivate: boolean): AsymmetricKey {
  const isTable = typeof input === 'object' && input !== null && !ArrayBuffer.isView(input) && !(input instanceof ArrayBuffer);
  const { key = input, format = 'pem', type } = (isTable && !(input instanceof KeyObject) ? input : {}) as KeyInput;
  if (key instanceof AsymmetricKeyObject) return AsymmetricKeyObject.key(key);
  if (key instanceof KeyObject) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', 'Invalid key object type secret, expected private.');
  const what = wantsPrivate ? 'createPrivateKey' : 'createPublicKey';
  if (format === 'jwk') return keysModule(program, what).AsymmetricKey.fromJwk(JSON.stringify(key));
  if (typeof key !== 'string' && !ArrayBuffer.isView(key) && !(key instanceof ArrayBuffer)) {
    throw invalidArgType('key', wantsPrivate ? KEY : SECRET, key);
  }
  const material = bytes(key, 'key');
  const text = Buffer.from(material).toString('latin1');
  // What is no key at all is no reason to have the module.
  if (format === 'pem' && !text.includes('-----BEGIN ')) throw unsupported();
  const { AsymmetricKey } = keysModule(program, what);
  try {
    return format === 'der' ? AsymmetricKey.fromDer(material, type ?? (wantsPrivate ? 'pkcs8' : 'spki')) : AsymmetricKey.fromPem(text);
  } catch (error) {
    throw refused(error);
  }
}

export function privateKey(program: Program, input: unknown): AsymmetricKeyObject {
  if (input instanceof AsymmetricKeyObject && input.type === 'private') return input;
  const object = keyObject(read(program, input, true));
  if (object.type !== 'private') throw unsupported();
  return object;
}

export function publicKey(program: Program, input: unknown): AsymmetricKeyObject {
  if (input instanceof AsymmetricKeyObject && input.type === 'public') return input;
  return keyObject(read(program, input, false).public());
}

export function makeKeys(program: Program): Record<string, unknown> {
  const { random } = program.world;

  function generate(type: unknown, options: Record<string, unknown> = {}): { publicKey: unknown; privateKey: unknown } {
    if (typeof type !== 'string') throw invalidArgType('type', 'of type string', type);
    const { modulusLength, publicExponent = 65_537, namedCurve, publicKeyEncoding, privateKeyEncoding } = options;
    const isRsa = type === 'rsa' || type === 'rsa-pss';
    if (isRsa && typeof modulusLength !== 'number') throw invalidArgType('options.modulusLength', 'of type number', modulusLength);
    if (type === 'ec' && typeof namedCurve !== 'string') throw invalidArgType('options.namedCurve', 'of type string', namedCurve);
    if (type === 'ec' && !CURVES.test(String(namedCurve))) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
    const seed = random.fill(new Uint8Array(32));
    const key = keysModule(program, 'generateKeyPairSync').AsymmetricKey.generate(type, Number(modulusLength ?? 0), Number(publicExponent), String(namedCurve ?? ''), seed);
    const shown = (object: AsymmetricKeyObject, encoding: unknown): unknown => (encoding ? object.export(encoding as Encoding) : object);
    return { publicKey: shown(keyObject(key.public()), publicKeyEncoding), privateKey: shown(keyObject(key), privateKeyEncoding) };
  }

  function secret(key: unknown, encoding?: string): SecretKeyObject {
    return new SecretKeyObject(bytes(key, 'key', encoding).slice());
  }

  return {
    KeyObject,
    createSecretKey: secret,
    createPrivateKey: (input: unknown) => privateKey(program, input),
    createPublicKey: (input: unknown) => publicKey(program, input),
    generateKeyPairSync: generate,
    generateKeyPair(type: unknown, options: Record<string, unknown>, done: Done) {
      program.post(() => {
        let pair: ReturnType<typeof generate>;
        try {
          pair = generate(type, options);
        } catch (error) {
          done(error as Error);
          return;
        }
        done(null, pair.publicKey, pair.privateKey);
      });
    },
    generateKeySync(type: string, { length }: { length: number }) {
      if (type !== 'hmac' && type !== 'aes') throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received '${type}'`);
      return secret(random.fill(new Uint8Array(Math.ceil(length / 8))));
    },
    getCurves: () => ['prime256v1', 'secp384r1', 'secp521r1'],
  };
}
