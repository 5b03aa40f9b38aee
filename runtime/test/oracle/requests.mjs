/** Random requests: methods, queries, headers and bodies as clients send them, well and badly. */
import { deflateSync, gzipSync } from 'node:zlib';

const METHODS = ['GET', 'GET', 'GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const QUERIES = ['', '', '', '', '?', '?a=1&b=two+words', '?a=1&a=2', '?a[b]=1&a[c][]=2', '?fail=1', '?reject=1', '?stop=red', '?stop=green', '?route=route', '?route=router', '?callback=cb', '?cb=a.b[0]', '?callback=bad<name', '?q=%C3%A9%zz', '?__proto__=x', '?to=/a/b%20c'];

const HEADERS = [
  ['Accept', 'application/json'], ['Accept', 'text/html, application/xml;q=0.9, */*;q=0.8'], ['Accept', 'image/png'], ['Accept', 'text/plain;q=0.5, text/html;level=1'],
  ['Accept-Language', 'de-DE, en;q=0.7'], ['Accept-Encoding', 'gzip, br;q=0.5, identity'], ['Accept-Charset', 'utf-8, *;q=0.1'], ['Cookie', 'a=1; b=%20x; a=2'],
  ['If-None-Match', '*'], ['If-None-Match', '"own"'], ['If-Modified-Since', 'Mon, 05 Jan 2026 09:00:00 GMT'], ['If-Unmodified-Since', 'Thu, 01 Jan 2015 00:00:00 GMT'], ['If-Match', '"x"'],
  ['Range', 'bytes=0-4'], ['Range', 'bytes=-5'], ['Range', 'bytes=20-'], ['Range', 'bytes=90-99'], ['Range', 'bytes=0-1,4-5'], ['Range', 'lines=1-2'],
  ['X-Forwarded-For', '203.0.113.9, 10.0.0.1'], ['X-Forwarded-Proto', 'https'], ['X-Forwarded-Host', 'tobi.ferrets.example.com:8080'], ['Host', 'deep.sub.example.com:3000'], ['Host', '[::1]:3000'],
  ['X-Requested-With', 'XMLHttpRequest'], ['Referer', '/from/here'], ['Cache-Control', 'no-cache'], ['X-Throw', 'asked for'], ['X-Method', 'DELETE'],
];

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const BODIES = [
  [JSON_TYPE, '{"a":1,"list":[1,2]}'], [JSON_TYPE, '[1]'], [JSON_TYPE, '{"a":'], [JSON_TYPE, ''], [JSON_TYPE, 'true'], [`${JSON_TYPE}; charset=utf-16`, Buffer.from('{"a":"é"}', 'utf16le')], [`${JSON_TYPE}; charset=klingon`, '{}'],
  ['application/vnd.api+json', '{"api":1}'], [FORM, 'a=1&b[c]=2&b[d][e]=3&x=%zz'], [FORM, 'a=1&b=2&c=3&d=4'], [FORM, ''], [`${FORM}; charset=iso-8859-1`, 'a=%E9'], ['text/plain', 'plain é'], ['text/plain; charset=latin1', Buffer.from('é', 'latin1')],
  ['application/octet-stream', Buffer.from([0, 255, 10])], ['not a type', 'x'], [undefined, 'untyped'], [undefined, undefined], [JSON_TYPE, `{"long":"${'x'.repeat(40)}"}`],
  [JSON_TYPE, gzipSync('{"gzip":1}'), 'gzip'], [JSON_TYPE, deflateSync('{"deflate":1}'), 'deflate'], [JSON_TYPE, '{}', 'gzip'], [JSON_TYPE, '{}', 'unknown'],
];

/** A request to `path`, with any method when none is given. */
export function requestFor(random, path, method = random.of(METHODS)) {
  const headers = [['User-Agent', 'oracle'], ['Accept', '*/*']];
  for (const [name, value] of random.some(HEADERS, 2)) {
    const old = headers.findIndex(([key]) => key === name);
    if (old >= 0) headers.splice(old, 1);
    headers.push([name, value]);
  }
  const request = { method, path: path + random.of(QUERIES), headers };
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || (method === 'DELETE' && random.chance(0.8))) return request;
  const [type, body, encoding] = random.of(BODIES);
  if (type !== undefined) headers.push(['Content-Type', type]);
  if (encoding !== undefined) headers.push(['Content-Encoding', encoding]);
  headers.push(['Content-Length', String(Buffer.byteLength(body ?? ''))]);
  return body === undefined || body.length === 0 ? request : { ...request, body };
}
