/** What Express adds to a request. */
import type { Kit } from './kit';
import type { Trust } from './settings';
import type { Request } from './types';
import { pathOf, queryOf } from './url';

/** What a negotiation is about, as the engine numbers it. */
const TYPE = 0;
const ENCODING = 1;
const CHARSET = 2;
const LANGUAGE = 3;

export function requestPrototype(kit: Kit): object {
  const { engine, http } = kit;
  const request = Object.create(http.IncomingMessage.prototype) as Record<string, unknown>;

  const get = function header(this: Request, name: string): string | undefined {
    if (!name) throw new TypeError('name argument is required to req.get');
    if (typeof name !== 'string') throw new TypeError('name must be a string to req.get');
    const lower = name.toLowerCase();
    const { headers } = this;
    return lower === 'referer' || lower === 'referrer' ? headers['referrer'] || headers['referer'] : headers[lower];
  };
  request['get'] = request['header'] = get;

  const negotiator = (what: number, header: string) =>
    function (this: Request, ...given: unknown[]): unknown {
      const offers = (Array.isArray(given[0]) ? given[0] : given) as string[];
      const wanted = this.headers[header];
      if (offers.length === 0 || offers[0] === undefined) return engine.accepted(what, wanted);
      const best = engine.accepts(what, wanted, offers);
      return best === undefined ? false : offers[best];
    };
  request['accepts'] = negotiator(TYPE, 'accept');
  request['acceptsEncodings'] = negotiator(ENCODING, 'accept-encoding');
  request['acceptsCharsets'] = negotiator(CHARSET, 'accept-charset');
  request['acceptsLanguages'] = negotiator(LANGUAGE, 'accept-language');

  request['range'] = function (this: Request, size: number, options?: { combine?: boolean }) {
    const header = this.get('Range');
    return header ? rangesOf(kit, size, header, options?.combine === true) : undefined;
  };

  request['is'] = function (this: Request, ...given: unknown[]): string | false | null {
    const { headers } = this;
    if (headers['transfer-encoding'] === undefined && Number.isNaN(Number(headers['content-length']))) return null;
    const types = (Array.isArray(given[0]) ? given[0] : given) as string[];
    const type = headers['content-type'];
    return (type && engine.typeIs(type, types)) || false;
  };

  getter('query', function () {
    const parse = this.app.set('query parser fn') as ((query: string | null) => unknown) | undefined;
    return parse ? parse(queryOf(this.url)) : Object.create(null);
  });
  getter('path', function () {
    return pathOf(this.url);
  });
  getter('protocol', function () {
    const own = this.socket.encrypted ? 'https' : 'http';
    if (!trustOf(this)(this.socket.remoteAddress, 0)) return own;
    return firstOf(this.get('X-Forwarded-Proto') || own);
  });
  getter('secure', function () {
    return this.protocol === 'https';
  });
  getter('ip', function () {
    return addresses(this).at(-1);
  });
  getter('ips', function () {
    return addresses(this).reverse().slice(0, -1);
  });
  getter('subdomains', function () {
    const { hostname } = this;
    if (!hostname) return [];
    const isAddress = /^\d+(\.\d+){3}$/.test(hostname) || hostname.includes(':');
    const parts = isAddress ? [hostname] : hostname.split('.').reverse();
    return parts.slice(this.app.set('subdomain offset') as number);
  });
  getter('host', function () {
    const forwarded = this.get('X-Forwarded-Host');
    if (!forwarded || !trustOf(this)(this.socket.remoteAddress, 0)) return this.get('Host') || undefined;
    const comma = forwarded.indexOf(',');
    return (comma === -1 ? forwarded : forwarded.slice(0, comma).trimEnd()) || undefined;
  });
  getter('hostname', function () {
    const { host } = this;
    if (!host) return undefined;
    const colon = host.indexOf(':', host[0] === '[' ? host.indexOf(']') + 1 : 0);
    return colon === -1 ? host : host.slice(0, colon);
  });
  getter('fresh', function () {
    const { method, headers, res } = this;
    if (method !== 'GET' && method !== 'HEAD' && method !== 'QUERY') return false;
    const noneMatch = headers['if-none-match'];
    const since = headers['if-modified-since'];
    if (!noneMatch && !since) return false;
    const status = res.statusCode;
    if (status !== 304 && (status < 200 || status >= 300)) return false;
    const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
    return engine.isFresh(noneMatch, since, headers['cache-control'], text(res.get('ETag')), text(res.get('Last-Modified')));
  });
  getter('stale', function () {
    return !this.fresh;
  });
  getter('xhr', function () {
    return (this.get('X-Requested-With') || '').toLowerCase() === 'xmlhttprequest';
  });

  function getter(name: string, get: (this: Request) => unknown): void {
    Object.defineProperty(request, name, { configurable: true, enumerable: true, get });
  }

  return request;
}

function trustOf(req: Request): Trust {
  return req.app.set('trust proxy fn') as Trust;
}

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return (comma === -1 ? list : list.slice(0, comma)).trim();
}

/** The socket's address, then X-Forwarded-For from the nearest proxy outwards, up to the first that is not trusted. */
function addresses(req: Request): (string | undefined)[] {
  const forwarded = (req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const all = [req.socket.remoteAddress, ...forwarded.reverse()];
  const trust = trustOf(req);
  const last = all.findIndex((address, hop) => hop === all.length - 1 || !trust(address, hop));
  return all.slice(0, last + 1);
}

/** Parts of a Range header with their unit, -1 for "no such part", -2 for "malformed". */
export function rangesOf(kit: Kit, size: number, header: string, combine: boolean): number | ({ start: number; end: number }[] & { type?: string }) {
  const numbers = kit.engine.parseRange(size, header, combine);
  if (numbers.length === 1) return numbers[0]!;
  const ranges: { start: number; end: number }[] & { type?: string } = [];
  for (let at = 0; at < numbers.length; at += 2) ranges.push({ start: numbers[at]!, end: numbers[at + 1]! });
  ranges.type = header.slice(0, header.indexOf('='));
  return ranges;
}
