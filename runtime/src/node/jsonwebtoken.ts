/** The `jsonwebtoken` package over the engine: HS256, HS384 and HS512, on the sandbox's clock. */
import type { Program } from '../sandbox/program';
import { Buffer } from './buffer';

/** What the engine does for tokens and passwords. */
export interface AuthFunctions {
  /** Payload and options are JSON text; `now` is milliseconds since the epoch. */
  jwtSign(payload: string, secret: Uint8Array, options: string, now: number): string;
  jwtVerify(token: string, secret: Uint8Array, options: string, now: number): string;
  jwtDecode(token: string): string | undefined;
  bcryptSalt(rounds: number, random: Uint8Array): string;
  bcryptHash(password: Uint8Array, salt: string): string;
  bcryptVerify(password: Uint8Array, hash: string): boolean;
  bcryptRounds(hash: string): number;
}

type Options = Record<string, unknown>;
type Done = (error: Error | null, value?: unknown) => void;
interface Decoded {
  header: object;
  payload: unknown;
  signature: string;
}

class JsonWebTokenError extends Error {
  readonly inner?: unknown;
  constructor(message: string, inner?: unknown) {
    super(message);
    if (inner) this.inner = inner;
  }
}
class TokenExpiredError extends JsonWebTokenError {
  constructor(message: string, readonly expiredAt: Date) {
    super(message);
  }
}
class NotBeforeError extends JsonWebTokenError {
  constructor(message: string, readonly date: Date) {
    super(message);
  }
}
const ERRORS = { JsonWebTokenError, TokenExpiredError, NotBeforeError };
for (const [name, { prototype }] of Object.entries(ERRORS)) Object.defineProperty(prototype, 'name', { value: name, writable: true, configurable: true });

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isPlain = (value: unknown): value is Options => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};
const isSpan = (value: unknown): boolean => Number.isInteger(value) || (typeof value === 'string' && value !== '');
const SPAN = 'should be a number of seconds or string representing a timespan';

/** What `sign` takes: the test of each option and what is wrong with a value that fails it. */
const SIGN: Record<string, [fits: (value: unknown) => boolean, message: string]> = {
  expiresIn: [isSpan, SPAN],
  notBefore: [isSpan, SPAN],
  audience: [(value) => isText(value) || Array.isArray(value), 'must be a string or array'],
  algorithm: [isText, 'must be a valid string enum value'],
  header: [isPlain, 'must be an object'],
  encoding: [isText, 'must be a string'],
  issuer: [isText, 'must be a string'],
  subject: [isText, 'must be a string'],
  jwtid: [isText, 'must be a string'],
  keyid: [isText, 'must be a string'],
  noTimestamp: [isFlag, 'must be a boolean'],
  mutatePayload: [isFlag, 'must be a boolean'],
  allowInsecureKeySizes: [isFlag, 'must be a boolean'],
  allowInvalidAsymmetricKeyTypes: [isFlag, 'must be a boolean'],
};
/** Options that become claims, which only an object has. */
const OF_CLAIMS = ['expiresIn', 'notBefore', 'noTimestamp', 'audience', 'issuer', 'subject', 'jwtid'];

function secretBytes(secret: unknown): Uint8Array {
  if (typeof secret === 'string') return Buffer.from(secret, 'utf8');
  if (secret instanceof Uint8Array) return secret;
  const { key, export: exported } = Object(secret) as { key?: unknown; export?: () => Uint8Array };
  if (typeof exported === 'function') return exported.call(secret);
  return key === undefined ? new Uint8Array() : secretBytes(key);
}

function checkOptions(options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    const [fits, message] = SIGN[name] ?? [];
    if (!fits) throw new Error(`"${name}" is not allowed in "options"`);
    if (!fits(value)) throw new Error(`"${name}" ${message}`);
  }
}

function payloadOf(payload: unknown, options: Options): unknown {
  if (payload === undefined) throw new Error('payload is required');
  const isBytes = payload instanceof Uint8Array;
  if (typeof payload === 'object' && !isBytes) {
    if (!isPlain(payload)) throw new Error('Expected "payload" to be a plain object.');
    return payload;
  }
  const wrong = OF_CLAIMS.filter((name) => options[name] !== undefined);
  if (wrong.length > 0) throw new Error(`invalid ${wrong.join(',')} option for ${typeof payload} payload`);
  return isBytes ? Buffer.from(payload).toString() : String(payload);
}

/** The engine's errors carry the package's names; programs ask with `instanceof`. */
function translated(error: unknown): Error {
  const { name, message, expiredAt, date } = error as Error & { expiredAt?: Date; date?: Date };
  if (name === 'TokenExpiredError') return new TokenExpiredError(message, expiredAt!);
  if (name === 'NotBeforeError') return new NotBeforeError(message, date!);
  return name === 'JsonWebTokenError' ? new JsonWebTokenError(message) : new Error(message);
}

/** What `require('jsonwebtoken')` gives. */
export function makeJsonWebToken(program: Program, engine: AuthFunctions): object {
  const { clock } = program.world;

  function decode(token: unknown, options?: Options): unknown {
    const text = typeof token === 'string' ? engine.jwtDecode(token) : undefined;
    if (text === undefined) return null;
    const decoded = JSON.parse(text) as Decoded;
    return options?.complete ? decoded : decoded.payload;
  }

  function signNow(payload: unknown, secret: unknown, options: Options): string {
    const { mutatePayload, encoding, allowInsecureKeySizes, allowInvalidAsymmetricKeyTypes, ...given } = options;
    const key = secretBytes(secret);
    if (key.length === 0) throw new Error('secretOrPrivateKey must have a value');
    const body = payloadOf(payload, options);
    checkOptions(options);
    let token: string;
    try {
      token = engine.jwtSign(JSON.stringify(body), key, JSON.stringify(given), clock.now());
    } catch (error) {
      throw translated(error);
    }
    if (mutatePayload && isPlain(payload)) Object.assign(payload, decode(token));
    return token;
  }

  function sign(payload: unknown, secret: unknown, options?: Options | Done, callback?: Done): string | undefined {
    const done = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : (options ?? {});
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

  function verifyNow(token: unknown, secret: unknown, options: Options): unknown {
    if (!token) throw new JsonWebTokenError('jwt must be provided');
    if (typeof token !== 'string') throw new JsonWebTokenError('jwt must be a string');
    const { complete, audience, ...rest } = options;
    // Only JavaScript can ask a regular expression.
    const audiences = [audience].flat();
    const scripted = audiences.some((one) => one instanceof RegExp);
    let payload: unknown;
    try {
      const text = JSON.stringify(scripted ? rest : { ...rest, audience });
      payload = JSON.parse(engine.jwtVerify(token, secretBytes(secret), text, clock.now()));
    } catch (error) {
      throw translated(error);
    }
    if (scripted) {
      const named = [(payload as { aud?: unknown }).aud].flat();
      const fits = audiences.some((one) => named.some((name) => (one instanceof RegExp ? one.test(String(name)) : one === name)));
      if (!fits) throw new JsonWebTokenError(`jwt audience invalid. expected: ${audiences.join(' or ')}`);
    }
    return complete ? decode(token, { complete }) : payload;
  }

  function verify(token: unknown, secret: unknown, options?: Options | Done | null, callback?: Done): unknown {
    const done = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : (options ?? {});
    if (!done) {
      if (typeof secret === 'function') {
        throw new JsonWebTokenError('verify must be called asynchronous if secret or public key is provided as a callback');
      }
      return verifyNow(token, secret, given);
    }
    const answer = (key: unknown): void => {
      let payload: unknown;
      try {
        payload = verifyNow(token, key, given);
      } catch (error) {
        return done(error as Error);
      }
      done(null, payload);
    };
    if (typeof secret !== 'function') return answer(secret);
    const header = (decode(token, { complete: true }) as Decoded | null)?.header;
    if (!header) return done(new JsonWebTokenError(token ? 'jwt malformed' : 'jwt must be provided'));
    (secret as (header: object, done: (error: Error | null, key?: unknown) => void) => void)(header, (error, key) => {
      if (error) done(new JsonWebTokenError(`error in secret or public key callback: ${error.message}`));
      else answer(key);
    });
    return undefined;
  }

  return { decode, verify, sign, ...ERRORS };
}
