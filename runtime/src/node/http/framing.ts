/** The head of an outgoing message: what Node adds to its headers, and how the body's end is told. */
import type { HeaderList } from '../../protocol';
import { nodeError } from '../errors';
import { checkName, checkValue, hasInvalidCharacter, isToken, keyOf } from './headers';
import type { OutgoingMessage } from './outgoing';

/** What the headers already say. */
interface Said {
  connection: string | undefined;
  length: boolean;
  encoding: string | undefined;
  date: boolean;
  trailer: boolean;
  keepAlive: boolean;
}

function said(headers: HeaderList): Said {
  const found: Said = { connection: undefined, length: false, encoding: undefined, date: false, trailer: false, keepAlive: false };
  for (let at = 0; at < headers.length; at += 1) {
    const [name, value] = headers[at]!;
    switch (name.length) {
      case 4: if (keyOf(name) === 'date') found.date = true; break;
      case 7: if (keyOf(name) === 'trailer') found.trailer = true; break;
      case 10:
        if (keyOf(name) === 'connection') found.connection = value;
        else if (keyOf(name) === 'keep-alive') found.keepAlive = true;
        break;
      case 14: if (keyOf(name) === 'content-length') found.length = true; break;
      case 17: if (keyOf(name) === 'transfer-encoding') found.encoding = value; break;
      default:
    }
  }
  return found;
}

/** The date of the last head, which is the same for all of a second. */
let dated = { second: Number.NaN, text: '' };

function dateOf(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== dated.second) dated = { second, text: new Date(now).toUTCString() };
  return dated.text;
}

/** Completes the headers, which are the message's from now on, and keeps the head in it. */
export function storeHeader(message: OutgoingMessage, firstLine: string, list: HeaderList): void {
  const has = said(list);
  if (has.encoding !== undefined && /chunked/i.test(has.encoding)) message.chunkedEncoding = true;
  const { statusCode } = message as { statusCode?: number };
  // These have no body, whatever the headers say.
  if (message.chunkedEncoding && (statusCode === 204 || statusCode === 304)) {
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }
  if (message.sendDate && !has.date) list.push(['Date', dateOf(message._now())]);
  if (message._removedConnection) message._last = !message.shouldKeepAlive;
  else if (has.connection === undefined) {
    const keeps = message.shouldKeepAlive && (has.length || message.useChunkedEncodingByDefault || Boolean((message as { agent?: unknown }).agent));
    if (keeps) {
      list.push(['Connection', 'keep-alive']);
      if (message._keepAliveTimeout > 0 && !has.keepAlive) list.push(['Keep-Alive', `timeout=${Math.floor(message._keepAliveTimeout / 1000)}`]);
    } else {
      message._last = true;
      list.push(['Connection', 'close']);
    }
  } else if (/(?:^|\W)close(?:$|\W)/i.test(has.connection)) message._last = true;
  else message.shouldKeepAlive = true;
  if (!has.length && has.encoding === undefined) {
    if (!message._hasBody) message.chunkedEncoding = false;
    else if (!message.useChunkedEncodingByDefault) message._last = true;
    else if (!has.trailer && !message._removedContLen && typeof message._contentLength === 'number') list.push(['Content-Length', String(message._contentLength)]);
    else if (!message._removedTE) {
      list.push(['Transfer-Encoding', 'chunked']);
      message.chunkedEncoding = true;
    } else message._last = true;
  }
  if (!message.chunkedEncoding && has.trailer) throw nodeError(Error, 'ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding');
  message._headerList = list;
  let head = `${firstLine}\r\n`;
  for (let at = 0; at < list.length; at += 1) head += `${list[at]![0]}: ${list[at]![1]}\r\n`;
  message._header = `${head}\r\n`;
}

/** Checks trailers and lists them. */
export function readTrailers(headers: object): HeaderList {
  const list: HeaderList = [];
  for (const key of Object.keys(headers)) {
    const entry = (headers as Record<string, unknown>)[key];
    const [name, value] = Array.isArray(headers) ? (entry as [string, unknown]) : [key, entry];
    if (!isToken(name)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Trailer name must be a valid HTTP token ["${name}"]`);
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (hasInvalidCharacter(String(item))) throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in trailer content ["${name}"]`);
      list.push([name, String(item)]);
    }
  }
  return list;
}

/** Checks headers that were given as they shall be written. */
export function checkedList(pairs: [string, unknown][]): HeaderList {
  const list: HeaderList = [];
  for (const [name, value] of pairs) {
    checkName(name);
    checkValue(name, value);
    addValue(list, name, value);
  }
  return list;
}

/** Several values are several lines; those of a cookie are one. */
export function addValue(list: HeaderList, name: string, value: unknown): void {
  if (!Array.isArray(value)) list.push([name, String(value)]);
  else if (value.length > 1 && name.toLowerCase() === 'cookie') list.push([name, value.join('; ')]);
  else for (const item of value as unknown[]) list.push([name, String(item)]);
}
