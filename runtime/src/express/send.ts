/** `res.send`, `res.json`, `res.jsonp`, `res.sendStatus`. */
import type { Kit } from './kit';
import type { Prototype } from './response';
import type { ETagFunction } from './settings';
import type { Response } from './types';

/** Shorter texts are measured without being copied to bytes, when no entity tag is wanted. */
const SHORT_TEXT = 1000;

export function addSendMethods(kit: Kit, response: Prototype): void {
  const { http, Buffer } = kit;

  response['send'] = function (this: Response, body?: unknown): Response {
    const { req, app } = this;
    let chunk = body as string | Uint8Array | undefined;
    let encoding: string | undefined;

    switch (typeof body) {
      case 'string': {
        encoding = 'utf8';
        const type = this.get('Content-Type');
        if (typeof type === 'string') this.set('Content-Type', kit.utf8(type));
        else this.type('html');
        break;
      }
      case 'boolean':
      case 'number':
      case 'object':
        if (body === null) chunk = '';
        else if (ArrayBuffer.isView(body)) {
          if (!this.get('Content-Type')) this.type('bin');
        } else {
          return this.json(body);
        }
        break;
    }

    const etagOf = app.set('etag fn') as ETagFunction | undefined;
    const wantsTag = !this.get('ETag') && typeof etagOf === 'function';
    if (chunk !== undefined) {
      let length: number;
      if (Buffer.isBuffer(chunk)) {
        length = chunk.length;
      } else if (!wantsTag && chunk.length < SHORT_TEXT) {
        length = Buffer.byteLength(chunk as string, encoding);
      } else {
        chunk = Buffer.from(chunk as string, encoding);
        encoding = undefined;
        length = chunk.length;
      }
      if (!this.get('Transfer-Encoding')) this.set('Content-Length', length);
      if (wantsTag) {
        const tag = etagOf(chunk, encoding);
        if (tag) this.set('ETag', tag);
      }
    }

    if (req.fresh) this.status(304);
    const status = this.statusCode;
    if (status === 204 || status === 304) {
      for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name);
      chunk = '';
    } else if (status === 205) {
      this.set('Content-Length', '0');
      this.removeHeader('Transfer-Encoding');
      chunk = '';
    }

    if (req.method === 'HEAD') this.end();
    else this.end(chunk, encoding);
    return this;
  };

  response['json'] = function (this: Response, value?: unknown): Response {
    const body = textOf(this, value);
    if (!this.get('Content-Type')) this.set('Content-Type', 'application/json');
    return this.send(body);
  };

  response['jsonp'] = function (this: Response, value?: unknown): Response {
    let body = textOf(this, value);
    const given = this.req.query[this.app.set('jsonp callback name') as string];
    const callback = Array.isArray(given) ? given[0] : given;
    if (!this.get('Content-Type')) {
      this.set('X-Content-Type-Options', 'nosniff');
      this.set('Content-Type', 'application/json');
    }
    if (typeof callback === 'string' && callback.length !== 0) {
      this.set('X-Content-Type-Options', 'nosniff');
      this.set('Content-Type', 'text/javascript');
      const name = callback.replace(/[^[\]\w$.]/g, '');
      const safe = (body ?? '').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
      // The comment keeps the answer from being read as something else; the test keeps consoles quiet.
      body = `/**/ typeof ${name} === 'function' && ${name}(${safe});`;
    }
    return this.send(body);
  };

  response['sendStatus'] = function (this: Response, code: number): Response {
    const body = http.STATUS_CODES[code] || String(code);
    this.status(code);
    this.type('txt');
    return this.send(body);
  };
}

function textOf(res: Response, value: unknown): string | undefined {
  const { app } = res;
  const replacer = app.set('json replacer') as (string | number)[] | undefined;
  const spaces = app.set('json spaces') as string | number | undefined;
  const text = replacer || spaces ? JSON.stringify(value, replacer, spaces) : JSON.stringify(value);
  if (!app.set('json escape') || typeof text !== 'string') return text;
  return text.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}
