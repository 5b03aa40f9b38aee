/** Other ways to ask a server without a socket. Each answers `send`, which performs one request, and `read`, which reads its answer. */
import real from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import inject from 'light-my-request';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { source } from './cases.mjs';

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

function handlerOf(app) {
  process.env.NODE_ENV = 'production';
  const module = { exports: undefined };
  new Function('require', 'module', source(app))(createRequire(import.meta.url), module);
  return module.exports;
}

/** Real Express, with Node's own message objects on a socket that only collects. */
function express({ app, request: { method = 'GET', url, headers = [['Host', 'localhost']], body } }) {
  const handler = handlerOf(app);
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

const asUser = (id) => ({ id, name: 'Asha' });
const injected = ({ statusCode, payload }) => ({ status: statusCode, body: payload });
const injection = ({ method = 'GET', url, headers = [], body }) => ({ method, url, headers: Object.fromEntries(headers), payload: body });

/** Real Express through light-my-request. */
function lightMyRequest({ app, request }) {
  const handler = handlerOf(app);
  const options = injection(request);
  const descriptors = Object.getOwnPropertyDescriptors;
  const own = { app: { value: handler, configurable: true, enumerable: true, writable: true } };
  let ready = false;
  const dispatch = (req, res) => {
    // Express gives messages its own prototypes, which would hide the injected ones.
    if (!ready) {
      handler.request = Object.create(Object.getPrototypeOf(req), { ...descriptors(real.request), ...own });
      handler.response = Object.create(Object.getPrototypeOf(res), { ...descriptors(real.response), ...own });
      ready = true;
    }
    handler(req, res);
  };
  return { send: () => inject(dispatch, options), read: injected };
}

async function fastify({ request, routes, layers, post }) {
  const app = Fastify();
  for (let at = 0; at < layers; at += 1) {
    app.addHook('onRequest', (req, reply, done) => {
      req[`m${at}`] = at;
      done();
    });
  }
  for (let at = 0; at < routes; at += 1) app.get(`/things${at}/:id`, () => ({ at }));
  if (post) app.post('/items', (req, reply) => reply.code(201).send(req.body));
  else app.get('/users/:id', (req) => asUser(req.params.id));
  await app.ready();
  const options = injection(request);
  return { send: () => app.inject(options), read: injected };
}

const ofResponse = async (response) => ({ status: response.status, body: await response.text() });
const init = ({ method = 'GET', headers = [], body }) => ({ method, headers: headers.filter(([name]) => name === 'Content-Type'), body });

function hono({ request, routes, layers, post }) {
  const app = new Hono();
  for (let at = 0; at < layers; at += 1) {
    app.use((context, next) => {
      context.set(`m${at}`, at);
      return next();
    });
  }
  for (let at = 0; at < routes; at += 1) app.get(`/things${at}/:id`, (context) => context.json({ at }));
  if (post) app.post('/items', async (context) => context.json(await context.req.json(), 201));
  else app.get('/users/:id', (context) => context.json(asUser(context.req.param('id'))));
  const options = init(request);
  return { send: async () => ofResponse(await app.request(request.url, options)), read: (answer) => answer };
}

/** Mock Service Worker's interception of Node's `fetch`. Handlers that answer nothing pass a request on. */
function msw({ request, routes, layers, post }) {
  const at = (path) => `http://localhost${path}`;
  const handlers = [];
  for (let count = 0; count < layers; count += 1) handlers.push(http.all('*', () => undefined));
  for (let count = 0; count < routes; count += 1) handlers.push(http.get(at(`/things${count}/:id`), () => HttpResponse.json({ count })));
  if (post) handlers.push(http.post(at('/items'), async ({ request }) => HttpResponse.json(await request.clone().json(), { status: 201 })));
  else handlers.push(http.get(at('/users/:id'), ({ params }) => HttpResponse.json(asUser(params.id))));
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  const url = at(request.url);
  const options = init(request);
  return { send: async () => ofResponse(await fetch(url, options)), read: (answer) => answer };
}

export const PEERS = {
  'real Express': express,
  'light-my-request': lightMyRequest,
  'fastify inject': fastify,
  'hono request': hono,
  'msw and fetch': msw,
};
