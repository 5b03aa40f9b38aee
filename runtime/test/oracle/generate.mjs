/** Random applications with requests, from a seed: routers, patterns, mounts, orders of layers, errors, bodies, negotiation, static files. */
import { errorLayer, handler, middleware, parser, statics } from './handlers.mjs';
import { bent, mount, pattern } from './paths.mjs';
import { randomOf } from './random.mjs';
import { requestFor } from './requests.mjs';

const SETTINGS = [
  "app.set('etag', 'strong');", "app.set('etag', false);", "app.set('etag', (body) => `\"${body.length}\"`);", "app.set('query parser', 'extended');", "app.set('query parser', false);", "app.set('query parser', (text) => ({ text }));",
  "app.enable('strict routing');", "app.enable('case sensitive routing');", "app.disable('x-powered-by');", "app.set('json spaces', 2);", "app.set('json escape', true);", "app.set('json replacer', (key, value) => (key === 'n' ? undefined : value));",
  "app.set('trust proxy', true);", "app.set('trust proxy', 1);", "app.set('trust proxy', 'loopback');", "app.set('subdomain offset', 1);", "app.set('env', 'production');", "app.set('jsonp callback name', 'cb');",
];

const METHODS = ['get', 'get', 'get', 'get', 'post', 'post', 'put', 'patch', 'delete', 'all', 'head', 'options'];

/** Requests that meet no route on purpose: files, and nothing. */
const OTHERS = ['/', '/page.html', '/static/long.txt', '/docs', '/none'];

/** A router's layers: lines of code, and the methods of its routes with what makes paths to them. */
function layers(random, target, depth) {
  const lines = [];
  const paths = [];
  const count = random.between(2, 6);
  for (let at = 0; at < count; at += 1) {
    const kind = random.below(20);
    if (kind < 5) lines.push(`${target}.use(${random.chance(0.3) ? `${mount(random).code}, ` : ''}${middleware(random)});`);
    else if (kind < 6) lines.push(`${target}.use(${parser(random)});`);
    else if (kind < 7) lines.push(`${target}.use(${random.chance(0.4) ? "'/static', " : ''}${statics(random)});`);
    else if (kind < 10 && depth < 3) nest(random, target, depth, lines, paths);
    else if (kind < 11) lines.push(`${target}.param('${random.of(['id', 'from', 'page', 'a'])}', ${random.chance(0.3) ? 'async ' : ''}(req, res, next, value, name) => { (req.trail ??= []).push(name + '=' + value); next(value === 'abc' ? 'route' : value === '0' ? new Error('no zero') : undefined); });`);
    else if (kind < 12) route(random, target, lines, paths);
    else {
      const one = pattern(random);
      const before = random.some([middleware], 2).map((make) => `${make(random)}, `).join('');
      const method = random.of(METHODS);
      lines.push(`${target}.${method}(${one.code}, ${before}${handler(random)});`);
      paths.push({ path: one.path, method });
    }
  }
  if (random.chance(0.25)) lines.push(`${target}.use(${errorLayer(random)});`);
  return { lines, paths };
}

function nest(random, target, depth, lines, paths) {
  const at = mount(random);
  const name = `${target === 'app' ? 'r' : target}_${lines.length}`;
  const options = random.of(['', '', '{ mergeParams: true }', '{ strict: true }', '{ caseSensitive: true }']);
  const inner = layers(random, name, depth + 1);
  lines.push(`const ${name} = ${random.chance(0.15) ? 'express()' : `express.Router(${options})`};`, ...inner.lines, `${target}.use(${at.code}, ${name});`);
  for (const { path, method } of inner.paths) paths.push({ path: () => at.path() + path(), method });
  paths.push({ path: at.path, method: 'get' });
}

function route(random, target, lines, paths) {
  const one = pattern(random);
  const methods = Array.from({ length: random.between(1, 3) }, () => random.of(METHODS));
  const added = methods.map((method) => `.${method}(${random.chance(0.3) ? `${middleware(random)}, ` : ''}${handler(random)})`);
  lines.push(`${target}.route(${one.code})${added.join('')};`);
  for (const method of methods) paths.push({ path: one.path, method });
}

/** One application that listens on `port`, and `count` requests to it. */
export function application(seed, port, count) {
  const random = randomOf(seed);
  const settings = random.some(SETTINGS, 3);
  const { lines, paths } = layers(random, 'app', 0);
  const source = [
    "const express = require('express');", "const { show, engine } = require('../show');", 'const app = express();',
    "app.engine('tpl', engine).set('view engine', 'tpl').set('views', require('path').join(__dirname, '../views'));", ...settings, ...lines, `app.listen(${port});`, '',
  ].join('\n');
  const requests = Array.from({ length: count }, () => {
    if (paths.length === 0 || random.chance(0.1)) return requestFor(random, random.of(OTHERS));
    const { path, method } = random.of(paths);
    return requestFor(random, bent(random, path()), random.chance(0.8) && method !== 'all' ? method.toUpperCase() : undefined);
  });
  return { source, requests, port };
}

/** What every application of the corpus finds beside itself. */
export const SHARED = {
  'show.js': `
const local = (ip) => (/^(::1$|::ffff:127\\.|127\\.)/.test(ip) ? 'local' : ip);
/** Answers with what a handler sees. */
exports.show = (req, res) => res.json({
  method: req.method, url: req.url, originalUrl: req.originalUrl, baseUrl: req.baseUrl, path: req.path, params: req.params, query: req.query ?? null, trail: req.trail ?? [],
  body: Buffer.isBuffer(req.body) ? req.body.toString('hex') : req.body ?? typeof req.body, route: req.route?.path === undefined ? null : String(req.route.path),
  xhr: req.xhr, secure: req.secure, protocol: req.protocol, host: req.host, hostname: req.hostname, subdomains: req.subdomains, ip: local(req.ip), ips: req.ips.map(local), locals: res.locals,
});
exports.engine = (path, options, done) => require('fs').readFile(path, 'utf8', (error, text) => (error ? done(error) : done(null, text.replace('{title}', options.title).replace('{n}', options.n))));
`,
  'views/page.tpl': '<h1>{title}</h1>{n}\n',
  'public/index.html': '<h1>Home</h1>',
  'public/page.html': '<p>page</p>',
  'public/long.txt': 'abcdefghijklmnopqrstuvwxyz',
  'public/.hidden': 'secret',
  'public/docs/index.html': 'docs',
  'public/data.json': '{"a":1}',
  'public/empty.txt': '',
};
