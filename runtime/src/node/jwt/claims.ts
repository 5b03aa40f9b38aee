/** What `jwt.sign` takes, and the claims that it adds. */
import { after } from './timespan';
import { isAlgorithm } from './keys';

type Options = Record<string, unknown>;
type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isFlag: Test = (value) => typeof value === 'boolean';
const isSpan: Test = (value) => Number.isInteger(value) || (typeof value === 'string' && value !== '');
function isPlain(value: unknown): value is Options {
  if (typeof value !== 'object' || value === null || Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype as object) === null;
}
const SPAN = 'should be a number of seconds or string representing a timespan';

/** The test of each option, and what is wrong with a value that fails it. */
const OPTIONS: Record<string, [fits: Test, message: string]> = {
  expiresIn: [isSpan, SPAN],
  notBefore: [isSpan, SPAN],
  audience: [(value) => isText(value) || Array.isArray(value), 'must be a string or array'],
  algorithm: [isAlgorithm, 'must be a valid string enum value'],
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
const CLAIM_OF = { audience: 'aud', issuer: 'iss', subject: 'sub', jwtid: 'jti' };

/** What is wrong with the options of `sign`. */
export function optionProblem(options: Options): string | undefined {
  if (!isPlain(options)) return 'Expected "options" to be a plain object.';
  for (const [name, value] of Object.entries(options)) {
    const entry = OPTIONS[name];
    if (!entry) return `"${name}" is not allowed in "options"`;
    if (!entry[0](value)) return `"${name}" ${entry[1]}`;
  }
  return undefined;
}

/** What is wrong with a payload, also beside the options. */
export function payloadProblem(payload: unknown, options: Options): string | undefined {
  if (payload === undefined) return 'payload is required';
  if (typeof payload !== 'object' || payload instanceof Uint8Array) {
    const given = OF_CLAIMS.filter((name) => options[name] !== undefined);
    return given.length > 0 ? `invalid ${given.join(',')} option for ${typeof payload} payload` : undefined;
  }
  if (!isPlain(payload)) return 'Expected "payload" to be a plain object.';
  for (const name of Object.keys(payload)) {
    if (/^(?:iat|exp|nbf)$/.test(name) && typeof payload[name] !== 'number') return `"${name}" should be a number of seconds`;
  }
  if (payload.exp !== undefined && options.expiresIn !== undefined) return 'Bad "options.expiresIn" option the payload already has an "exp" property.';
  if (payload.nbf !== undefined && options.notBefore !== undefined) return 'Bad "options.notBefore" option the payload already has an "nbf" property.';
  return undefined;
}

/** Adds the time, and what the options say, to the claims. `seconds` is now. */
export function addClaims(claims: Options, options: Options, seconds: number): void {
  const issued = (claims.iat as number | undefined) || seconds;
  if (options.noTimestamp) delete claims.iat;
  else claims.iat = issued;
  for (const [option, claim] of [['notBefore', 'nbf'], ['expiresIn', 'exp']] as const) {
    if (options[option] === undefined) continue;
    const moment = after(options[option], issued);
    if (moment === undefined) throw new Error(`"${option}" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60`);
    claims[claim] = moment;
  }
  for (const [option, claim] of Object.entries(CLAIM_OF)) {
    if (options[option] === undefined) continue;
    if (claims[claim] !== undefined) throw new Error(`Bad "options.${option}" option. The payload already has an "${claim}" property.`);
    claims[claim] = options[option];
  }
}
