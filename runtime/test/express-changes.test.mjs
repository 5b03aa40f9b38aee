/** What a trace says that each layer changed: values are those of the moment, whenever they are read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

/** Lines `layer: path kind before → after` of the trace of one request. */
async function changes(app, { path = '/', ...init } = {}) {
  const sandbox = await started(`const express = require('express'); const app = express(); ${app}\napp.listen(3000)`);
  await sandbox.fetch(`http://localhost:3000${path}`, init);
  await sandbox.settled();
  const [trace] = sandbox.traces;
  assert.deepEqual(sandbox.traces[0], trace, 'a second reading says the same');
  await sandbox.close();
  return trace.layers.flatMap(({ name, changes }) =>
    changes.filter((change) => !/^res\.(headers|statusCode)/.test(change.path) || /x-/.test(change.path))
      .map(({ path, kind, before, after }) => `${name}: ${kind} ${path} ${[before, after].filter((text) => text !== undefined).join(' → ')}`));
}

const END = "app.get('/{*path}', function end(req, res) { res.end() });";
const JSON_INIT = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":{"b":[1]}}' };

for (const [name, app, expected, init] of [
  ['after next, at once and later',
    `app.use(function a(req, res, next) { req.one = 1; next(); req.two = 2; setTimeout(() => { req.three = 3 }, 5) });
     app.get('/', function end(req, res) { setTimeout(() => res.end(), 15) });
     app.use(() => {});`,
    ['a: add req.one 1', 'a: add req.two 2']],
  ['of layers that name the response, that do not, and that reach it otherwise',
    `app.use(function a(req, res, next) { req.x = 1; next() }); app.use(function b(req, res, next) { res.locals.y = 2; next() });
     app.use(function c(req, _, next) { req.res.locals.z = 3; next() }); app.use(function d() { arguments[1].locals.w = 4; arguments[2]() });
     app.use((req, res, next) => next(new Error('no'))); app.use(function e(error, req, res, next) { res.locals.v = error.message; res.end() });`,
    ['a: add req.x 1', 'b: add res.locals.y 2', 'c: add res.locals.z 3', 'd: add res.locals.w 4', "e: add res.locals.v 'no'"]],
  ['of layers that end with next, that go on, and that call it twice',
    `app.use(function a(req, res, next) { if (req.method === 'GET') { next(); req.x = 1; return } next() });
     app.use(function b(req, res, next) { for (const n of [1, 2]) { req.n = n; if (n === 1) next() } });
     app.use(function c(req, res, next) { try { next() } finally { req.c = 1 } }); ${END}`,
    ['a: add req.x 1', 'b: add req.n 1', 'b: change req.n 1 → 2', 'c: add req.c 1']],
  ['of layers that only look as if they ended with next',
    `const pass = (req) => req.next(); const c = (req, res, next) => req.c = 1 + next(); const g = async (req, res, next) => { pass(req); req.g = 1; await null; next(); };
     app.use(function a(req, res, next) { const go = next; go(); req.a = 1; if (req.never) next() });
     app.use(function b(req, res, next) { pass(req); req.b = 1; if (req.never) next(); }); app.use(c);
     app.use(function d(req, res, next) { if (req.d) { next(); } else { req.d = 1; d(req, res, next); req.d = 2 } });
     app.use(function e(req, res, next) { pass(req); req.e = 1; if (req.e) return; next(); });
     app.use(function f(req, res, next) { pass(req); req.f = 1; if (req.never) // ;
       next(); }); app.use(g); ${END}`,
    ['a: add req.a 1', 'b: add req.b 1', 'c: add req.c NaN', 'd: add req.d 1', 'd: change req.d 1 → 2', 'e: add req.e 1', 'f: add req.f 1', 'g: add req.g 1']],
  ['of layers that do not name the response and write to it',
    `let kept; const mark = (req) => { req.res.locals.c = 3 };
     app.use(function a(req, res, next) { kept = res; next() }); app.use(function b(req, _, next) { kept.locals.b = 2; next() }); app.use(function c(req, _, next) { mark(req); next() });
     app.use(function d({ res: r }, _, next) { r.locals.d = 4; next() }); app.use(function e(req, _, next) { const { res: r } = req; r.locals.e = 5; next() }); ${END}`,
    ['b: add res.locals.b 2', 'c: add res.locals.c 3', 'd: add res.locals.d 4', 'e: add res.locals.e 5']],
  ['before a next that comes later',
    `app.use(function a(req, res, next) { setTimeout(() => { req.late = true; next() }, 5) }); app.use(async function b(req, res, next) { await null; res.locals.b = [1]; next() }); ${END}`,
    ['a: add req.late true', 'b: add res.locals.b [ 1 ]']],
  ['a body that is written to in place keeps the text that it had',
    `app.use(express.json()); app.use(function a(req, res, next) { req.body.x = 1; req.body.a.b.push(2); next() });
     app.post('/', function end(req, res) { req.body = { y: req.body.x }; res.end() });`,
    ['jsonParser: change req.body undefined → { a: { b: [ 1 ] } }', 'end: change req.body { a: { b: [ 1, 2 ] }, x: 1 } → { y: 1 }'], JSON_INIT],
  ['lists that grow, and new lists',
    `app.use(function a(req, res, next) { req.list = [1]; next() }); app.use(function b(req, res, next) { req.list.push({ token: 'x', password: 'p' }); next() });
     app.use(function c(req, res, next) { req.list = [...req.list]; next() }); app.use(function d(req, res, next) { req.list = [...req.list, 3]; next() }); ${END}`,
    ['a: add req.list [ 1 ]', "d: change req.list [ 1, { token: 'x', password: '••••••' } ] → [ 1, { token: 'x', password: '••••••' }, 3 ]"]],
  ['objects with a class are told as they were',
    `class User { constructor() { this.name = 'Asha' } } app.use(function a(req, res, next) { req.user = new User(); req.seen = new Map([[1, new Set([2])]]); req.at = { on: new Date(0) }; next() });
     app.use(function b(req, res, next) { req.user.name = 'Ravi'; req.seen.clear(); req.at.on.setTime(1e12); next() }); ${END}`,
    ["a: add req.user User { name: 'Asha' }", 'a: add req.seen Map(1) { 1 => Set(1) { 2 } }', 'a: add req.at { on: 1970-01-01T00:00:00.000Z }']],
  ['deletes, and what comes in their place',
    `app.use(function a(req, res, next) { req.a = 1; req.b = 2; res.c = 3; res.set('X-A', '1'); next() });
     app.use(function b(req, res, next) { delete req.a; delete res.c; req.d = 4; res.removeHeader('x-a'); next() });
     app.use(function c(req, res, next) { delete req.b; req.b = 5; req.e = undefined; next() });
     app.use(function d(req, res, next) { req.e = 6; delete req.rawTrailers; next() }); app.use(function e(req, res, next) { req.f = 7; next() }); ${END}`,
    ['a: add req.a 1', 'a: add req.b 2', 'a: add res.c 3', "a: add res.headers.x-a '1'",
      'b: add req.d 4', 'b: remove req.a 1', 'b: remove res.c 3', "b: remove res.headers.x-a '1'",
      'c: change req.b 2 → 5', 'd: change req.e undefined → 6', 'e: add req.f 7']],
  ['getters',
    `app.use(function a(req, res, next) { let n = 1; Object.defineProperty(req, 'size', { enumerable: true, get: () => n }); Object.defineProperty(req, 'bad', { enumerable: true, get() { throw new Error('no') } }); req.grow = () => { n = 2 }; next() });
     app.use(function b(req, res, next) { req.grow(); next() }); ${END}`,
    ['a: add req.size [Getter]', 'a: add req.bad [Getter]', 'a: add req.grow [Function (anonymous)]']],
  ['values that are computed, that throw, and that count how often they are read',
    `let n = 0; const throws = { get() { throw new Error('read') } };
     app.use(function a(req, res, next) { Object.defineProperty(req, 'count', { configurable: true, enumerable: true, get: () => ++n }); req.obj = { get n() { return ++n }, deep: { set x(v) {}, token: 't' } }; next() });
     app.use(function b(req, res, next) { req.strict = new Proxy({ a: 1 }, { ...throws, getOwnPropertyDescriptor: throws.get }); const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); req.gone = proxy; next() });
     app.use(function c(req, res, next) { req.own = new (class Own { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect') } })(); Object.defineProperty(req, 'count', { value: 5 }); req.gone = [1]; next() });
     app.get('/', function end(req, res) { res.locals.n = n; res.end() });`,
    ['a: add req.count [Getter]', "a: add req.obj { n: [Getter], deep: { x: [Setter], token: 't' } }", 'b: add req.strict [unreadable]', 'b: add req.gone [unreadable]',
      'c: change req.count [Getter] → 5', 'c: change req.gone [unreadable] → [ 1 ]', 'c: add req.own [unreadable]', 'end: add res.locals.n 0']],
  ['secrets',
    `app.use(function a(req, res, next) { req.apiKey = 'k'; req.user = { deep: { password: 'p', n: 1n } }; req.text = 'a'.repeat(500); res.set('X-Secret', 's'); next() }); ${END}`,
    ["a: add req.apiKey ••••••", "a: add req.user { deep: { password: '••••••', n: 1n } }", `a: add req.text '${'a'.repeat(198)}…`, 'a: add res.headers.x-secret ••••••']],
  ['deep and empty objects',
    `app.use(function a(req, res, next) { req.tree = { a: { b: { c: { d: 1 } } }, list: [[[[1]]]], none: { x: { y: {} , z: [] } } }; req.bare = Object.create(null); next() }); ${END}`,
    ['a: add req.tree { a: { b: { c: [Object] } }, list: [ [ [Array] ] ], none: { x: { y: {}, z: [] } } }', 'a: add req.bare {}']],
  ['nested routers: the way of the URL is the router\'s, a rewritten one is the layer\'s',
    `const inner = express.Router(); inner.use(function b(req, res, next) { req.b = req.url; req.url = '/new'; next() }); inner.get('/new', function c(req, res, next) { res.locals.c = 1; next() });
     app.use('/api', function a(req, res, next) { req.a = req.url; inner(req, res, next) }); app.use(function end(req, res) { req.end = req.url; res.end() });`,
    ["a: add req.a '/old'", "b: change req.url '/old' → '/new'", "b: add req.b '/old'", 'c: add res.locals.c 1', "end: add req.end '/api/new'"], { path: '/api/old' }],
  ['what a callback for a parameter does is no layer\'s',
    `app.param('id', (req, res, next, id) => { req.item = { id }; setTimeout(next, 5) }); app.use(function a(req, res, next) { req.a = 1; next() });
     app.get('/:id', function b(req, res, next) { req.item.b = 1; next() }, function c(req, res) { req.item = null; res.end() });`,
    ['a: add req.a 1', "c: change req.item { id: '7', b: 1 } → null"], { path: '/7' }],
  ['what Express answers is no layer\'s',
    `app.use(function a(req, res, next) { res.set('X-A', '1'); next(); req.after = 1; queueMicrotask(() => { req.later = 1 }) });`,
    ["a: add res.headers.x-a '1'", 'a: add req.after 1']],
]) test(name, async () => assert.deepEqual(await changes(app, init), expected));

test('requests without a pause do not keep their objects', async () => {
  const traces = [];
  const sandbox = await started("const app = require('express')(); app.use((req, res, next) => { req.big = Buffer.alloc(1000); next() }); app.get('/', (req, res) => res.end()); app.listen(3000)", { trace: 'every', onTrace: ({ id }) => traces.push(id) });
  const { tracer } = sandbox.world;
  for (let at = 0; at < 300; at += 1) await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] });
  assert.ok(tracer.finished.length <= 32, String(tracer.finished.length));
  await sandbox.settled();
  assert.deepEqual(traces, Array.from({ length: 300 }, (_, at) => at + 1));
  await sandbox.close();
});

for (const [name, app, expected] of [
  ['an error without a prototype', "app.get('/', () => { throw Object.create(null) });", 'taken'],
  ['an error that throws when it is read', "app.get('/', () => { throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('read') } }) });", 'taken'],
  ['a thenable whose then throws', "app.get('/', () => ({ then() { throw new Error('then') } }));", 'taken'],
  ['a then that cannot be read', "app.get('/', () => ({ get then() { throw new Error('read') } }));", 'taken'],
  ['functions whose text is not theirs', "const real = Function.prototype.toString; Function.prototype.toString = () => { throw new Error('text') }; app.get('/', (req, res) => { Function.prototype.toString = real; res.end('ok') });", 'ok'],
  ['locals that cannot be read', "app.use((req, res, next) => { Object.defineProperty(res, 'locals', { get() { throw new Error('read') } }); next() }); app.get('/', (req, res) => { res.end('ok') });", 'ok'],
]) test(`a trace does not change the answer: ${name}`, async () => {
  const sandbox = await started(`const app = require('express')(); ${app} app.use((error, req, res, next) => { res.end('taken') }); app.listen(3000)`);
  const answer = await sandbox.fetch('http://localhost:3000/');
  assert.equal(await answer.text(), expected);
  assert.equal(sandbox.traces[0].response.body, expected);
  await sandbox.close();
});
