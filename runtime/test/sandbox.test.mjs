/** Several sandboxes in one realm, snapshots, what hosts can call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox, started } from './support.mjs';
import { fileURLToPath } from 'node:url';

const server = (text) => `const http = require('http'); let n = 0; http.createServer((q, r) => setTimeout(() => { console.log('${text}'); r.end('${text}' + ++n) }, 5)).listen(3000)`;

await test('two sandboxes do not see each other', async () => {
  const [a, b] = [await started(server('a')), await started(server('b'))];
  const texts = await Promise.all([a, b, a].map(async (sandbox) => (await sandbox.fetch('http://localhost:3000/')).text()));
  assert.deepEqual(texts, ['a1', 'b1', 'a2']);
  assert.deepEqual([a.printed(), b.printed()], ['a\na', 'b']);
  await a.close();
  assert.equal(await (await b.fetch('http://localhost:3000/')).text(), 'b2');
  await b.close();
});
await test('a snapshot resumes files and time', async () => {
  const first = await started("require('fs').writeFileSync('x', String(Date.now()))");
  await first.advance(5000);
  const saved = first.snapshot();
  await first.close();
  const second = await createSandbox({ clock: 'virtual', files: { 'server.js': "console.log(Date.now() - Number(require('fs').readFileSync('x', 'utf8')))" }, snapshot: saved });
  await second.start();
  assert.equal(second.console[0].text, '5000');
  await second.close();
});
await test('hosts can require what learners can', async () => {
  const sandbox = await started({ 'server.js': '', 'lib.js': 'exports.a = 1' });
  assert.equal(typeof sandbox.require('express'), 'function');
  assert.equal(sandbox.require('http').STATUS_CODES[418], "I'm a Teapot");
  assert.equal(sandbox.require('./lib').a, 1);
  assert.throws(() => sandbox.require('./none'), { code: 'MODULE_NOT_FOUND' });
  await sandbox.close();
});
await test('a call that never ends is given up', async () => {
  const sandbox = await started({ 'server.js': '', 'never.js': 'module.exports = () => new Promise(() => {})' });
  await assert.rejects(sandbox.call('never.js', []), /has not come to an end in 5 s/);
  await sandbox.close();
});
await test('scripted answers are counted for each sandbox', async () => {
  const network = { 'https://a.test': [{ times: 1, text: 'first' }, { text: 'next' }] };
  for (let round = 0; round < 2; round += 1) {
    const sandbox = await started("fetch('https://a.test/').then((r) => r.text()).then(console.log)", { network });
    await sandbox.advance(10);
    assert.equal(sandbox.printed(), 'first');
    await sandbox.close();
  }
});
await test('lines of the shell that come at once are of one shell', async () => {
  const sandbox = await started('');
  const [, { lines }] = await Promise.all([sandbox.shell('kept = 1'), sandbox.shell('typeof kept')]);
  assert.equal(lines[0].text, 'number');
  await sandbox.close();
});
await test('a host folder can be mounted', async () => {
  const sandbox = await started("console.log(require('fs').readdirSync('/notes').includes('sandbox.test.mjs'))", { mounts: { '/notes': fileURLToPath(new URL('.', import.meta.url)) } });
  assert.equal(sandbox.printed(), 'true');
  await sandbox.close();
});
await test('an unknown package is named with what is offered', async () => {
  const sandbox = await started("require('left-pad')");
  const hint = sandbox.console.at(-1);
  assert.equal(hint.level, 'system');
  assert.match(hint.text, /^"left-pad" is not offered here\. Packages that can be required: axios, bcrypt, bcryptjs, body-parser, /);
  await sandbox.close();
});
await test('of more requests than can be looked at some are followed, and the rest is told of', async () => {
  const told = [];
  const onUnfollowed = (count, after) => told.push([count, after]);
  const sandbox = await started("require('http').createServer((req, res) => res.end()).listen(3000)", { onUnfollowed });
  const ask = async (times) => {
    const answers = await Promise.all(Array.from({ length: times }, () => sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] })));
    assert.ok(answers.every(({ status }) => status === 200));
    return answers.filter(({ trace }) => trace !== undefined).length;
  };
  assert.equal(await ask(130), 100);
  await new Promise((done) => setTimeout(done, 200));
  assert.deepEqual(told, [[30, 100]]);
  await sandbox.advance(200);
  assert.equal(await ask(12), 10);
  // What was left out before a trace is told of before that trace.
  await sandbox.advance(10_000);
  assert.equal(await ask(1), 1);
  assert.deepEqual(told, [[30, 100], [2, 110]]);
  assert.equal(sandbox.lastTrace, 111);
  await sandbox.close();
});
await test('every request is followed where that is asked for', async () => {
  const sandbox = await started("require('http').createServer((req, res) => res.end()).listen(3000)", { trace: 'every' });
  for (let count = 0; count < 130; count += 1) await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] });
  assert.equal(sandbox.lastTrace, 130);
  await sandbox.close();
});
await test('onTrace comes when all is seen', async () => {
  const traces = [];
  const sandbox = await started("const app = require('express')(); app.use(function a(req, res, next) { req.x = 1; next() }); app.get('/', (req, res) => { res.on('finish', () => console.log('f')); res.json({}) }); app.listen(3000)", { onTrace: (trace) => traces.push(structuredClone(trace)), edit: 4 });
  await sandbox.fetch('http://localhost:3000/?q=1');
  await sandbox.settled();
  assert.equal(traces.length, 1);
  const [{ layers, console: lines, answered, edit, host, request }] = traces;
  assert.deepEqual([layers.map(({ name, does }) => `${name} ${does}`), lines[0].text, answered.name, edit, host, request.url], [['a next', 'handler answers'], 'f', 'handler', 4, 'localhost:3000', '/?q=1']);
  assert.deepEqual(layers[0].changes.map(({ path, kind, after }) => [path, kind, after]), [['req.x', 'add', '1']]);
  await sandbox.close();
});
for (const [later, wait] of [['setTimeout(answer, 50)', 60], ['setImmediate(() => setImmediate(answer))', 60], ['process.nextTick(answer)', 60], ['let n = 0; const id = setInterval(() => { if (++n === 3) { clearInterval(id); answer(); } }, 10)', 60], ['res.setTimeout(50, answer)', 60]]) {
  await test(`who answers later is the layer that set it off: ${later}`, async () => {
    const sandbox = await started(`const app = require('express')();
      app.use(function limit(req, res, next) { const answer = () => { if (!res.headersSent) res.sendStatus(503); }; ${later}; next(); });
      app.use(function slow(req, res, next) { setTimeout(next, 5); });
      app.get('/', function last(req, res) { setTimeout(() => { if (!res.headersSent) res.send('late'); }, ${wait}); });
      app.listen(3000);`);
    const answer = await sandbox.fetch('http://localhost:3000/');
    await sandbox.settled();
    assert.deepEqual([answer.status, sandbox.traces[0].answered.name], [503, 'limit']);
    await sandbox.close();
  });
}
await test('who goes on behind await is the handler, whatever called it', async () => {
  const sandbox = await started(`const app = require('express')();
    app.use(require('express').json());
    app.post('/', async function last(req, res) { await null; await Promise.resolve(); res.status(400).json({}); throw new Error('went on'); });
    app.listen(3000);`);
  await sandbox.fetch('http://localhost:3000/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  await sandbox.settled();
  const [{ answered }] = sandbox.traces;
  assert.deepEqual([answered.name, answered.does], ['last', 'throws']);
  await sandbox.close();
});
await test('a layer tells where its function is written', async () => {
  const guard = "exports.guard = (needed) => function (req, res, next) {\n  while (needed > 1) needed -= 1;\n  next();\n};\nexports.same = () => (req, res, next) => next(); exports.other = () => (req, res, next) => next();\n";
  const server = "const app = require('express')();\nconst { guard, same } = require('./guard');\napp.use(guard(3), same());\nfunction show(req, res) {\n  res.json(1);\n}\napp.use(require('cors')());\napp.get('/', show);\napp.listen(3000);";
  const sandbox = await started({ 'server.js': server, 'guard.js': guard });
  await sandbox.fetch('http://localhost:3000/');
  await sandbox.settled();
  const places = sandbox.traces[0].layers.map(({ file, line, definition: at }) => `${file}:${line} ${at && `${at.file}:${at.line}-${at.lastLine}`}`);
  // A text that stands in two places is in neither.
  assert.deepEqual(places, ['server.js:3 guard.js:1-4', 'server.js:3 undefined', 'server.js:7 undefined', 'server.js:8 server.js:4-6']);
  await sandbox.close();
});
await test('without traces a server answers all the same', async () => {
  const app = "const app = require('express')(); app.get('/:id', (req, res) => { console.log('asked'); res.json(req.params) }); app.listen(3000)";
  const check = async (options, traces) => {
    const sandbox = await started(app, options);
    const { status, trace } = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/7', headers: [] });
    await sandbox.settled();
    assert.deepEqual([status, trace, sandbox.traces.length, sandbox.console[0].trace], [200, traces || undefined, traces, traces || undefined]);
    await sandbox.close();
  };
  await check({}, 1);
  await check({ trace: false }, 0);
});
