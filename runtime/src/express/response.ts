/** What Express adds to a response: status, headers, cookies, redirects. Bodies are in `send.ts`. */
import { escapeHtml } from './final';
import type { Kit } from './kit';
import { addFileMethods } from './send-file';
import { addSendMethods } from './send';
import type { SendFunction } from './send-stream';
import type { CookieOptions, Next, Request, Response } from './types';

export type Prototype = Record<string, unknown>;

export function responsePrototype(kit: Kit, send: SendFunction): object {
  const { engine, http, Buffer } = kit;
  const response = Object.create(http.ServerResponse.prototype) as Prototype;

  response['status'] = function (this: Response, code: number): Response {
    if (!Number.isInteger(code)) {
      throw new TypeError(`Invalid status code: ${JSON.stringify(code)}. Status code must be an integer.`);
    }
    if (code < 100 || code > 999) {
      throw new RangeError(
        `Invalid status code: ${JSON.stringify(code)}. Status code must be greater than 99 and less than 1000.`,
      );
    }
    this.statusCode = code;
    return this;
  };

  response['links'] = function (this: Response, links: Record<string, string | string[]>): Response {
    const present = this.get('Link');
    const added = Object.entries(links).flatMap(([rel, urls]) => [urls].flat().map((url) => `<${url}>; rel="${rel}"`));
    return this.set('Link', (present ? `${present}, ` : '') + added.join(', '));
  };

  response['get'] = function (this: Response, field: string) {
    return this.getHeader(field);
  };

  response['set'] = response['header'] = function (this: Response, field: string | Record<string, unknown>, given?: unknown): Response {
    if (arguments.length !== 2) {
      for (const name in field as Record<string, unknown>) this.set(name, (field as Record<string, unknown>)[name]);
      return this;
    }
    const name = field as string;
    let value = Array.isArray(given) ? given.map(String) : String(given);
    if (name.length === 12 && name.toLowerCase() === 'content-type') {
      if (Array.isArray(value)) throw new TypeError('Content-Type cannot be set to an Array');
      value = kit.contentType(value) ?? (false as unknown as string);
    }
    this.setHeader(name, value);
    return this;
  };

  response['append'] = function (this: Response, field: string, value: string | string[]): Response {
    const present = this.get(field);
    return this.set(field, present ? [present as string | string[], value].flat() : value);
  };

  response['type'] = response['contentType'] = function (this: Response, type: string): Response {
    const isFull = type.indexOf('/') !== -1;
    return this.set('Content-Type', isFull ? type : kit.contentType(type) || 'application/octet-stream');
  };

  response['vary'] = function (this: Response, fields: string | string[]): Response {
    if (!fields) throw new TypeError('field argument is required');
    if (fields.length === 0) return this;
    const present = this.getHeader('Vary') ?? '';
    const current = Array.isArray(present) ? present.join(', ') : String(present);
    const vary = kit.checked((engine) => engine.vary(current, [fields].flat().join(', ')));
    if (vary) this.setHeader('Vary', vary);
    return this;
  };

  response['location'] = function (this: Response, url: string): Response {
    return this.set('Location', engine.encodeUrl(String(url)));
  };

  response['redirect'] = function (this: Response, ...given: [number, string] | [string]): void {
    const status = given.length === 2 ? given[0] : 302;
    const target = given.length === 2 ? given[1] : given[0];
    if (!target) kit.deprecate('Provide a url argument');
    if (typeof target !== 'string') kit.deprecate('Url must be a string');
    if (typeof status !== 'number') kit.deprecate('Status must be a number');
    const text = http.STATUS_CODES[status];
    const address = this.location(target).get('Location') as string;
    let body = '';
    this.format({
      text: () => {
        body = `${text}. Redirecting to ${address}`;
      },
      html: () => {
        const target = escapeHtml(address);
        body = `<!DOCTYPE html><head><title>${text}</title></head><body><p>${text}. Redirecting to ${target}</p></body>`;
      },
      default: () => {
        body = '';
      },
    });
    this.status(status);
    this.set('Content-Length', Buffer.byteLength(body));
    if (this.req.method === 'HEAD') this.end();
    else this.end(body);
  };

  response['format'] = function (this: Response, offers: Record<string, (req: Request, res: Response, next: Next) => void>): Response {
    const { req } = this;
    const keys = Object.keys(offers).filter((key) => key !== 'default');
    const key = keys.length > 0 ? (req.accepts(keys) as string | false) : false;
    this.vary('Accept');
    const typeOf = (key: string): string => (key.includes('/') ? key.split(';', 1)[0]!.trim() : engine.mediaType(key) || 'application/octet-stream');
    if (key) {
      this.set('Content-Type', typeOf(key));
      offers[key]!(req, this, req.next);
    } else if (offers['default']) {
      offers['default'](req, this, req.next);
    } else {
      req.next(kit.createError(406, undefined, { types: keys.map(typeOf) }));
    }
    return this;
  };

  response['cookie'] = function (this: Response, name: string, value: unknown, given?: CookieOptions): Response {
    const options = { ...given };
    const { secret } = this.req;
    if (options.signed && !secret) throw new Error('cookieParser("secret") required for signed cookies');
    let text = value !== null && typeof value === 'object' ? `j:${JSON.stringify(value)}` : value === null ? 'j:null' : String(value);
    if (options.signed) text = `s:${sign(text, secret!)}`;
    if (options.maxAge != null) {
      const maxAge = Number(options.maxAge);
      if (!Number.isNaN(maxAge)) {
        options.expires = new Date(kit.now() + maxAge);
        options.maxAge = Math.floor(maxAge / 1000);
      }
    }
    options.path ??= '/';
    return this.append('Set-Cookie', written(name, text, options));
  };

  response['clearCookie'] = function (this: Response, name: string, given?: CookieOptions): Response {
    const options: CookieOptions = { path: '/', ...given, expires: new Date(1) };
    delete options.maxAge;
    return this.cookie(name, '', options);
  };

  function sign(text: string, secret: string): string {
    if (!kit.crypto) throw new Error('Signed cookies need the crypto module, and it is not offered here.');
    return `${text}.${kit.crypto.createHmac('sha256', secret).update(text).digest('base64').replace(/=+$/, '')}`;
  }

  function written(name: string, value: string, options: CookieOptions): string {
    if (options.encode !== undefined && typeof options.encode !== 'function') throw new TypeError('option encode is invalid');
    const { expires, sameSite, priority } = options;
    if (expires && (Object.prototype.toString.call(expires) !== '[object Date]' || Number.isNaN(expires.valueOf()))) {
      throw new TypeError('option expires is invalid');
    }
    const flags = (options.httpOnly ? 1 : 0) | (options.secure ? 2 : 0) | (options.partitioned ? 4 : 0);
    const encoded = (options.encode ?? encodeURIComponent)(value);
    return kit.checked((engine) =>
      engine.writeCookie(
        String(name),
        encoded,
        options.maxAge == null ? undefined : Number(options.maxAge),
        options.domain || undefined,
        options.path || undefined,
        expires ? expires.toUTCString() : undefined,
        flags,
        priority ? String(priority) : undefined,
        sameSite === true ? 'strict' : sameSite ? String(sameSite) : undefined,
      ),
    );
  }

  response['render'] = function (this: Response, view: string, given: unknown, callback?: (error: unknown, text?: string) => void): void {
    const { req } = this;
    const options = (typeof given === 'function' ? {} : given || {}) as Record<string, unknown>;
    options['_locals'] = this.locals;
    const done =
      (typeof given === 'function' ? (given as (error: unknown, text?: string) => void) : callback) ??
      ((error: unknown, text?: string) => void (error ? req.next(error) : this.send(text)));
    req.app.render(view, options, done);
  };

  addSendMethods(kit, response);
  addFileMethods(kit, response, send);
  return response;
}
