/** From a step's action to the request on the wire. */
import type { Action, HeaderList, Record_, WireRequest } from '../protocol';

const encoder = new TextEncoder();

export interface Prepared {
  request: WireRequest;
  chunks: Uint8Array[] | undefined;
  sent: NonNullable<Record_['sent']>;
}

function pairs(values: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) for (const item of [value].flat()) query.append(key, String(item));
  return query.toString();
}

/** `GET /path` goes to `port`; a whole URL where it says. */
export function prepare(action: Action, port: number): Prepared {
  const [method = 'GET', place = '/'] = (action.request ?? 'GET /').trim().split(/\s+(.*)/s);
  let url = /^[a-z]+:\/\//i.test(place) ? place : `http://localhost:${port}${place.startsWith('/') ? place : `/${place}`}`;
  if (action.query !== undefined) {
    const query = typeof action.query === 'string' ? action.query.replace(/^\?/, '') : pairs(action.query);
    if (query) url += (url.includes('?') ? '&' : '?') + query;
  }
  const headers: HeaderList = Object.entries(action.headers ?? {}).flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, String(item)]));
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  let body = '';
  let type: string | undefined;
  if (action.json !== undefined) [body, type] = [JSON.stringify(action.json), 'application/json'];
  else if (action.form !== undefined) [body, type] = [typeof action.form === 'string' ? action.form : pairs(action.form), 'application/x-www-form-urlencoded'];
  else if (action.text !== undefined) [body, type] = [action.text, 'text/plain; charset=utf-8'];
  else if (action.chunks) body = action.chunks.join('');
  if (type && !typed) headers.push(['Content-Type', type]);
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/';
  return {
    request: { method: method.toUpperCase(), url, headers, body, ...(action.as === undefined ? {} : { client: action.as }) },
    chunks: action.chunks?.map((chunk) => encoder.encode(chunk)),
    sent: { method: method.toUpperCase(), path, url, headers, body },
  };
}
