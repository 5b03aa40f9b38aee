/** The package `jsonwebtoken`: its arguments, claims and errors here; the signatures are the engine's. */
import type { Program } from '../sandbox/program';
import { Buffer } from './buffer';
import { KeyObject, type AsymmetricKeyObject } from './crypto/key-object';
import { addClaims, optionProblem, payloadProblem } from './jwt/claims';
import { JsonWebTokenError, NotBeforeError, TokenExpiredError } from './jwt/errors';
import { asymmetricProblem, isAlgorithm, kindProblem } from './jwt/keys';
import { checkClaims } from './jwt/verify';

/** What the engine does for tokens and passwords. */
export interface AuthFunctions {
  /** An HMAC of 256, 384 or 512 bits. */
  hmacSign(bits: number, secret: Uint8Array, message: Uint8Array): Uint8Array;
  bcryptSalt(rounds: number, random: Uint8Array): string;
  bcryptHash(password: Uint8Array, salt: string): string;
  bcryptVerify(password: Uint8Array, hash: string): boolean;
  bcryptRounds(hash: string): number;
}

type Options = Record<string, unknown>;
type Done = (error: Error | null, value?: unknown) => void;
interface Decoded {
  header: Options & { alg?: unknown };
  payload: unknown;
  signature: string;
}
interface Crypto {
  createSecretKey(key: unknown): KeyObject;
  createPrivateKey(key: unknown): KeyObject;
  createPublicKey(key: unknown): KeyObject;
  sign(algorithm: string | undefined, data: Uint8Array, key: object): Uint8Array;
  verify(algorithm: string | undefined, data: Uint8Array, key: object, signature: Uint8Array): boolean;
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
  constants: Record<string, number>;
}

const JWT = /^[\w-]+={0,2}\.[\w-]*={0,2}\.[\w-]*={0,2}$/;
const textOf = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Takes a token apart; null when it is none. */
function takeApart(token: unknown): Decoded | null {
  const text = String(token);
  if (!JWT.test(text)) return null;
  const [head = '', body = '', signature = ''] = text.split('.');
  const header = parsed(textOf(head)) as Decoded['header'] | undefined;
  if (typeof header !== 'object' || header === null) return null;
  const payload = textOf(body);
  // A payload that should be JSON and is not is not this package's error.
  const isJson = header.typ === 'JWT';
  return { header, payload: isJson ? (JSON.parse(payload) as unknown) : payload, signature };
}

/** What `require('jsonwebtoken')` gives. */
export function makeJsonWebToken(program: Program, engine: AuthFunctions): object {
  const crypto = (): Crypto => program.loader.builtin('crypto') as Crypto;
  const { names } = program.loader.globals;
  /** The clock is read at every call, and it is the program's own: tests put another in its place. */
  const seconds = (): number => Math.floor((program.loader.globals.values()[names.indexOf('Date')] as DateConstructor).now() / 1000);

  /** How an asymmetric algorithm signs: the hash, and what stands beside the key. */
  function scheme(algorithm: string, key: KeyObject): [digest: string | undefined, key: object] {
    if (algorithm === 'EdDSA') return [undefined, key];
    const { constants } = crypto();
    const kind = algorithm.slice(0, 2);
    const extra =
      kind === 'PS'
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : kind === 'ES'
          ? { dsaEncoding: 'ieee-p1363' }
          : { padding: constants.RSA_PKCS1_PADDING };
    return [`sha${algorithm.slice(2)}`, { key, ...extra }];
  }

  const hmac = (algorithm: string, key: KeyObject, message: Uint8Array): Uint8Array => engine.hmacSign(Number(algorithm.slice(2)), key.export() as Uint8Array, message);

  function signatureOf(algorithm: string, message: string, key: KeyObject | undefined): string {
    if (algorithm === 'none') return '';
    const bytes = Buffer.from(message);
    if (algorithm.startsWith('HS')) return Buffer.from(hmac(algorithm, key as KeyObject, bytes)).toString('base64url');
    const [digest, input] = scheme(algorithm, key as KeyObject);
    return Buffer.from(crypto().sign(digest, bytes, input)).toString('base64url');
  }

  function holds(algorithm: string, message: string, key: KeyObject | undefined, signature: string): boolean {
    if (algorithm === 'none') return signature === '';
    const given = Buffer.from(signature, 'base64url');
    const bytes = Buffer.from(message);
    if (algorithm.startsWith('HS')) {
      const real = hmac(algorithm, key as KeyObject, bytes);
      return real.length === given.length && crypto().timingSafeEqual(real, given);
    }
    const [digest, input] = scheme(algorithm, key as KeyObject);
    return crypto().verify(digest, bytes, input, given);
  }

  /** A key object from whatever was given; `of` reads the asymmetric ones. */
  function keyOf(given: unknown, of: 'createPrivateKey' | 'createPublicKey', name: string): KeyObject {
    if (given instanceof KeyObject) return given;
    const { createSecretKey, [of]: create } = crypto();
    try {
      return create(given);
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM') throw error;
      try {
        return createSecretKey(typeof given === 'string' ? Buffer.from(given) : given);
      } catch {
        throw new Error(`${name} is not valid key material`);
      }
    }
  }

  function decode(token: unknown, options?: Options): unknown {
    const decoded = takeApart(token);
    if (!decoded) return null;
    let { payload } = decoded;
    if (typeof payload === 'string') {
      const object = parsed(payload);
      if (typeof object === 'object' && object !== null) payload = object;
    }
    return options?.complete === true ? { header: decoded.header, payload, signature: decoded.signature } : payload;
  }

  function signNow(payload: unknown, secret: unknown, options: Options): string {
    const isObject = typeof payload === 'object' && !isBytes(payload);
    const header: Options = { alg: options.algorithm || 'HS256', typ: isObject ? 'JWT' : undefined, kid: options.keyid, ...(options.header as object | undefined) };
    const algorithm = String(header.alg);
    if (!secret && options.algorithm !== 'none') throw new Error('secretOrPrivateKey must have a value');
    const key = secret === null || secret === undefined ? undefined : keyOf(secret, 'createPrivateKey', 'secretOrPrivateKey');
    const problem =
      kindProblem(algorithm, key, 'sign', Boolean(options.allowInsecureKeySizes)) ??
      payloadProblem(payload, options) ??
      optionProblem(options) ??
      (options.allowInvalidAsymmetricKeyTypes ? undefined : asymmetricProblem(algorithm, key));
    if (problem !== undefined) throw new Error(problem);
    let body = payload;
    if (isObject) {
      const claims = (options.mutatePayload ? payload : { ...(payload as object) }) as Options;
      addClaims(claims, options, seconds());
      body = JSON.stringify(claims);
    } else if (isBytes(payload)) body = Buffer.from(payload).toString();
    else if (typeof payload !== 'string') body = JSON.stringify(payload);
    const text = Buffer.from(body as string, (options.encoding as string | undefined) || 'utf8');
    const message = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${text.toString('base64url')}`;
    return `${message}.${signatureOf(algorithm, message, key)}`;
  }

  function sign(payload: unknown, secret: unknown, options?: Options | Done, callback?: Done): string | undefined {
    const done = typeof options === 'function' ? (options as Done) : callback;
    const given = (typeof options === 'function' ? {} : options) || {};
    if (!done) return signNow(payload, secret, given);
    let token: string;
    try {
      token = signNow(payload, secret, given);
    } catch (error) {
      done(error as Error);
      return undefined;
    }
    program.post(() => done(null, token));
    return undefined;
  }

  function check(token: string, decoded: Decoded, secret: unknown, options: Options, now: number): unknown {
    const parts = token.split('.');
    const signature = parts[2]!.trim();
    if (!signature && secret) throw new JsonWebTokenError('jwt signature is required');
    if (signature && !secret) throw new JsonWebTokenError('secret or public key must be provided');
    if (!signature && !options.algorithms) throw new JsonWebTokenError('please specify "none" in "algorithms" to verify unsigned tokens');
    const key = secret === null || secret === undefined || secret === '' ? undefined : keyFor(secret);
    const algorithm = String(decoded.header.alg);
    const allowed = (options.algorithms as string[] | undefined) ?? defaults(key);
    if (!allowed.includes(decoded.header.alg as string)) throw new JsonWebTokenError('invalid algorithm');
    const wrong = kindProblem(algorithm, key, 'verify');
    if (wrong !== undefined) throw new JsonWebTokenError(wrong);
    const unfit = options.allowInvalidAsymmetricKeyTypes ? undefined : asymmetricProblem(algorithm, key);
    if (unfit !== undefined) throw new Error(unfit);
    if (!isAlgorithm(algorithm)) throw new TypeError(`"${algorithm}" is not a valid algorithm`);
    if (!holds(algorithm, `${parts[0]}.${parts[1]}`, key, parts[2]!)) throw new JsonWebTokenError('invalid signature');
    checkClaims(decoded.payload as Options, options, now);
    return options.complete === true ? decoded : decoded.payload;
  }

  function keyFor(secret: unknown): KeyObject {
    try {
      return keyOf(secret, 'createPublicKey', 'secretOrPublicKey');
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM') throw error;
      throw new JsonWebTokenError((error as Error).message);
    }
  }

  function defaults(key: KeyObject | undefined): string[] {
    const sizes = (kind: string): string[] => [256, 384, 512].map((size) => kind + size);
    if (!key || key.type === 'secret') return sizes('HS');
    const { asymmetricKeyType: type } = key as AsymmetricKeyObject;
    if (type === 'ed25519') return ['EdDSA'];
    return type === 'ec' ? sizes('ES') : [...sizes('RS'), ...sizes('PS')];
  }

  function verify(token: unknown, secret: unknown, options?: Options | Done, callback?: Done): unknown {
    const done = typeof options === 'function' && !callback ? (options as Done) : callback;
    const given: Options = { ...(typeof options === 'function' ? {} : options) };
    const answer = (work: () => unknown): unknown => {
      if (!done) return work();
      let value: unknown;
      try {
        value = work();
      } catch (error) {
        return done(error as Error);
      }
      return done(null, value);
    };
    const fail = (error: Error): unknown => answer(() => {
      throw error;
    });
    if (given.clockTimestamp && typeof given.clockTimestamp !== 'number') return fail(new JsonWebTokenError('clockTimestamp must be a number'));
    if (given.nonce !== undefined && (typeof given.nonce !== 'string' || given.nonce.trim() === '')) return fail(new JsonWebTokenError('nonce must be a non-empty string'));
    const { allowInvalidAsymmetricKeyTypes: allows } = given;
    if (allows !== undefined && typeof allows !== 'boolean') return fail(new JsonWebTokenError('allowInvalidAsymmetricKeyTypes must be a boolean'));
    const now = (given.clockTimestamp as number | undefined) || seconds();
    if (!token) return fail(new JsonWebTokenError('jwt must be provided'));
    if (typeof token !== 'string') return fail(new JsonWebTokenError('jwt must be a string'));
    if (token.split('.').length !== 3) return fail(new JsonWebTokenError('jwt malformed'));
    let decoded: Decoded | null;
    try {
      decoded = decode(token, { complete: true }) as Decoded | null;
    } catch (error) {
      return fail(error as Error);
    }
    if (!decoded) return fail(new JsonWebTokenError('invalid token'));
    const found = decoded;
    if (typeof secret !== 'function') return answer(() => check(token, found, secret, given, now));
    if (!done) return fail(new JsonWebTokenError('verify must be called asynchronous if secret or public key is provided as a callback'));
    (secret as (header: object, done: (error: Error | null, key?: unknown) => void) => void)(found.header, (error, key) => {
      if (error) return void done(new JsonWebTokenError(`error in secret or public key callback: ${error.message}`));
      answer(() => check(token, found, key, given, now));
    });
    return undefined;
  }

  return { decode, verify, sign, JsonWebTokenError, NotBeforeError, TokenExpiredError };
}
