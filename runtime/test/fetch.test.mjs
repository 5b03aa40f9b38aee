/** `fetch` in a program, beside Node's own on Node's own server. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

/** Takes out of messages what a browser takes out of them. Before the runtime is loaded, as it would be there. */
function browserLike(Native, forbidden) {
  const clean = (init) => (init?.headers ? { ...init, headers: [...new Headers(init.headers)].filter(([name]) => !forbidden.test(name)) } : init);
  const static_ = Native.json && ((data, init) => Native.json(data, clean(init)));
  return new Proxy(Native, {
    construct: (target, [first, init], made) => Reflect.construct(target, [first, clean(init)], made === Native ? target : made),
    get: (target, key) => (key === 'json' ? static_ : Reflect.get(target, key)),
  });
}
const native = { Response, Request };
globalThis.Response = browserLike(Response, /^set-cookie2?$/);
globalThis.Request = browserLike(Request, /^(cookie|host|origin|content-length)$/);
test.after(() => Object.assign(globalThis, native));
const { started } = await import('./support.mjs');

const server = (routes, then) => `
const http = require('http');
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let go;
const server = http.createServer((req, res) => { const run = async () => { ${routes} }; run(); });
server.listen(3456, async () => {
  const base = 'http://localhost:3456';
  try { ${then} } catch (error) { console.log('thrown', error.name, error.message, error.cause && error.cause.code); }
  server.close();
  server.closeAllConnections();
});`;

/** Both print the same. */
async function same(name, routes, then) {
  await test(name, async () => {
    const code = server(routes, then);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code]);
    assert.notEqual(stdout, '');
    const sandbox = await started(code);
    await sandbox.world.until(() => sandbox.world.listening.length === 0, 20_000);
    assert.equal(`${sandbox.printed()}\n`, stdout);
    await sandbox.close();
  });
}

const COOKIES = "res.setHeader('Set-Cookie', ['a=1; HttpOnly', 'b=2; Path=/']); res.setHeader('X-Y', 'z'); if (req.url === '/moved') { res.writeHead(302, { Location: '/' }); return res.end(); } res.end('{\"n\":1}');";
await same('Set-Cookie', COOKIES, "const r = await fetch(base); console.log(r.headers.get('set-cookie'), r.headers.getSetCookie(), r.headers.get('x-y'), r instanceof Response, r.headers instanceof Headers, await r.json(), r.bodyUsed)");
await same('Set-Cookie of a clone', COOKIES, "const r = await fetch(base + '/moved'); const c = r.clone(); console.log(c.headers.getSetCookie(), c.url === r.url, c.redirected, c.type, c instanceof Response, await c.text(), await r.text())");
await same('Set-Cookie among the entries', COOKIES, "const r = await fetch(base); console.log([...r.headers].filter(([name]) => name === 'set-cookie'), r.headers.has('Set-Cookie'))");
await same('a Response of the program', COOKIES, "const r = new Response('x', { status: 201, headers: { 'set-cookie': 'q=1' } }); console.log(r.headers.getSetCookie(), r.clone().headers.get('set-cookie'), r.headers.get('content-type'), r instanceof Response, Response.json({ a: 1 }, { headers: { 'set-cookie': 'j=1' } }).headers.get('set-cookie'), await r.text()); class Own extends Response {} console.log(new Own() instanceof Own, Response.name, Response.error().type)");
await same('a Request with a cookie', "res.end(String(req.headers.cookie));", "const r = new Request(base, { headers: { Cookie: 'a=1' } }); console.log(r.headers.get('cookie'), await (await fetch(r)).text(), await (await fetch(new Request(r))).text(), await (await fetch(r.clone())).text(), r instanceof Request)");

const FOUR = "if (req.url === '/cut') { res.write('half'); await wait(100); return res.destroy(); } if (req.url === '/late') { await wait(300); return res.end('late'); } for (const one of ['a', 'b', 'c', 'd']) { res.write(one); await wait(300); } res.end();";
/** Each piece waits until the program says `go()`. */
const STEPS = "for (const one of 'abcd') { console.log('written', one); res.write(one); await new Promise((done) => { go = done }); } console.log('ended'); res.end();";
await same('the head, then each piece as it is written', STEPS, "const r = await fetch(base); console.log('head', r.status); const d = new TextDecoder(); for await (const one of r.body) { console.log(d.decode(one), one.constructor.name); go(); }");
await same('a reader', STEPS, "const r = await fetch(base); const reader = r.body.getReader(); for (;;) { const { done, value } = await reader.read(); console.log(done, value && String.fromCharCode(...value)); if (done) break; go(); } console.log(r.bodyUsed)");
await same('text waits for the end', STEPS, "const r = await fetch(base); console.log('head'); const text = r.text().then((all) => console.log(all)); for (let left = 3; left > 0; left -= 1) { go(); await wait(20); console.log('not yet'); } go(); await text");
await same('read long after', STEPS, "const r = await fetch(base); for (let left = 4; left > 0; left -= 1) { go(); await wait(20); } await wait(300); console.log(await r.text(), r.bodyUsed)");
await same('a reader with memory of its own', FOUR, "const r = await fetch(base); const reader = r.body.getReader({ mode: 'byob' }); let text = ''; for (;;) { const { done, value } = await reader.read(new Uint8Array(9)); if (done) break; text += String.fromCharCode(...value); } console.log(text, r.bodyUsed)");
await same('a redirect whose body does not end', "if (req.url === '/b') return res.end('there'); res.writeHead(302, { Location: '/b' }); res.write('x');", "console.log(await (await fetch(base)).text())");
await same('controllers', FOUR, "class Mine extends AbortController { abort(why) { console.log('mine'); super.abort(why); } } const mine = new Mine(); mine.abort('x'); console.log(mine.signal.reason, new AbortController().constructor === AbortController, mine instanceof AbortController, new AbortController()); try { (0, mine.abort)(); } catch (error) { console.log(error.name); }");
await same('twice', FOUR, "const r = await fetch(base + '/late'); console.log(await r.text()); await r.text()");
await same('read while a reader has it', FOUR, "const r = await fetch(base + '/late'); r.body.getReader(); console.log(r.bodyUsed); await r.text()");
await same('both halves of a clone', FOUR, "const r = await fetch(base); const c = r.clone(); console.log(await Promise.all([r.text(), c.text()]))");
await same('aborted while it comes', FOUR, "const stop = new AbortController(); const r = await fetch(base, { signal: stop.signal }); setTimeout(() => stop.abort(), 450); console.log(r.status); await r.text()");
await same('aborted before the head', FOUR, "const stop = new AbortController(); setTimeout(() => stop.abort(), 50); await fetch(base + '/late', { signal: stop.signal })");
await same('cut in the middle', FOUR, "const r = await fetch(base + '/cut'); console.log(r.status); await r.text()");
await same('cut, and read later', FOUR, "const r = await fetch(base + '/cut'); await new Promise((done) => setTimeout(done, 300)); await r.json()");
await same('cancelled', "res.on('close', () => console.log('closed', res.writableEnded)); for (let at = 0; at < 3; at += 1) { res.write('x'); await wait(200); } res.end();", "const r = await fetch(base); const reader = r.body.getReader(); await reader.read(); await reader.cancel(); await new Promise((done) => setTimeout(done, 300)); console.log('on')");
await same('reasons of an abort', FOUR, "const stop = new AbortController(); stop.abort(); console.log(stop.signal.reason.message, AbortSignal.abort().reason.message, AbortSignal.abort('mine').reason, stop instanceof AbortController, stop.signal instanceof AbortSignal, stop); await fetch(base, { signal: stop.signal })");
await same('piped on', STEPS, "const { Readable } = require('stream'); const r = await fetch(base); const stream = Readable.fromWeb(r.body); stream.on('data', (one) => { console.log(one); go(); }); await new Promise((done) => stream.on('end', done))");
await same('piped on and cut', FOUR, "const { Readable } = require('stream'); const r = await fetch(base + '/cut'); for await (const one of Readable.fromWeb(r.body)) console.log(String(one))");
await same('no body', "res.statusCode = req.url === '/none' ? 204 : 200; res.end();", "console.log((await fetch(base, { method: 'HEAD' })).body, (await fetch(base + '/none')).body, await (await fetch(base)).text())");
await same('a redirect is followed or not', COOKIES, "console.log((await fetch(base + '/moved')).redirected, (await fetch(base + '/moved', { redirect: 'manual' })).status); await fetch(base + '/moved', { redirect: 'error' })");

await test('a program that reads no body ends with the answer', async () => {
  const sandbox = await started("require('http').createServer((q, s) => { s.write('a'); setTimeout(() => s.end(), 700) }).listen(3000)");
  sandbox.update({ 'server.js': sandbox.options.files['server.js'], 'ask.js': "process.on('exit', () => console.log('over', Date.now() - start)); const start = Date.now(); fetch('http://localhost:3000/').then((r) => console.log(r.status, Date.now() - start))" });
  await sandbox.command('node ask.js');
  assert.match(sandbox.printed(), /^200 0\nover 700$/);
  await sandbox.close();
});
