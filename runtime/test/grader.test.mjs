/** The line protocol: what the records of a check's steps hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replayLesson } from './replay.mjs';
import { openGrader } from './support.mjs';
import { fileURLToPath } from 'node:url';

const grader = openGrader();

/** Opens a server, performs the actions, compares each record with what is expected of it. */
async function check(name, files, steps, project = {}) {
  await test(name, async () => {
    const all = typeof files === 'string' ? { 'server.js': files } : files;
    const answers = [await grader.answer({ do: 'open', sandbox: 's', project: { files: all, ...project } })];
    for (const [action] of steps.slice(1)) answers.push(await grader.answer({ do: 'perform', sandbox: 's', action }));
    assert.deepEqual(await grader.answer({ do: 'close', sandbox: 's' }), { ok: true });
    for (const [index, [, expected]] of steps.entries()) {
      assert.equal(answers[index].ok, true, answers[index].message);
      expected(answers[index].record);
    }
  });
}
const holds = (expected) => (record) => {
  for (const [key, value] of Object.entries(expected)) {
    const seen = key.split('.').reduce((at, part) => at?.[part], record);
    assert.deepEqual(seen, value, `${key} of ${JSON.stringify(record)}`);
  }
};

const app = (routes) => `const express = require('express');\nconst app = express();\napp.use(express.json());\n${routes}\napp.listen(3000, () => console.log('up'));`;

await check('start, answers, tally of a port', app("app.get('/a', (req, res) => res.status(201).json({ q: req.query.x }));"), [
  ['open', holds({ console: ['up'], listening: [3000], exit: undefined, error: undefined })],
  [{ request: 'GET /a', query: { x: ['1', '2'] } }, holds({ status: 201, json: { q: ['1', '2'] }, 'headers.x-powered-by': 'Express', 'sent.path': '/a?x=1&x=2', hang: undefined })],
  [{ request: 'GET /nope' }, holds({ status: 404, json: undefined, 'trace.answered.name': 'express', 'trace.response.status': 404, 'trace.request.url': '/nope' })],
  [{ request: 'GET http://localhost:3001/' }, holds({ refused: true, status: undefined })],
]);
await check('bodies', app("app.use(express.urlencoded()); app.post('/', (req, res) => res.json({ b: req.body ?? null, t: req.get('content-type') ?? null }));"), [
  ['open', holds({})],
  [{ request: 'POST /', json: { a: [1] } }, holds({ json: { b: { a: [1] }, t: 'application/json' } })],
  [{ request: 'POST /', form: { a: '1 2', b: ['x', 'y'] } }, holds({ json: { b: { a: '1 2', b: ['x', 'y'] }, t: 'application/x-www-form-urlencoded' } })],
  [{ request: 'POST /', text: 'hello' }, holds({ 'json.t': 'text/plain; charset=utf-8' })],
  [{ request: 'POST /', headers: { 'Content-Type': 'application/json' }, chunks: ['{"a"', ':1}'] }, holds({ 'json.b': { a: 1 } })],
  [{ request: 'POST /', headers: { 'Content-Type': 'application/json' }, text: '{' }, holds({ status: 400 })],
]);
await check('hang, and time', app("app.get('/never', (req, res) => {}); app.get('/slow', (req, res) => setTimeout(() => res.send('x'), 700)); app.get('/now', (req, res) => res.send(String(Date.now())));"), [
  ['open', holds({})],
  [{ request: 'GET /never' }, holds({ hang: true, 'trace.stopped.name': 'handler', 'trace.stopped.does': 'nothing' })],
  [{ request: 'GET /slow' }, holds({ within: 700, text: 'x' })],
  [{ advance: 61_000 }, holds({ status: undefined })],
  [{ request: 'GET /now' }, holds({ text: String(Date.parse('2026-01-05T09:00:00Z') + 5000 + 700 + 61_000) })],
]);
await check('what follows the answer belongs to the step', app("app.get('/', (req, res) => { res.on('finish', () => { console.log('finish'); setImmediate(() => { throw new Error('after') }) }); res.send('x') });"), [
  ['open', holds({})],
  [{ request: 'GET /' }, holds({ status: 200, 'console.0': 'finish', 'error.message': 'after', 'error.line': 4, exit: 1, listening: [] })],
  [{ request: 'GET /' }, holds({ refused: true, error: undefined })],
]);
await check('an error that Express answered', app("app.get('/', (req, res) => { null.x });"), [
  ['open', holds({})],
  [{ request: 'GET /' }, holds({ status: 500, 'error.name': 'TypeError', 'error.file': 'server.js', 'error.line': 4, exit: undefined })],
]);
await check('several at once', app("let seats = 3; app.post('/book', async (req, res) => { const left = seats; await new Promise((r) => setTimeout(r, 10)); if (left < 1) return res.sendStatus(409); seats = left - 1; res.sendStatus(201) });"), [
  ['open', holds({})],
  [{ request: 'POST /book', parallel: 10 }, holds({ tally: { 201: 10 }, status: 201 })],
  [{ parallel: [{ request: 'POST /book' }, { request: 'GET /x' }] }, holds({ tally: { 201: 1, 404: 1 } })],
]);
await check('cookies and clients', app("app.get('/in', (req, res) => res.cookie('s', 'v').send('in')); app.get('/who', (req, res) => res.send((req.headers.cookie ?? '-') + ' ' + req.ip));"), [
  ['open', holds({})],
  [{ request: 'GET /in', as: 'ann' }, holds({ cookies: { s: 'v' } })],
  [{ request: 'GET /who', as: 'ann' }, (record) => assert.match(record.text, /^s=v ::ffff:10\.0\.0\./)],
  [{ request: 'GET /who' }, holds({ text: '- ::1' })],
  [{ request: 'GET /who', cookies: { a: '1' } }, holds({ text: 'a=1 ::1' })],
]);
await check('restart, command, call, files', {
  'server.js': app("let n = 0; app.get('/', (req, res) => { require('fs').writeFileSync('n.txt', String(++n)); res.send(`${n} ${process.env.MODE ?? '-'}`) });"),
  'sum.js': 'console.log(Number(process.argv[2]) + 1)', 'utils/up.js': 'module.exports = (a, b) => (a + b).toUpperCase()', 'bad.js': 'module.exports = () => { throw new RangeError("no") }',
}, [
  ['open', holds({})],
  [{ request: 'GET /' }, holds({ text: '1 -', 'files.n': undefined })],
  [{ restart: { env: { MODE: 'x' } } }, holds({ console: ['up'], listening: [3000] })],
  [{ request: 'GET /' }, (record) => assert.deepEqual([record.text, record.files['n.txt']], ['1 x', '1'])],
  [{ command: 'node sum.js 41' }, holds({ console: ['42'], exit: 0 })],
  [{ call: 'utils/up.js', args: ['a', 'b'] }, holds({ returns: 'AB' })],
  [{ call: 'bad.js' }, holds({ 'error.name': 'RangeError', 'error.file': 'bad.js', returns: undefined })],
]);
await check('a start that fails', 'const app = require("express");\napp.get("/", 1);', [
  ['open', holds({ listening: [], exit: 1, 'error.message': 'app.get is not a function', 'error.line': 2 })],
  [{ request: 'GET /' }, holds({ refused: true })],
]);
await check('a program that ends', 'const app = require("express")();', [['open', holds({ listening: [], exit: 0, error: undefined })]]);
await check('a blank in a faded file', 'const a = ____;', [['open', holds({ 'error.message': '____ is not defined', 'error.line': 1 })]]);
await check('third parties', app("app.get('/', async (req, res) => { const r = await fetch('https://pay.test/charge', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'content-type': 'application/json' } }); res.status(r.status).json(await r.json()) });"), [
  ['open', holds({})],
  [{ request: 'GET /' }, holds({ status: 402, json: { e: 'no' }, 'calls.0.path': '/charge', 'calls.0.json': { a: 1 } })],
], { network: { 'https://pay.test': [{ status: 402, json: { e: 'no' } }] } });
await test('a line that is no command is answered', async () => {
  assert.equal((await grader.answer({ do: 'perform', sandbox: 'unknown', action: {} })).ok, false);
});
for (const lesson of ['12-express-hello', '18-middleware']) {
  await test(`the snippets of ${lesson} run as they say`, async () => {
    const results = await replayLesson(grader, fileURLToPath(new URL(`../../lessons/02-express/${lesson}`, import.meta.url)));
    assert.ok(results.length > 2);
    for (const { id, problems } of results) assert.deepEqual(problems, [], id);
  });
}
grader.close();
