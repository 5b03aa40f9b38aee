/** Settings that stand for functions: `etag`, `query parser`, `trust proxy`. */
import type { Kit } from './kit';

export type Trust = (address: string | undefined, hop: number) => boolean;
export type ETagFunction = (body: string | Uint8Array, encoding?: string) => string;
export type QueryParser = (query: string | null) => Record<string, unknown>;

/** Nesting, array length and pairs that the extended parser reads. */
const DEPTH = 5;
const ARRAY_LIMIT = 20;
const PARAMETER_LIMIT = 1000;

export interface Compilers {
  etag(value: unknown): ETagFunction | undefined;
  queryParser(value: unknown): QueryParser | undefined;
  trust(value: unknown): Trust;
}

export function compilers(kit: Kit): Compilers {
  const { Buffer, engine, scratch } = kit;

  const etagWith =
    (weak: boolean): ETagFunction =>
    (body, encoding) =>
      scratch.etag(typeof body === 'string' ? Buffer.from(body, encoding) : body, weak);
  const weak = etagWith(true);
  const strong = etagWith(false);

  /** As Node's querystring: no prototype, repeated names become lists. */
  const simple: QueryParser = (query) => {
    const values = Object.create(null) as Record<string, unknown>;
    if (!query) return values;
    const pairs = engine.parseQuery(query);
    for (let at = 0; at < pairs.length; at += 2) {
      const name = pairs[at]!;
      const value = pairs[at + 1]!;
      const present = values[name];
      if (present === undefined) values[name] = value;
      else if (Array.isArray(present)) present.push(value);
      else values[name] = [present, value];
    }
    return values;
  };

  const extended: QueryParser = (query) =>
    query ? JSON.parse(engine.parseQueryTree(query, DEPTH, false, ARRAY_LIMIT, PARAMETER_LIMIT, 0)) : {};

  return {
    etag(value) {
      if (typeof value === 'function') return value as ETagFunction;
      if (value === true || value === 'weak') return weak;
      if (value === 'strong') return strong;
      if (value === false) return undefined;
      throw new TypeError(`unknown value for etag function: ${value}`);
    },
    queryParser(value) {
      if (typeof value === 'function') return value as QueryParser;
      if (value === true || value === 'simple') return simple;
      if (value === 'extended') return extended;
      if (value === false) return undefined;
      throw new TypeError(`unknown value for query parser function: ${value}`);
    },
    trust(value) {
      if (typeof value === 'function') return value as Trust;
      if (value === true) return () => true;
      if (typeof value === 'number') return (_, hop) => hop < value;
      const list = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value || [];
      if (!Array.isArray(list)) throw new TypeError('unsupported trust argument');
      if (list.length === 0) return () => false;
      const proxies = kit.checked((engine) => new engine.TrustedProxies(list));
      return (address) => address !== undefined && proxies.contains(address);
    },
  };
}
