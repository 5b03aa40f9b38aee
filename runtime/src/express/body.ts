/** `express.json`, `express.urlencoded`, `express.text`, `express.raw`. */
import { remember, type Kit } from './kit';
import { readBody, type BodyReader } from './body-read';
import { markBuiltin } from './picture';
import type { Handler, Next, Request, Response } from './types';

export interface BodyOptions {
  inflate?: boolean;
  limit?: number | string | null;
  type?: string | string[] | ((req: Request) => unknown);
  verify?: false | ((req: Request, res: Response, body: Uint8Array, encoding: string | null) => void);
  defaultCharset?: string;
  /** json */
  strict?: boolean;
  reviver?: (key: string, value: unknown) => unknown;
  /** urlencoded */
  extended?: boolean;
  parameterLimit?: number;
  depth?: number;
  charsetSentinel?: boolean;
  interpretNumericEntities?: boolean;
}

const DEFAULT_LIMIT = 100 * 1024;
/** What Infinity is to the engine. */
const MOST = 0x7fffffff;
/** How the engine reads the bytes of a form. */
const LATIN1 = 1;
const CHARSET_SENTINEL = 2;
const NUMERIC_ENTITIES = 4;

export type BodyParser = (options?: BodyOptions) => Handler;

/** What all parsers make of their options. */
type Reading = Pick<BodyReader, 'limit' | 'inflate' | 'verify' | 'defaultCharset' | 'shouldParse'>;

export interface BodyParsers extends Record<'json' | 'urlencoded' | 'text' | 'raw', BodyParser> {
  normalizeOptions(options: BodyOptions | null | undefined, type: string): Reading;
}

/** What `require('body-parser')` gives. */
export type BodyParserPackage = (() => never) & Omit<BodyParsers, 'normalizeOptions'>;

export function bodyParserPackage(parsers: Omit<BodyParsers, 'normalizeOptions'>): BodyParserPackage {
  return Object.assign(function bodyParser(): never {
    throw new Error('The bodyParser() generic has been split into individual middleware to use instead.');
  }, parsers);
}

export function bodyParsers(kit: Kit): BodyParsers {
  function normalizeOptions(options: BodyOptions | null | undefined, type: string): Reading {
    if (!type) throw new TypeError('defaultType must be provided');
    const { limit: given, verify = false, defaultCharset } = options ?? {};
    const limit = given == null ? DEFAULT_LIMIT : typeof given === 'number' ? given : kit.engine.parseSize(String(given));
    if (limit === undefined || Number.isNaN(limit)) throw new TypeError(`option limit "${String(given)}" is invalid`);
    if (verify !== false && typeof verify !== 'function') throw new TypeError('option verify must be function');
    const wanted = options?.type || type;
    return {
      limit,
      verify,
      inflate: options?.inflate !== false,
      defaultCharset: defaultCharset || 'utf-8',
      shouldParse: typeof wanted === 'function' ? wanted : takes([wanted].flat()),
    };
  }

  function reader(options: BodyOptions | undefined, type: string, parse: BodyReader['parse']): BodyReader {
    return { ...normalizeOptions(options, type), parse };
  }

  function takes(types: string[]): (req: Request) => boolean {
    const isOfThem = remember((type) => kit.engine.typeIs(type, types) !== undefined);
    return (req) => {
      const type = req.headers['content-type'];
      return type !== undefined && isOfThem(type);
    };
  }

  return {
    normalizeOptions,
    json(options) {
      const read: BodyReader = {
        ...reader(options, 'application/json', parseJson(options)),
        takesCharset: (charset) => charset.startsWith('utf-'),
      };
      return markBuiltin(function jsonParser(req: Request, res: Response, next: Next) {
        readBody(kit, req, res, next, read);
      });
    },
    urlencoded(options) {
      const read: BodyReader = {
        ...reader(options, 'application/x-www-form-urlencoded', parseForm(kit, options)),
        takesCharset: (charset) => charset === 'utf-8' || charset === 'iso-8859-1',
      };
      if (!read.takesCharset!(read.defaultCharset)) throw new TypeError('option defaultCharset must be either utf-8 or iso-8859-1');
      return markBuiltin(function urlencodedParser(req: Request, res: Response, next: Next) {
        readBody(kit, req, res, next, read);
      });
    },
    text(options) {
      const read = reader(options, 'text/plain', (body) => body);
      return markBuiltin(function textParser(req: Request, res: Response, next: Next) {
        readBody(kit, req, res, next, read);
      });
    },
    raw(options) {
      const read = { ...reader(options, 'application/octet-stream', (body) => body), bytes: true };
      return markBuiltin(function rawParser(req: Request, res: Response, next: Next) {
        readBody(kit, req, res, next, read);
      });
    },
  };
}

function parseJson(options: BodyOptions | undefined): BodyReader['parse'] {
  const reviver = options?.reviver;
  const strict = options?.strict !== false;

  return (given) => {
    const body = given as string;
    if (body.length === 0) return {};
    const first = /^[ \t\n\r]*([^ \t\n\r]|$)/.exec(body)?.[1];
    if (strict && first !== '{' && first !== '[') throw strictError(body, first);
    return JSON.parse(body, reviver);
  };
}

/**
 * The error that V8 would give if no value could begin with this character: it is asked with the rest of the text hidden
 * behind `#`, and then the text is put back.
 */
function strictError(body: string, first: string | undefined): Error {
  const at = first ? body.indexOf(first) : 0;
  const hidden = first ? body.slice(0, at) + '#'.repeat(body.length - at) : '';
  try {
    JSON.parse(hidden);
    return new SyntaxError('strict violation');
  } catch (thrown) {
    const error = thrown as Error;
    const message = error.message.replace(/#+/g, (marks) => body.slice(at, at + marks.length));
    const stack = error.stack?.replace(error.message, message);
    error.message = message;
    if (stack !== undefined) error.stack = stack;
    return error;
  }
}

function parseForm(kit: Kit, options: BodyOptions | undefined): BodyReader['parse'] {
  const extended = Boolean(options?.extended);
  const limit = options?.parameterLimit ?? 1000;
  const depth = extended ? (options?.depth ?? 32) : 0;
  if (Number.isNaN(Number(limit)) || limit < 1) throw new TypeError('option parameterLimit must be a positive number');
  if (Number.isNaN(Number(depth)) || depth < 0) throw new TypeError('option depth must be a zero or a positive number');
  const most = Math.min(Math.trunc(limit), MOST);
  const deepest = Math.min(Math.trunc(depth), MOST);
  const sentinel = options?.charsetSentinel ? CHARSET_SENTINEL : 0;
  const entities = options?.interpretNumericEntities ? NUMERIC_ENTITIES : 0;

  return (given, charset) => {
    const body = given as string;
    if (body.length === 0) return {};
    const count = body.split('&', most + 1).length;
    if (count > most) throw kit.createError(413, 'too many parameters', { type: 'parameters.too.many' });
    const arrayLimit = extended ? Math.max(100, count) : count;
    const charsetFlags = (charset === 'iso-8859-1' ? LATIN1 : 0) | sentinel | entities;
    try {
      return JSON.parse(kit.engine.parseQueryTree(body, deepest, true, arrayLimit, most, charsetFlags));
    } catch (thrown) {
      throw kit.createError(400, String(thrown), { type: 'querystring.parse.rangeError' });
    }
  };
}
