/** The packages that Express is made of, on their own, and what tools ask of routers and layers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

async function check(name, code, printed, request) {
  await test(name, async () => {
    const sandbox = await started(code);
    assert.equal(sandbox.result.error, undefined, sandbox.result.error?.stack);
    if (request) await sandbox.send({ headers: [], body: '', method: 'GET', ...request, url: `http://localhost:3000${request.url}` });
    assert.equal(sandbox.printed(), printed);
    await sandbox.close();
  });
}

await check('one Express however it is asked for', "const express = require('express'); console.log(require('serve-static') === express.static, require('router') === express.Router, require('body-parser').json === express.json, require('express/lib/utils').methods.includes('get'))", 'true true true true');
await check('body-parser alone does not parse', "try { require('body-parser')() } catch (error) { console.log(error.message) }", 'The bodyParser() generic has been split into individual middleware to use instead.');
await check('finalhandler and router on a plain server', `
  const http = require('http'); const router = require('router')(); const finalhandler = require('finalhandler');
  router.get('/:id', (req, res) => { throw Object.assign(new Error('no ' + req.params.id), { status: 418 }) });
  http.createServer((req, res) => router(req, res, finalhandler(req, res, { onerror: (error) => console.log(error.message, res.statusCode) }))).listen(3000)`, 'no 7 418', { url: '/7' });
await check('send tells what it does', `
  require('fs').writeFileSync('a.txt', 'A'); const send = require('send');
  require('http').createServer((req, res) => send(req, req.url, { root: '.' }).on('file', (path) => console.log('file', path)).on('headers', (res, path, stat) => console.log('headers', stat.size)).on('end', () => console.log('end')).pipe(res)).listen(3000)`, 'file /app/a.txt\nheaders 1\nend', { url: '/a.txt' });
await check('layers answer for themselves', `
  const router = require('express').Router(); router.get(['/a/:x', /^\\/b(\\d)$/], () => {}); router.use('/c', () => {}); router.use(() => {});
  const [route, mounted, all] = router.stack;
  console.log(JSON.stringify([route.match('/a/1'), route.match('/b2').params, route.match('/d'), mounted.match('/c/x').path, all.match('/').keys]));
  all.handleError(new Error('E'), {}, {}, (error) => console.log(error.message));
  mounted.handleRequest({}, {}, () => {})`, '[{"params":{"x":"1"},"path":"/a/1","keys":["x"],"pattern":"/a/:x"},{"0":"2"},false,"/c",[]]\nE');
await check('a redirect to nowhere is deprecated, once for each place', `
  const app = require('express')(); app.get('/', (req, res) => {
    for (let i = 0; i < 2; i++) { try { res.redirect(undefined); } catch {} }
  }); app.listen(3000)`, [
  'Mon, 05 Jan 2026 09:00:00 GMT express deprecated Provide a url argument at server.js:3:45',
  'Mon, 05 Jan 2026 09:00:00 GMT express deprecated Url must be a string at server.js:3:45',
].join('\n'), { url: '/' });
await check('NO_DEPRECATION keeps it quiet', "process.env.NO_DEPRECATION = 'express'; const app = require('express')(); app.get('/', (req, res) => res.redirect(undefined)); app.listen(3000)", '', { url: '/' });

await test('a cookie ends by the clock of the sandbox', async () => {
  const sandbox = await started("const app = require('express')(); app.get('/', (req, res) => res.cookie('a', 'b', { maxAge: 1000 }).end()); app.listen(3000)");
  const { headers } = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [], body: '' });
  assert.deepEqual(headers.find(([name]) => name === 'Set-Cookie'), ['Set-Cookie', 'a=b; Max-Age=1; Path=/; Expires=Mon, 05 Jan 2026 09:00:01 GMT']);
  await sandbox.close();
});

await test('with a trace, a layer gets the very next that req.next is', async () => {
  const sandbox = await started("const app = require('express')(); app.use((req, res, next) => { console.log(req.next === next); next() }); app.use('/a', (req, res, next) => { console.log(req.next === next); next() }); app.get('/a', (req, res) => res.format({ json(q, s, next) { res.json(next === req.next) } })); app.listen(3000)");
  const { body } = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/a', headers: [['accept', 'application/json']], body: '' });
  assert.equal(`${sandbox.printed()} ${new TextDecoder().decode(body)}`, 'true\ntrue true');
  await sandbox.close();
});
