/** The claims of a token against what `jwt.verify` was asked. */
import { JsonWebTokenError, NotBeforeError, TokenExpiredError } from './errors';
import { after } from './timespan';

type Options = Record<string, unknown>;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);
const dateOf = (seconds: number): Date => new Date(seconds * 1000);

/** `seconds` is the time that counts as now. Throws what the package throws, in its order. */
export function checkClaims(payload: Options, options: Options, seconds: number): void {
  const tolerance = (options.clockTolerance as number | undefined) || 0;
  if (payload.nbf !== undefined && !options.ignoreNotBefore) {
    if (typeof payload.nbf !== 'number') throw new JsonWebTokenError('invalid nbf value');
    if (payload.nbf > seconds + tolerance) throw new NotBeforeError('jwt not active', dateOf(payload.nbf));
  }
  if (payload.exp !== undefined && !options.ignoreExpiration) {
    if (typeof payload.exp !== 'number') throw new JsonWebTokenError('invalid exp value');
    if (seconds >= payload.exp + tolerance) throw new TokenExpiredError('jwt expired', dateOf(payload.exp));
  }
  if (options.audience) {
    const wanted = list(options.audience);
    const fits = list(payload.aud).some((own) => wanted.some((one) => (one instanceof RegExp ? one.test(String(own)) : one === own)));
    if (!fits) throw new JsonWebTokenError(`jwt audience invalid. expected: ${wanted.join(' or ')}`);
  }
  if (options.issuer) {
    const { issuer } = options;
    if (Array.isArray(issuer) ? !issuer.includes(payload.iss) : typeof issuer === 'string' && payload.iss !== issuer) {
      throw new JsonWebTokenError(`jwt issuer invalid. expected: ${String(issuer)}`);
    }
  }
  for (const [option, claim, word] of [['subject', 'sub', 'subject'], ['jwtid', 'jti', 'jwtid'], ['nonce', 'nonce', 'nonce']] as const) {
    if (options[option] && payload[claim] !== options[option]) throw new JsonWebTokenError(`jwt ${word} invalid. expected: ${String(options[option])}`);
  }
  if (!options.maxAge) return;
  if (typeof payload.iat !== 'number') throw new JsonWebTokenError('iat required when maxAge is specified');
  const limit = after(options.maxAge, payload.iat);
  if (limit === undefined) throw new JsonWebTokenError('"maxAge" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60');
  if (seconds >= limit + tolerance) throw new TokenExpiredError('maxAge exceeded', dateOf(limit));
}
