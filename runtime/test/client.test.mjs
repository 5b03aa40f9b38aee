/** `http.request`: bodies and answers that come in pieces, aborts, and who the server thinks is asking. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

async function check(name, serve, ask, printed, listen = '3000') {
  await test(name, async () => {
    const sandbox = await started(`const http = require('http'); const server = http.createServer((req, res) => { ${serve} }).listen(${listen}, () => { ${ask} })`);
    await sandbox.advance(1000);
    assert.equal(sandbox.printed(), printed);
    await sandbox.close();
  });
}

const POST = "http.request({ port: 3000, method: 'POST' }";
await check('a body that is still written', "console.log('begins'); req.on('data', (b) => console.log(String(b))).on('end', () => res.end('done'))", `const r = ${POST}, (res) => res.on('data', (b) => console.log(String(b)))); r.write('a'); setTimeout(() => r.write('b'), 10); setTimeout(() => r.end('c'), 20)`, 'begins\na\nb\nc\ndone');
await check('an answer that comes in pieces', "res.write('a'); setTimeout(() => res.end('b'), 10)", "http.get('http://localhost:3000/', (res) => { console.log(res.statusCode, res.complete); res.on('data', (b) => console.log(String(b))).on('end', () => console.log('end', res.complete)) })", '200 false\na\nb\nend true');
await check('the client goes away', "req.on('aborted', () => console.log('aborted')); req.on('error', (e) => console.log(e.code)); res.on('close', () => console.log('closed', res.writableEnded)); req.socket.on('close', () => console.log('socket'))", `const r = ${POST}); r.on('error', (e) => console.log('client', e.code)); r.on('close', () => console.log('client closed')); r.write('a'); setTimeout(() => r.abort(), 10)`, 'client ECONNRESET\nclient closed\naborted\nsocket\nclosed false\nECONNRESET');
await check('a client without a body sends no length', 'console.log(JSON.stringify(req.headers)); res.end()', "http.get('http://localhost:3000/')", '{"host":"localhost:3000","connection":"keep-alive"}');
const REFUSED = "http.get('http://localhost:3000/').on('error', (e) => console.log(e.code, e.message))";
await check('two lengths', "res.setHeader('Content-Length', ['1', '1']); res.end('x')", REFUSED, 'HPE_UNEXPECTED_CONTENT_LENGTH Parse Error: Duplicate Content-Length');
await check('a length beside chunks', "res.setHeader('Content-Length', 1); res.setHeader('Transfer-Encoding', 'chunked'); res.end('x')", REFUSED, "HPE_INVALID_TRANSFER_ENCODING Parse Error: Transfer-Encoding can't be present with Content-Length");
await check('a length that is no number', "res.setHeader('Content-Length', 'x'); res.end('x')", REFUSED, 'HPE_INVALID_CONTENT_LENGTH Parse Error: Invalid character in Content-Length');
await check('the request knows its socket', 'res.end()', "http.get('http://localhost:3000/').on('socket', (s) => console.log(typeof s.destroy)).on('response', (res) => { console.log(res.req.socket === res.socket); res.resume() })", 'function\ntrue');
const ADDRESS = 'res.end(req.socket.remoteAddress)';
const ask = (host) => `http.get('http://${host}:3000/', (res) => res.on('data', (b) => console.log(String(b))))`;
await check('localhost', ADDRESS, ask('localhost'), '::1');
await check('127.0.0.1 to a server of both', ADDRESS, ask('127.0.0.1'), '::ffff:127.0.0.1');
await check('127.0.0.1 to a server of IPv4', ADDRESS, ask('127.0.0.1'), '127.0.0.1', "3000, '127.0.0.1'");

await test('the trace of a streamed request has its whole body', async () => {
  const sandbox = await started("const http = require('http'); http.createServer((req, res) => req.resume().on('end', () => res.end())).listen(3000, () => { const r = http.request({ port: 3000, method: 'POST' }); r.write('a'); setTimeout(() => r.end('b'), 10) })");
  await sandbox.advance(100);
  assert.deepEqual([sandbox.traces[0].request.body, sandbox.traces[0].request.size], ['ab', 2]);
  await sandbox.close();
});
