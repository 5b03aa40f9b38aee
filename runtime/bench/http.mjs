/**
 * Requests per second through Express of the packaged runtime, beside the real Express in this process.
 *
 *     node bench/http.mjs            target/package/backlab-runtime, as `node build.mjs` writes it
 *     node bench/http.mjs <folder>   another build of the package
 *
 * All serve the same applications one request at a time and without sockets: ours through `sandbox.dispatch`, without and
 * with traces; the real one with Node's own message objects on a socket that only collects. Answers are compared before and
 * after. The best of several rounds counts; a ratio above 1 is faster than Express. The engine should be a release build.
 */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROUNDS = 5;
/** Requests in a round. */
const REQUESTS = 4000;
const BODY = JSON.stringify({ title: 'Tea', price: 12, tags: ['hot', 'green'] });
const JSON_HEADERS = [['Host', 'localhost'], ['Content-Type', 'application/json'], ['Content-Length', String(BODY.length)]];
const USER = "app.get('/users/:id', (req, res) => res.json({ id: req.params.id, name: 'Asha' }));";

const CASES = {
  'GET /users/:id': { app: USER, request: { url: '/users/42' } },
  'behind 50 routes': { app: `for (let i = 0; i < 50; i += 1) app.get('/things' + i + '/:id', (req, res) => res.json({ i }));\n${USER}`, request: { url: '/users/42' } },
  'POST JSON': {
    app: "app.use(express.json());\napp.post('/items', (req, res) => res.status(201).json(req.body));",
    request: { method: 'POST', url: '/items', headers: JSON_HEADERS, body: BODY },
  },
  '10 middleware': { app: `for (let i = 0; i < 10; i += 1) app.use((req, res, next) => { req['m' + i] = i; next(); });\n${USER}`, request: { url: '/users/42' } },
};

const source = (app) => `const express = require('express');\nconst app = express();\n${app}\nmodule.exports = app;`;
const folder = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../target/package/backlab-runtime/', import.meta.url));
const { createSandbox } = await import(pathToFileURL(resolve(folder, 'index.js')).href);

/** Answers a function that performs one request, and one that reads what it resolved with. */
async function ours({ app, request }, trace) {
  const sandbox = await createSandbox({ trace, env: { NODE_ENV: 'production' }, files: { 'app.js': source(app) } });
  const handler = sandbox.require('/app/app.js');
  return {
    send: () => sandbox.dispatch(handler, { headers: [['Host', 'localhost']], ...request }),
    read: ({ status, body }) => ({ status, body: new TextDecoder().decode(body) }),
    close: () => sandbox.close(),
  };
}

class CollectingSocket extends EventEmitter {
  readable = true;
  writable = true;
  /** Where ServerResponse keeps count of its corks. */
  _writableState = { corked: 0 };
  remoteAddress = '::1';
  chunks = [];
  write(chunk, encoding, done) {
    this.chunks.push(chunk);
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  }
  cork() {}
  uncork() {}
  destroy() {}
}

function theirs({ app, request: { method = 'GET', url, headers = [['Host', 'localhost']], body } }) {
  process.env.NODE_ENV = 'production';
  const module = { exports: undefined };
  new Function('require', 'module', source(app))(createRequire(import.meta.url), module);
  const handler = module.exports;
  const send = () => new Promise((done, fail) => {
    const socket = new CollectingSocket();
    const request = new IncomingMessage(socket);
    Object.assign(request, { method, url, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 });
    for (const [name, value] of headers) request.headers[name.toLowerCase()] = value;
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => done({ status: response.statusCode, chunks: socket.chunks }));
    // An error on the way would be measured as work.
    handler(request, response, (error) => fail(error ?? new Error('no route took the request')));
    if (body) request.push(body);
    request.complete = true;
    request.push(null);
  });
  const read = ({ status, chunks }) => ({ status, body: chunks.join('').replace(/^[^]*?\r\n\r\n/, '') });
  return { send, read };
}

/** Requests per second of the best round. */
async function measure({ send }, best) {
  const begun = performance.now();
  for (let at = 0; at < REQUESTS; at += 1) await send();
  return Math.max(best, (REQUESTS / (performance.now() - begun)) * 1000);
}

const number = (value) => Math.round(value).toLocaleString('en').padStart(9);
console.log(`${''.padEnd(18)}${'Express'.padStart(9)}${'ours'.padStart(9)}   ratio${'traced'.padStart(7)}   ratio`);
for (const [name, one] of Object.entries(CASES)) {
  const [own, traced, real] = [await ours(one, false), await ours(one, true), theirs(one)];
  // The first answers, and those after everything is warm.
  const same = async () => {
    const [expected, ...seen] = await Promise.all([real, own, traced].map(async ({ send, read }) => read(await send())));
    assert.ok(expected.status < 300 && expected.body.length > 0, `${name}: Express answers ${expected.status} ${expected.body}`);
    for (const answer of seen) assert.deepEqual(answer, expected, `${name}: the answers differ`);
  };
  await same();
  let [fast, watched, reference] = [0, 0, 0];
  // Round by round in turn, so that a busy machine slows both.
  for (let round = 0; round < ROUNDS; round += 1) {
    reference = await measure(real, reference);
    fast = await measure(own, fast);
    watched = await measure(traced, watched);
  }
  await same();
  console.log(`${name.padEnd(18)}${number(reference)}${number(fast)}   ${(fast / reference).toFixed(2)}${number(watched)}   ${(watched / reference).toFixed(2)}`);
  for (const one of [own, traced]) await one.close();
}
