/** Which keys fit which algorithms. */
import { AsymmetricKeyObject, type KeyObject } from '../crypto/key-object';

const CURVES: Record<string, string> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };
const sizes = (kind: string): string[] => [256, 384, 512].map((size) => kind + size);
const ALLOWED: Record<string, string[]> = {
  ec: sizes('ES'),
  rsa: ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'],
  'rsa-pss': sizes('PS'),
  ed25519: ['EdDSA'],
};
const ALL = new Set(['none', 'EdDSA', ...['HS', 'RS', 'PS', 'ES'].flatMap(sizes)]);

export const isAlgorithm = (name: unknown): name is string => typeof name === 'string' && ALL.has(name);

/** What is wrong with an asymmetric key for an algorithm. */
export function asymmetricProblem(algorithm: unknown, key: unknown): string | undefined {
  if (!algorithm || !(key instanceof AsymmetricKeyObject)) return undefined;
  const { asymmetricKeyType: type } = key;
  const allowed = ALLOWED[type];
  if (!allowed) return `Unknown key type "${type}".`;
  if (!allowed.includes(algorithm as string)) return `"alg" parameter for "${type}" key type must be one of: ${allowed.join(', ')}.`;
  const details = key.asymmetricKeyDetails as { namedCurve?: string; hashAlgorithm?: string; mgf1HashAlgorithm?: string; saltLength?: number };
  if (type === 'ec' && details.namedCurve !== CURVES[algorithm as string]) return `"alg" parameter "${String(algorithm)}" requires curve "${CURVES[algorithm as string]}".`;
  if (type !== 'rsa-pss') return undefined;
  const bits = Number.parseInt(String(algorithm).slice(-3), 10);
  const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = details;
  const wrong = 'Invalid key for this operation, its RSA-PSS';
  if (hashAlgorithm !== `sha${bits}` || mgf1HashAlgorithm !== hashAlgorithm) return `${wrong} parameters do not meet the requirements of "alg" ${String(algorithm)}.`;
  if (saltLength !== undefined && saltLength > bits >> 3) return `${wrong} parameter saltLength does not meet the requirements of "alg" ${String(algorithm)}.`;
  return undefined;
}

/** What is wrong with the kind and size of a key for signing or verifying. */
export function kindProblem(algorithm: string, key: KeyObject | undefined, what: 'sign' | 'verify', allowsShort = true): string | undefined {
  const [name, type] = what === 'sign' ? ['secretOrPrivateKey', 'private'] : ['secretOrPublicKey', 'public'];
  if (algorithm.startsWith('HS') && key?.type !== 'secret') return `${name} must be a symmetric key when using ${algorithm}`;
  if (!/^(?:RS|PS|ES|EdDSA)/.test(algorithm)) return undefined;
  if (key?.type !== type) return `${name} must be an asymmetric key when using ${algorithm}`;
  const { modulusLength } = (key as AsymmetricKeyObject).asymmetricKeyDetails as { modulusLength?: number };
  const isShort = !allowsShort && modulusLength !== undefined && modulusLength < 2048;
  return isShort ? `${name} has a minimum key size of 2048 bits for ${algorithm}` : undefined;
}

/** The package's own name for it: throws what is wrong. */
export function validateAsymmetricKey(algorithm: unknown, key: unknown): void {
  const problem = asymmetricProblem(algorithm, key);
  if (problem !== undefined) throw new Error(problem);
}
