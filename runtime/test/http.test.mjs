/** `http` on virtual ports: what a server sends, what it sees, and what becomes of its mistakes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

const serve = (body, rest = '') => `const http = require('http'); const server = http.createServer((req, res) => { ${body} }).listen(3000); ${rest}`;
const decoder = new TextDecoder();

/** A handler, a request, and what must be seen, traced or not: parts of the answer and of what was printed. */
async function check(name, body, request, expected, rest) {
  for (const trace of [true, false]) await test(trace ? name : `${name}, untraced`, () => checkOnce({ trace }, body, request, expected, rest));
}

async function checkOnce(options, body, request, expected, rest) {
  const sandbox = await started(serve(body, rest), options);
  try {
    const { method = 'GET', path = '/', headers = [], send = '', chunks } = request;
    const answer = await sandbox.send({ method, url: `http://localhost:3000${path}`, headers, body: send }, { chunks: chunks?.map((text) => new TextEncoder().encode(text)) });
    await sandbox.settled();
    const seen = {
      status: answer.status, message: answer.statusMessage, text: decoder.decode(answer.body), failure: answer.failure?.kind, ms: answer.ms,
      headers: answer.headers.map(([key, value]) => `${key}: ${value}`), printed: sandbox.printed(), exit: sandbox.exitCode, error: sandbox.error?.message, code: sandbox.error?.code,
    };
    for (const [key, value] of Object.entries(expected)) {
      if (value instanceof RegExp) assert.match(String(seen[key]), value, key);
      else assert.deepEqual(seen[key], value, key);
    }
  } finally {
    await sandbox.close();
  }
}

const DATE = 'Date: Mon, 05 Jan 2026 09:00:00 GMT';
const ALIVE = ['Connection: keep-alive', 'Keep-Alive: timeout=5'];

await check('end alone', "res.end('Hi')", {}, { status: 200, message: 'OK', text: 'Hi', headers: [DATE, ...ALIVE, 'Content-Length: 2'] });
await check('write, then end', "res.write('a'); res.end('b')", {}, { text: 'ab', headers: [DATE, ...ALIVE, 'Transfer-Encoding: chunked'] });
await check('writeHead', "res.writeHead(201, 'Made', { 'Content-Type': 'text/plain', 'X-A': ['1', '2'] }); res.end('x')", {}, {
  status: 201, message: 'Made', headers: ['Content-Type: text/plain', 'X-A: 1', 'X-A: 2', DATE, ...ALIVE, 'Transfer-Encoding: chunked'],
});
await check('writeHead goes over setHeader', "res.setHeader('a', '1'); res.setHeader('B', '2'); res.writeHead(200, { A: 'x' }); res.end()", {}, { headers: ['A: x', 'B: 2', DATE, ...ALIVE, 'Transfer-Encoding: chunked'] });
await check('writeHead alone keeps its headers nowhere, and writes a list as it is', "res.writeHead(200, ['X-A', '1', 'x-b', '2', 'X-A', '3']); res.end(JSON.stringify(res.getHeaders()))", {}, { text: '{}', headers: ['X-A: 1', 'x-b: 2', 'X-A: 3', DATE, ...ALIVE, 'Transfer-Encoding: chunked'] });
await check('writeHead sets its headers beside others', "res.setHeader('X-B', '2'); const set = res.setHeader; res.setHeader = function (name, value) { return set.call(this, `${name}-`, value) }; res.writeHead(200, ['X-A', '1', 'X-A', '3']); res.end(JSON.stringify(res.getHeaders()))", {}, {
  text: '{"x-b":"2","x-a-":"3"}', headers: ['X-B: 2', 'X-A-: 3', DATE, ...ALIVE, 'Transfer-Encoding: chunked'],
});
await check('204 has no body', "res.statusCode = 204; res.end('x')", {}, { status: 204, text: '', headers: [DATE, ...ALIVE] });
await check('HEAD has no body', "res.end('hello')", { method: 'HEAD' }, { text: '', headers: [DATE, ...ALIVE] });
await check('an own status message', "res.statusMessage = 'Fine'; res.end()", {}, { message: 'Fine' });
await check('Connection: close', "res.setHeader('Connection', 'close'); res.end('x')", {}, { headers: ['Connection: close', DATE, 'Content-Length: 1'] });
await check('a header after the head', "res.end('x'); try { res.setHeader('a', 'b') } catch (e) { console.log(e.name, e.code, String(e)) }", {}, {
  printed: 'Error ERR_HTTP_HEADERS_SENT Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers after they are sent to the client',
});
await check('writeHead twice', 'res.writeHead(200); res.writeHead(200)', {}, { failure: 'reset', exit: 1, error: 'Cannot write headers after they are sent to the client' });
await check('write after end', "res.end('x'); res.write('y')", {}, { status: 200, exit: 1, error: 'write after end', code: 'ERR_STREAM_WRITE_AFTER_END' });
await check('end of an object', 'res.end({ a: 1 })', {}, { failure: 'reset', exit: 1, code: 'ERR_INVALID_ARG_TYPE', error: 'The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. Received an instance of Object' });
await check('a header of undefined', "try { res.setHeader('x', undefined) } catch (e) { res.end(e.message) }", {}, { text: 'Invalid value "undefined" for header "x"' });
await check('an invalid name', "try { res.setHeader('a b', '1') } catch (e) { res.end(e.code + ' ' + e.message) }", {}, { text: 'ERR_INVALID_HTTP_TOKEN Header name must be a valid HTTP token ["a b"]' });
await check('an invalid status', 'try { res.writeHead(42) } catch (e) { res.end(e.name + e.message) }', {}, { text: 'RangeErrorInvalid status code: 42' });
await check('no end hangs', '', {}, { failure: 'hang', ms: 5000 });
await check('an answer takes virtual time', "setTimeout(() => res.end('late'), 3000)", {}, { text: 'late', ms: 3000 });
await check('finish, then close', "res.on('finish', () => console.log('finish', res.writableFinished)); res.on('close', () => console.log('close')); res.end(); console.log('ended', res.writableEnded)", {}, { printed: 'ended true\nfinish true\nclose' });
await check('end takes a callback', "res.end('x', () => console.log('done'))", {}, { printed: 'done' });
await check('a replaced writeHead is called', "const w = res.writeHead; res.writeHead = function (...a) { console.log(a.length, a[0]); res.setHeader('x', 'y'); return w.apply(this, a) }; res.end()", {}, { printed: '1 200', headers: ['x: y', DATE, ...ALIVE, 'Content-Length: 0'] });
await check('what a server sees', "console.log(req.method, req.url, req.httpVersion, req.headers.host, req.headers['x-a'], req.rawHeaders.includes('X-A'), req.socket.remoteAddress); res.end()", { path: '/a%20b/?q=1&q=2', headers: [['X-A', '1'], ['x-a', '2']] }, {
  printed: 'GET /a%20b/?q=1&q=2 1.1 localhost:3000 1, 2 true ::1',
});
await check('a body in events', "let s = ''; req.on('data', (c) => { s += c; console.log(c.length, Buffer.isBuffer(c)) }); req.on('end', () => res.end(s.toUpperCase()))", { method: 'POST', send: 'abc' }, { text: 'ABC', printed: '3 true' });
await check('a body in chunks', "req.setEncoding('utf8'); const all = []; req.on('data', (c) => all.push(c)); req.on('end', () => res.end(all.join('|')))", { method: 'POST', chunks: ['ab', 'c', 'd'] }, { text: 'ab|c|d' });
await check('a body by for await', "(async () => { let n = 0; for await (const c of req) n += c.length; res.end(String(n)) })()", { method: 'POST', send: 'x'.repeat(100) }, { text: '100' });
await check('a body that nobody reads', "req.on('close', () => console.log('closed')); res.end('ok')", { method: 'POST', send: 'abc' }, { text: 'ok', printed: 'closed' });
await check('who listens to the request when the answer is over hears its end', "const hear = () => req.on('end', () => console.log('end')).on('close', () => console.log('close')); res.on('finish', req.url === '/tick' ? () => process.nextTick(hear) : hear); res.end()", { path: '/tick' }, { printed: 'end\nclose' });
await check('at once, too', "res.on('finish', () => req.on('end', () => console.log('end')).on('close', () => console.log('close'))); res.end()", {}, { printed: 'end\nclose' });
await check('who listens late hears what is left', "const after = (ticks, run) => (ticks ? process.nextTick(after, ticks - 1, run) : run()); for (const ticks of [2, 3, 4]) res.on('finish', () => after(ticks, () => req.on('end', () => console.log('end', ticks)).on('close', () => console.log('close', ticks)))); res.end()", {}, { printed: 'close 2\nclose 3' });
await check('a request that nobody reads tells its own emit', "const { emit } = req; req.emit = function (name, ...rest) { console.log(name, req.readableEnded, req.destroyed, req.closed); return emit.call(this, name, ...rest) }; res.end()", {}, {
  printed: 'readable false false false\nresume false false false\nend true false false\nclose true true true',
});
await check('who listens as the answer ends hears that there is nothing to read', "const { emit } = res; res.emit = function (name, ...rest) { if (name === 'finish') req.on('readable', () => console.log('readable')).on('end', () => console.log('end')); return emit.call(this, name, ...rest) }; res.end()", {}, { printed: 'readable\nend' });
await check('and in a tick', "process.nextTick(() => req.on('readable', () => console.log('readable')).on('end', () => console.log('end'))); res.end()", {}, { printed: 'readable\nend' });
await check('its end comes before a tick that the end of the answer sets', "res.on('close', () => process.nextTick(() => console.log(req.readableEnded, req.closed))); res.end()", {}, { printed: 'true false' });
await check('and is ended by its own methods', "for (const name of ['resume', 'read', 'destroy', '_destroy']) { const method = req[name]; req[name] = function (...given) { console.log(name); return method.apply(this, given) } } res.end()", {}, { printed: 'resume\nread\nread\nread\nread\ndestroy\n_destroy' });
await check('who destroys a request and listens then hears the error', "res.on('finish', () => { req.destroy(new Error('no')); req.on('error', (e) => console.log(e.message)).on('close', () => console.log('close')) }); res.end()", {}, { printed: 'no\nclose' });
await check('its states, tick by tick', "const tell = (when) => console.log(when, req.readable, req.readableFlowing, req.readableEnded, req.destroyed, req.closed); const ticks = (at) => { tell(at); if (at < 4) process.nextTick(ticks, at + 1) }; res.on('finish', () => ticks(0)); res.end()", {}, {
  printed: '0 true true false false false\n1 true true false false false\n2 false true true true false\n3 false true true true true\n4 false true true true true',
});
const RAW = "const ask = (run) => http.request({ port: 3000, path: '/in' }, run).on('error', () => {}).end();";
await check('an answer that comes when the client is gone is nowhere taken', `${RAW} if (req.url !== '/in') { const client = ask(() => {}); setTimeout(() => client.destroy(), 10); return setTimeout(() => res.end(), 50); }
  res.on('close', () => console.log('close', res.writableEnded)).on('finish', () => console.log('finish')); setTimeout(() => { res.end('late', () => console.log('called')); console.log(res.writableEnded, res.writableFinished); }, 20)`, {}, { printed: 'close false\ntrue true' });
await check('an answer that the client itself gives up has no error', `${RAW} if (req.url !== '/in') return ask((got) => { got.on('data', () => got.destroy()).on('error', (e) => console.log('error', e.code)).on('aborted', () => console.log('aborted')).on('close', () => { console.log('close'); res.end(); }); });
  res.write('a');`, {}, { printed: 'aborted\nclose' });
await check('a stream piped into the answer', "require('stream').Readable.from(['a', 'b', 'c']).pipe(res)", {}, { text: 'abc' });
await check('pipeline', "require('stream').pipeline(req, res, (e) => console.log('over', e))", { method: 'POST', send: 'echo' }, { text: 'echo', printed: 'over undefined' });
await check('destroying the request cuts the connection', 'req.destroy()', {}, { failure: 'reset' });
await check('and where it is complete, before its end was heard', 'setImmediate(() => { req.destroy(); res.end() })', {}, { failure: 'reset' });
await check('an error in a handler ends the program', 'null.x', {}, { failure: 'reset', exit: 1, error: "Cannot read properties of null (reading 'x')" });
await check('an async handler that rejects ends it too', "return Promise.reject(new Error('async'))", {}, { exit: 1, error: 'async' });
await check('the listening address', "res.end(JSON.stringify(server.address()))", {}, { text: '{"address":"::","family":"IPv6","port":3000}' });
await check('a client inside', "http.get('http://localhost:3000/inner', (r) => { r.setEncoding('utf8'); let s = ''; r.on('data', (c) => s += c); r.on('end', () => res.end(r.statusCode + s)) })".replace(/^/, "if (req.url === '/inner') { res.statusCode = 201; return res.end('in') } "), {}, { text: '201in' });
await check('http.request with a body', "if (req.method === 'PUT') return req.pipe(res); const r = http.request({ port: 3000, method: 'PUT', path: '/x' }, (m) => m.pipe(res)); r.write('a'); r.end('b')", {}, { text: 'ab' });
await check('http to a closed port', "http.get('http://localhost:3999').on('error', (e) => res.end(e.code + ' ' + e.message))", {}, { text: 'ECONNREFUSED connect ECONNREFUSED 127.0.0.1:3999' });
await check('fetch inside', "if (req.url === '/j') { res.setHeader('Content-Type', 'application/json'); return res.end('{\"a\":1}') } fetch('http://localhost:3000/j').then((r) => r.json()).then((j) => res.end(String(j.a)))", {}, { text: '1' });
await check('fetch with a length', "if (req.url !== '/j') return fetch('http://localhost:3000/j', { method: 'POST', headers: { 'Content-Length': '2' }, body: 'hi' }).then(async (r) => res.end(r.status + await r.text())); req.pipe(res)", {}, { text: '200hi' });
await check('fetch of a Request that follows nothing', "if (req.url === '/j') return res.writeHead(302, { Location: '/k' }).end(); fetch(new Request('http://localhost:3000/j', { redirect: 'manual' })).then((r) => res.end(String(r.status)))", {}, { text: '302' });
await check('fetch outside is refused with a reason', "fetch('https://example.com/x').catch((e) => res.end(e.message + ': ' + e.cause.message))", {}, { text: /^fetch failed: .*https:\/\/example\.com cannot be reached from here/ });
await check('a timer of fetch', "if (req.url === '/slow') return; fetch('http://localhost:3000/slow', { signal: AbortSignal.timeout(1000) }).catch((e) => res.end(e.name))", {}, { text: 'TimeoutError', ms: 1000 });
await test('https on a virtual port, encrypted by name, and only for https', async () => {
  const sandbox = await started(`const https = require('https'); const http = require('http');
    https.createServer({ key: 'k', cert: 'c' }, (req, res) => res.end(String(req.socket.encrypted))).listen(8443, () => {
      https.get('https://localhost:8443/', (res) => res.on('data', (data) => console.log(String(data))));
      http.get('http://localhost:8443/').on('error', (e) => console.log(e.code));
    });
    https.createServer().listen(8444, () => https.get('https://localhost:8444/').on('error', (e) => console.log(e.code)))`);
  await sandbox.settled();
  assert.deepEqual(sandbox.printed().split('\n').sort(), ['ECONNRESET', 'ECONNRESET', 'true']);
  await sandbox.close();
});

await test('a port can be taken once', async () => {
  const sandbox = await started("const { createServer } = require('http'); createServer().listen(3000); createServer().listen(3000)");
  assert.equal(sandbox.result.exit, 1);
  assert.deepEqual([sandbox.result.error.code, sandbox.result.error.message], ['EADDRINUSE', 'listen EADDRINUSE: address already in use :::3000']);
  assert.match(sandbox.printed(), /code: 'EADDRINUSE',\n {2}errno: -98,\n {2}syscall: 'listen',\n {2}address: '::',\n {2}port: 3000/);
  await sandbox.close();
});
await test('close ends the program once all is answered', async () => {
  const sandbox = await started(serve("res.end('bye'); server.close(() => console.log('closed'))"));
  const answer = await sandbox.fetch('http://localhost:3000/');
  assert.equal(await answer.text(), 'bye');
  await sandbox.settled();
  assert.deepEqual([sandbox.printed(), sandbox.exitCode, sandbox.listening], ['closed', 0, []]);
  const refused = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] });
  assert.equal(refused.failure.kind, 'refused');
  const outside = await sandbox.send({ method: 'GET', url: 'https://example.com/', headers: [] });
  assert.equal(outside.failure.kind, 'outside');
  await sandbox.close();
});
await test('scripts of a page see the cookies that are not HttpOnly, and assign them', async () => {
  const sandbox = await started(serve("res.setHeader('Set-Cookie', ['a=1', 'b=2; HttpOnly', 'c=3; Path=/x']); res.end(req.headers.cookie ?? 'none')"));
  await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] });
  const cookies = (set) => sandbox.scriptCookies('http://localhost:3000/page', set);
  assert.equal(cookies(), 'a=1');
  assert.equal(cookies('b=mine'), 'a=1');
  assert.equal(cookies('d=4; HttpOnly'), 'a=1');
  assert.equal(cookies('a=9; max-age=60'), 'a=9');
  assert.equal(cookies('a=; max-age=0'), '');
  const { body } = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] });
  assert.equal(new TextDecoder().decode(body), 'b=2');
  await sandbox.close();
});

await test('cookies belong to a client', async () => {
  const sandbox = await started(serve("res.setHeader('Set-Cookie', ['a=1; Path=/; Max-Age=60', 'b=2; Path=/x']); res.end(req.headers.cookie ?? 'none')"));
  const get = async (client, path = '/') => decoder.decode((await sandbox.send({ method: 'GET', url: `http://localhost:3000${path}`, headers: [], client })).body);
  assert.deepEqual([await get('ann'), await get('ann'), await get('ann', '/x/y'), await get('bob')], ['none', 'a=1', 'b=2; a=1', 'none']);
  await sandbox.advance(61_000);
  assert.equal(await get('ann'), 'none');
  await sandbox.close();
});
await test('scripted third parties', async () => {
  const network = { 'https://api.weather.test': [{ match: { path: '/v1/*' }, status: 200, json: { t: 31 }, delay: 700 }, { fail: 'reset' }] };
  const code = serve("fetch('https://api.weather.test' + req.url, { headers: { 'x-key': 'k' } }).then(async (r) => res.end(await r.text()), (e) => res.end(e.cause.code))");
  const sandbox = await started(code, { network });
  const first = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/v1/pune?u=c', headers: [] });
  assert.deepEqual([decoder.decode(first.body), first.ms], ['{"t":31}', 700]);
  assert.equal(await (await sandbox.fetch('http://localhost:3000/other')).text(), 'UND_ERR_SOCKET');
  assert.deepEqual(sandbox.world.network.calls.map(({ method, path, headers }) => [method, path, headers['x-key']]), [['GET', '/v1/pune?u=c', 'k'], ['GET', '/other', 'k']]);
  await sandbox.close();
});
await test('dispatch keeps the URL and duplicate headers', async () => {
  const sandbox = await started(serve('res.end()'));
  const handler = (req, res) => {
    res.setHeader('X-B', ['1', '2']);
    res.end(`${req.url} ${req.headers['x-a']} ${req.socket.remoteAddress}`);
  };
  const answer = await sandbox.dispatch(handler, { url: '/a/../%2e?x y', headers: [['X-A', '1'], ['X-A', '2']], remoteAddress: '10.1.1.1' });
  assert.deepEqual([decoder.decode(answer.body), answer.headers.filter(([name]) => name === 'X-B').length, answer.aborted], ['/a/../%2e?x y 1, 2 10.1.1.1', 2, false]);
  const controller = new AbortController();
  const pending = sandbox.dispatch(() => {}, { signal: controller.signal });
  controller.abort();
  assert.equal((await pending).aborted, true);
  await sandbox.close();
});
const APP = "const express = require('express'); const app = express(); module.exports = app;";
const LONG = 'let p = made; for (let i = 0; i < 50; i += 1) p = link(p, () => 0); link(p, () => { count += 1; });';
for (const [name, later] of [
  ['await', 'for (let i = 0; i < 99; i += 1) await null; count += 1;'],
  ['then', 'Promise.resolve().then(() => 0).then(() => 0).then(() => { count += 1; });'],
  ['a promise of a built-in module', "require('fs').promises.readFile('/app/server.js').then(() => { count += 1; });"],
  ['names between quotes', `const made = global['Prom' + 'ise'].resolve(); const link = (p, run) => p['finally'](run); ${LONG}`],
  ['names put together', `const made = global['Prom' + 'ise'].resolve(); const link = (p, run) => p['th' + 'en'](run); ${LONG}`],
  ['names taken apart', `const { ['Prom' + 'ise']: P } = globalThis; const made = P.resolve(); const { finally: last } = made; const link = (p, run) => last.call(p, run); ${LONG}`],
  ['names with escapes', `const made = Pr\\u006fmise.resolve(); const link = (p, run) => p.th\\u0065n(run); ${LONG}`],
  ['microtasks alone', "const soon = global['queue' + 'Microtask']; let n = 50; const step = () => { if (n) soon(step); else count += 1; n -= 1; }; step();"],
  ['code made from text', "(() => 0).constructor('done', 'let p = Pro' + 'mise.resolve(); for (let i = 0; i < 50; i += 1) p = p.th' + 'en(() => 0); p.th' + 'en(done)')(() => { count += 1; });"],
  ['a stream of a list', "require('stream').Readable.from([1, 2, 3]).map((n) => n + 1).on('data', () => {}).on('end', () => { count += 1; });"],
  ['a request read by its operators', "req.map((piece) => piece).on('end', () => { count += 1; }).resume();"],
]) {
  await test(`a request begins after all that the one before left to promises: ${name}`, async () => {
    const files = { 'server.js': '', 'app.js': `${APP} let count = 0; app.get('/', ${later.includes('await') ? 'async ' : ''}(req, res) => { res.json(count); ${later} });` };
    const sandbox = await started(files, { clock: 'real' });
    const app = sandbox.require('/app/app.js');
    const counts = [];
    for (let at = 0; at < 4; at += 1) counts.push(decoder.decode((await sandbox.dispatch(app, {})).body));
    assert.deepEqual(counts, ['0', '1', '2', '3']);
    await sandbox.close();
  });
}
await test('a program that leaves nothing to promises is asked at once, and never inside of itself', async () => {
  const sandbox = await started({ 'server.js': '', 'app.js': `${APP} let inside = false; app.get('/:id', (req, res) => { if (inside) throw new Error('inside'); inside = true; res.json(req.params.id); inside = false; });` }, { clock: 'real' });
  const app = sandbox.require('/app/app.js');
  const answers = await Promise.all([1, 2, 3].map((id) => sandbox.dispatch(app, { url: `/${id}` })));
  assert.deepEqual(answers.map(({ status, body }) => [status, decoder.decode(body)]), [[200, '"1"'], [200, '"2"'], [200, '"3"']]);
  await sandbox.close();
});
await check('who listens hears the end of a request that nobody reads', `
  for (const event of ['end', 'close']) req.on(event, () => console.log(event));
  res.on('finish', () => console.log('finish')); res.end();`, {}, { status: 200, printed: 'finish\nend\nclose' });
await check('a request that nobody reads is over with the answer', `
  const say = () => console.log(req.readableEnded, req.destroyed, req.closed, req.readableFlowing);
  res.on('close', () => { say(); setImmediate(say); }); res.end();`, {}, { printed: 'false false false true\ntrue true true true' });
await test('a request is given up when nothing of its own is left, and not before', async () => {
  const kinds = async (rest) => {
    const sandbox = await started(serve("if (req.url === '/slow') setTimeout(() => res.end(), 10500);", rest), { clock: 'real' });
    const answers = await Promise.all(['/', '/slow'].map((path) => sandbox.send({ method: 'GET', url: `http://localhost:3000${path}`, headers: [], body: '' })));
    await sandbox.close();
    return answers.map(({ failure, status, ms }) => `${failure?.kind ?? status} ${Math.round(ms / 1000)}`);
  };
  assert.deepEqual(await Promise.all([kinds(''), kinds('setInterval(() => {}, 700);')]), [['hang 10', '200 11'], ['hang 10', '200 11']]);
});
await test('a plain server is traced as http', async () => {
  const sandbox = await started(serve("if (req.url === '/') { console.log('served'); res.end('x') }"));
  await sandbox.fetch('http://localhost:3000/');
  await sandbox.send({ method: 'POST', url: 'http://localhost:3000/no', headers: [], body: 'abc' });
  await sandbox.settled();
  const [first, second] = sandbox.traces;
  assert.deepEqual([first.answered.name, first.answered.line, first.response.status, first.console[0].text, first.console[0].line], ['http', 1, 200, 'served', 1]);
  assert.deepEqual([second.stopped.name, second.response, second.request.body, second.ms], ['http', undefined, 'abc', 5000]);
  await sandbox.close();
});
await test('console lines know their request, across await', async () => {
  const sandbox = await started(serve("const n = req.url; setTimeout(async () => { await null; console.log(n); res.end() }, n === '/a' ? 20 : 10)"));
  await Promise.all(['/a', '/b'].map((path) => sandbox.fetch(`http://localhost:3000${path}`)));
  for (const trace of sandbox.traces) assert.deepEqual(trace.console.map((line) => line.text), [trace.request.url]);
  await sandbox.close();
});
