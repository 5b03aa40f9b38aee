/** What the glass box says about a request: layers, tried, missed, answered, stopped. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { loadExpress } from './express/own.mjs';

const recorders = new WeakMap();
const site = () => {
  const place = /\/(\w[\w.-]*\.mjs):(\d+):(\d+)\)?$/;
  // The first line of this file is this function itself.
  const [, line] = new Error().stack.split('\n').filter((line) => line.includes('express-trace.test.mjs'));
  const [, file, at, column] = place.exec(line);
  return { file, line: Number(at), column: Number(column) };
};
const { express, Recorder } = await loadExpress({ console: { error() {} }, tracer: { of: (req) => recorders.get(req) }, callSite: site });

/** Sends one request to an application and returns the parts of its trace; waits `ms` for an answer. */
async function trace(setUp, path = '/', { ms = 60, ...init } = {}) {
  const app = express();
  setUp(app);
  let parts;
  const server = createServer((req, res) => {
    const describe = (error) => ({ name: error?.name ?? 'Error', message: error?.message ?? String(error), stack: '' });
    const recorder = new Recorder(req, res, { now: () => performance.now(), inspect: (value) => inspect(value), describe });
    const read = (ended) => {
      recorder.finish(ended);
      recorder.seal();
      parts = recorder.parts();
    };
    recorders.set(req, recorder);
    const timer = setTimeout(() => {
      read(false);
      req.socket.destroy();
    }, ms);
    res.on('finish', () => {
      clearTimeout(timer);
      read(true);
    });
    app(req, res);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await fetch(`http://127.0.0.1:${server.address().port}${path}`, init).then((res) => res.text()).catch(() => {});
  server.close();
  return parts;
}

const layers = (parts) => parts.layers.map(({ name, at, kind, next, does, returned, depth }) => `${depth} ${name} | ${at} | ${kind} | next ${next} | ${does} | ${returned}`);
const tried = (list) => list.map(({ name, matched }) => `${name} ${matched}`);

test('a route answers below a logger', async () => {
  const parts = await trace((app) => {
    app.use(function logger(req, res, next) { req.user = { name: 'Asha', password: 'x' }; next(); res.locals.after = 1; });
    app.use('/admin', (req, res, next) => next());
    app.post('/users/:id', () => {});
    app.get('/users/:id', function show(req, res) { res.set('X-A', '1').status(201).json({ a: 1 }); });
    app.use(function notFound(req, res) { res.sendStatus(404); });
  }, '/users/7');
  assert.deepEqual(layers(parts), [
    '0 logger | use / | middleware | next 1 | next | undefined',
    '0 show | GET /users/:id | route | next 0 | answers | undefined',
  ]);
  assert.deepEqual(tried(parts.tried), ['use / yes', 'use /admin no', 'POST /users/:id path', 'GET /users/:id yes']);
  assert.deepEqual(tried(parts.missed), ['use / yes']);
  assert.equal(parts.answered, parts.layers[1]);
  assert.equal(parts.stopped, undefined);
  const [logger, show] = parts.layers;
  assert.deepEqual(logger.changes, [
    { path: 'req.user', kind: 'add', after: "{ name: 'Asha', password: '••••••' }" },
    { path: 'res.locals.after', kind: 'add', after: '1' },
  ]);
  assert.deepEqual(show.changes.map(({ path, kind }) => `${kind} ${path}`).sort(), ['add res.headers.content-length', 'add res.headers.content-type', 'add res.headers.etag', 'add res.headers.x-a', 'change res.statusCode']);
  assert.equal(show.file, 'express-trace.test.mjs');
  assert.ok(show.line > logger.line);
});

test('a layer without a name is named by its place', async () => {
  const parts = await trace((app) => app.use((req, res) => res.end()));
  assert.match(parts.layers[0].name, /^layer at express-trace\.test\.mjs:\d+$/);
  const anonymous = await trace((app) => app.get('/', (req, res) => { res.end(); }));
  assert.equal(anonymous.layers[0].name, 'handler');
});

test('a layer that does nothing stops the request', async () => {
  for (const [setUp, returned] of [
    [(app) => app.use(function auth() {}), 'undefined'],
    [(app) => app.use(function auth(req, res, next) { return next; }), 'function'],
    [(app) => app.use(async function auth() {}), 'promise'],
    [(app) => app.use(function auth() { return null; }), 'null'],
  ]) {
    const parts = await trace((app) => { setUp(app); app.get('/', () => {}); });
    assert.deepEqual(layers(parts), [`0 auth | use / | middleware | next 0 | nothing | ${returned}`]);
    assert.equal(parts.stopped, parts.layers[0]);
    assert.equal(parts.answered, undefined);
    assert.deepEqual(tried(parts.missed), ['GET / yes']);
  }
});

test('Express answers when nobody does', async () => {
  const parts = await trace((app) => {
    app.use((error, req, res, next) => next(error));
    app.get('/other', () => {});
  }, '/x', { method: 'POST' });
  assert.deepEqual(tried(parts.tried), ['use / error', 'GET /other no']);
  assert.equal(parts.answered.name, 'express');
  assert.equal(parts.answered.kind, 'builtin');
});

test('Express answers OPTIONS', async () => {
  const parts = await trace((app) => app.use(express.json()).get('/', () => {}).post('/', () => {}), '/', { method: 'OPTIONS' });
  assert.equal(parts.answered.name, 'express');
  assert.deepEqual(tried(parts.tried), ['use / yes', 'GET / path', 'POST / path']);
  assert.deepEqual(parts.layers[0].changes, []);
});

test('errors are seen where they arise and where they are taken', async () => {
  const parts = await trace((app) => {
    app.use(function fails(req, res, next) { next(new Error('no')); });
    app.get('/', () => {});
    app.use(function takes(error, req, res, next) { res.status(500).send(error.message); });
  });
  assert.deepEqual(layers(parts), ['0 fails | use / | middleware | next 1 | fails | undefined', '0 takes | use / | error | next 0 | answers | undefined']);
  assert.deepEqual(tried(parts.tried), ['use / yes', 'GET / no', 'use / yes']);
  assert.equal(parts.error.message, 'no');
  const thrown = await trace((app) => app.get('/', async function show() { throw new TypeError('async'); }));
  assert.deepEqual(layers(thrown), ['0 show | GET / | route | next 0 | throws | promise']);
  assert.equal(thrown.layers[0].error.name, 'TypeError');
  assert.equal(thrown.answered.name, 'express');
});

test('next called twice, and an answer sent twice', async () => {
  const twice = await trace((app) => {
    app.use(function language(req, res, next) { next(); next(); });
    app.get('/', (req, res) => { res.send('x'); });
    app.use(function notFound(req, res) { if (!res.headersSent) res.sendStatus(404); });
  });
  assert.equal(twice.layers[0].next, 2);
  assert.deepEqual(twice.layers.map((layer) => layer.name), ['language', 'handler', 'notFound']);
  assert.equal(twice.answered.name, 'handler');
  const sent = await trace((app) => app.get('/', (req, res) => { res.send('1'); res.send('2'); }));
  assert.equal(sent.layers[0].does, 'throws');
  assert.equal(sent.answered, sent.layers[0]);
});

test('an asynchronous answer belongs to the layer that waited', async () => {
  const parts = await trace((app) => {
    app.use(async function timer(req, res, next) { next(); });
    app.get('/', function slow(req, res) { setTimeout(() => res.json({}), 15); });
  });
  assert.equal(parts.answered.name, 'slow');
  assert.ok(parts.layers[1].ms >= 10, String(parts.layers[1].ms));
  assert.ok(parts.layers[0].ms < 10, String(parts.layers[0].ms));
});

test('routers nest', async () => {
  const parts = await trace((app) => {
    const users = express.Router();
    users.use(express.json());
    users.get('/:id', function show(req, res) { res.send(req.params.id); });
    users.delete('/:id', () => {});
    app.use('/users', users);
    app.use(function last() {});
  }, '/users/3');
  assert.deepEqual(layers(parts), [
    '0 router | use /users | middleware | next 0 | answers | undefined',
    '1 jsonParser | use / | builtin | next 1 | next | undefined',
    '1 show | GET /:id | route | next 0 | answers | undefined',
  ]);
  assert.equal(parts.answered.name, 'show');
  assert.deepEqual(tried(parts.missed), ['DELETE /:id path', 'use / yes']);
  const inside = await trace((app) => app.use('/r', express.Router().get('/x', function stuck() {})), '/r/x');
  assert.equal(inside.stopped.name, 'stuck');
  const through = await trace((app) => { app.use('/r', express.Router().get('/x', () => {})); app.use((req, res) => res.end()); }, '/r/y');
  assert.deepEqual(through.layers.map((layer) => layer.does), ['next', 'answers']);
});

test('regular expressions, lists and all methods', async () => {
  const parts = await trace((app) => {
    app.get(/^\/a(\d)$/, (req, res, next) => next());
    app.post(/^\/a/, () => {});
    app.all(['/a1', '/b'], (req, res) => res.end());
  }, '/a1');
  assert.deepEqual(tried(parts.tried), ['GET /^\\/a(\\d)$/ yes', 'POST /^\\/a/ path', 'ALL /a1, /b yes']);
});
