/** Requests that are not as they should be: name, and what goes over the wire. */
const HOST = ['Host', 'localhost:3000'];
const get = (...headers) => ({ method: 'GET', target: '/', headers: [HOST, ...headers], body: '' });
const post = (body, ...headers) => ({ method: 'POST', target: '/', headers: [HOST, ...headers], body });
const length = (value) => ['Content-Length', String(value)];
const many = (count, name, value = '1') => Array.from({ length: count }, (_, at) => [name(at), value]);

export const requests = [
  ['as it should be', post('abc', length(3))],
  ['an unknown method', { ...get(), method: 'FOO' }],
  ['a method of WebDAV', { ...get(), method: 'PROPFIND' }],
  ['two hosts', get(['Host', 'other'])],
  ['a name with a space', get(['A B', '1'])],
  ['a name with a space before the colon', get(['A ', '1'])],
  ['a name with a slash', get(['A/B', '1'])],
  ['no name', get(['', '1'])],
  ['a control character in a value', get(['A', '\x01'])],
  ['a NUL in a value', get(['A', 'a\0b'])],
  ['a DEL in a value', get(['A', 'a\x7fb'])],
  ['a tab in a value', get(['A', 'a\tb'])],
  ['bytes beyond ASCII in a value', get(['A', '\xe9'])],
  ['a header bomb: one of 16 KB', get(['A', 'x'.repeat(16_384)])],
  ['a header just small enough', get(['A', 'x'.repeat(16_300)])],
  ['a header bomb: many small ones', get(...many(2000, (at) => `Header-${at}`, 'some value'))],
  ['many headers of one name', get(...many(300, () => 'A'))],
  ['more headers than are kept', get(...many(2500, () => 'A'))],
  ['a long target', { ...get(), target: `/${'x'.repeat(15_000)}` }],
  ['a target too long', { ...get(), target: `/${'x'.repeat(17_000)}` }],
  ['a length that is no number', post('', length('abc'))],
  ['a negative length', post('', length(-1))],
  ['a length with a plus', post('x', length('+1'))],
  ['an empty length', post('', length(''))],
  ['a length beyond 64 bits', post('', length('99999999999999999999'))],
  ['the same length twice', post('x', length(1), length(1))],
  ['two lengths', post('xy', length(1), length(2))],
  ['length and chunks', post('0\r\n\r\n', length(1), ['Transfer-Encoding', 'chunked'])],
  ['chunks and length', post('0\r\n\r\n', ['Transfer-Encoding', 'chunked'], length(1))],
  ['a coding that is not chunked', post('', ['Transfer-Encoding', 'gzip'])],
  ['a coding after chunked', post('', ['Transfer-Encoding', 'chunked, gzip'])],
  ['a body that is too short', post('ab', length(5))],
  ['a GET with a body', { ...get(length(3)), body: 'abc' }],
  ['Expect: 100-continue', post('x', length(1), ['Expect', '100-continue'])],
  ['another expectation', post('x', length(1), ['Expect', 'a miracle'])],
  ['an upgrade that nobody takes', get(['Connection', 'Upgrade'], ['Upgrade', 'websocket'])],
];

/** A server that says what it saw, one that answers `clientError` itself, and one that answers expectations. */
export const server = `
const http = require('http');
const handler = (req, res) => {
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => res.end(JSON.stringify({ method: req.method, url: req.url.length, raw: req.rawHeaders.length, names: Object.keys(req.headers).length, host: req.headers.host, a: req.headers.a?.length, body: Buffer.concat(parts).length })));
  req.on('error', () => {});
};
http.createServer(handler).listen(3000, () => {
  http.createServer(handler).on('clientError', (error, socket) => {
    socket.end('HTTP/1.1 ' + (error.code === 'HPE_HEADER_OVERFLOW' ? '431 Too much' : '400 Not so') + '\\r\\nX-Own: 1\\r\\nConnection: close\\r\\n\\r\\n' + error.code + ' ' + error.message);
  }).listen(3001, () => {
    http.createServer(handler).on('checkContinue', (req, res) => res.writeHead(403, { 'X-Own': '1' }).end('no')).on('checkExpectation', (req, res) => res.writeHead(400).end('what?')).listen(3002);
  });
});
`;
