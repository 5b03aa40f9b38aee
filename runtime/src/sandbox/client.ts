/** What a client outside of the sandbox adds to the request that it was told to send. */
import type { WireRequest } from '../protocol';

/** Addresses of clients: the learner's own is the loopback one. */
export function addressOf(client: string): string {
  if (client === 'me') return '::1';
  let hash = 7;
  for (const char of client) hash = (hash * 31 + char.codePointAt(0)!) % 250;
  return `::ffff:10.0.0.${hash + 2}`;
}

/** What cannot stand in a request line is escaped; nothing else is touched. */
export function escapeTarget(target: string): string {
  // Half of a surrogate pair is no character, and reads as a URL reads it.
  return target.replace(/[^\x21-\x7e]/gu, (char) => encodeURIComponent(/\p{Cs}/u.test(char) ? '\ufffd' : char));
}

/** The headers that a client adds by itself, as curl and browsers do. */
export function withDefaults(request: WireRequest, url: URL, body: Uint8Array, chunks: Uint8Array[] | undefined, cookie: string | undefined): [string, string][] {
  const has = (name: string): boolean => request.headers.some(([key]) => key.toLowerCase() === name);
  const headers: [string, string][] = [];
  if (!has('host')) headers.push(['Host', url.host]);
  if (!has('user-agent')) headers.push(['User-Agent', 'Backlab']);
  if (!has('accept')) headers.push(['Accept', '*/*']);
  headers.push(...request.headers);
  if (cookie !== undefined && !has('cookie')) headers.push(['Cookie', cookie]);
  if (chunks && !has('content-length') && !has('transfer-encoding')) headers.push(['Transfer-Encoding', 'chunked']);
  else if ((body.length > 0 || /^(POST|PUT|PATCH)$/i.test(request.method)) && !chunks && !has('content-length') && !has('transfer-encoding')) {
    headers.push(['Content-Length', String(body.length)]);
  }
  if (!has('connection')) headers.push(['Connection', 'keep-alive']);
  return headers;
}
