/** Small programs that use the packs as tutorials do, with requests; each must do in the sandbox what it does in Node. */

const get = (path, headers = {}) => ({ method: 'GET', path, headers });
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (path, body, headers = JSON_TYPE) => ({ method: 'POST', path, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const server = (code) => `const express = require('express');\nconst app = express();\n${code}\napp.listen(process.env.PORT || 3000);\n`;
const form = (parts) => {
  const text = parts.map(({ name, file, type, text }) => `--XX\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n${text}\r\n`).join('');
  return { body: `${text}--XX--\r\n`, headers: { 'content-type': 'multipart/form-data; boundary=XX' } };
};
const upload = (path, parts) => ({ method: 'POST', path, ...form(parts) });

/** name, files or code of server.js, requests; `hide`: what differs from run to run. A request's `cookie: true` sends back the cookies set so far. */
export const programs = [
  { name: 'cors', code: server(`
const cors = require('cors');
app.get('/open', cors(), (req, res) => res.json({ ok: true }));
app.use(cors({ origin: ['http://a.test', /\\.b\\.test$/], credentials: true, methods: 'GET,PUT', maxAge: 600, exposedHeaders: ['X-Total'] }));
app.get('/', (req, res) => res.send('home'));`),
    requests: [get('/open', { origin: 'http://x.test' }), get('/', { origin: 'http://a.test' }), get('/', { origin: 'http://x.b.test' }), get('/', { origin: 'http://no.test' }),
      { method: 'OPTIONS', path: '/', headers: { origin: 'http://a.test', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a, x-b' } }] },
  { name: 'morgan', hide: [/\d+\.\d+ ms/g, /\[\d\d\/\w+\/\d{4}[^\]]*\]/g, /::ffff:127\.0\.0\.1|::1|127\.0\.0\.1/g], code: server(`
const morgan = require('morgan');
app.use(morgan('dev'));
app.use(morgan('tiny'));
app.use(morgan(':method :url :status :res[content-length] :req[x-name] :http-version'));
app.use(morgan('combined', { skip: (req, res) => res.statusCode < 400 }));
morgan.token('id', (req) => req.query.id);
app.use(morgan('id=:id', { immediate: true }));
app.get('/', (req, res) => res.send('hello'));`),
    requests: [get('/', { 'x-name': 'Asha' }), get('/none?id=7'), { method: 'POST', path: '/' }] },
  { name: 'helmet', code: server(`
const helmet = require('helmet');
app.get('/plain', helmet(), (req, res) => res.send('a'));
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", 'cdn.test'], upgradeInsecureRequests: null } }, frameguard: { action: 'deny' }, hsts: false }));
app.get('/own', (req, res) => res.send('b'));
try { helmet({ hsts: { maxAge: -1 } }); } catch (error) { console.log(error.message); }`),
    requests: [get('/plain'), get('/own')] },
  { name: 'helmet, as ES module', files: { 'package.json': '{"type":"module"}', 'server.js': `
import express from 'express';
import helmet, { contentSecurityPolicy } from 'helmet';
const app = express();
app.use(helmet());
app.get('/', (req, res) => res.json({ same: helmet.contentSecurityPolicy === contentSecurityPolicy }));
app.listen(process.env.PORT || 3000);` }, requests: [get('/')] },
  { name: 'cookie-parser', code: server(`
const cookieParser = require('cookie-parser');
app.use(cookieParser('secret'));
app.get('/set', (req, res) => res.cookie('name', 'Asha').cookie('role', 'admin', { signed: true, httpOnly: true }).cookie('cart', { n: 1 }).send('set'));
app.get('/', (req, res) => res.json({ plain: req.cookies, signed: req.signedCookies, secret: req.secret }));`),
    requests: [get('/', { cookie: 'a=1; b=%20x; j=j%3A%7B%22k%22%3A1%7D; bad=s%3Aadmin.wrong' }), get('/set'), { ...get('/'), cookie: true }] },
  { name: 'body-parser', code: server(`
const bodyParser = require('body-parser');
app.post('/json', bodyParser.json({ limit: 100 }), (req, res) => res.json(req.body));
app.post('/form', bodyParser.urlencoded({ extended: true }), (req, res) => res.json(req.body));
app.post('/text', bodyParser.text(), (req, res) => res.json(req.body));
app.use((err, req, res, next) => res.status(err.status).json({ type: err.type, message: err.message }));`),
    requests: [post('/json', { a: 1 }), post('/json', '{"a":'), post('/json', { long: 'x'.repeat(200) }), post('/form', 'a[b]=1&c=2', { 'content-type': 'application/x-www-form-urlencoded' }), post('/text', 'hi', { 'content-type': 'text/plain' })] },
  { name: 'compression', code: server(`
const compression = require('compression');
app.use(compression({ threshold: 100 }));
app.get('/long', (req, res) => res.type('text').send('abc '.repeat(500)));
app.get('/short', (req, res) => res.send('abc'));
app.get('/image', (req, res) => res.type('png').send(Buffer.alloc(500)));`),
    // Two deflaters may pack the same text differently: what it unpacks to is compared.
    unpack: true,
    requests: [get('/long', { 'accept-encoding': 'gzip' }), get('/long'), get('/long', { 'accept-encoding': 'deflate' }), get('/long', { 'accept-encoding': 'gzip, deflate, br' }), get('/short', { 'accept-encoding': 'gzip' }), get('/image', { 'accept-encoding': 'gzip' })] },
  { name: 'method-override', code: server(`
const methodOverride = require('method-override');
app.use(methodOverride('_method'));
app.use(methodOverride('X-HTTP-Method-Override'));
app.use(express.urlencoded());
app.put('/a', (req, res) => res.json({ put: req.originalMethod }));
app.delete('/a', (req, res) => res.send('deleted'));
app.post('/a', (req, res) => res.send('posted'));`),
    requests: [post('/a?_method=PUT', ''), post('/a', '', { 'x-http-method-override': 'DELETE' }), post('/a', ''), get('/a?_method=DELETE')] },
  { name: 'express-session', hide: [/connect\.sid=[^;]+/g, /Expires=[^;]+/g], code: server(`
const session = require('express-session');
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false, cookie: { maxAge: 60000, sameSite: 'lax' } }));
app.get('/count', (req, res) => { req.session.count = (req.session.count || 0) + 1; res.json({ count: req.session.count, id: typeof req.sessionID }); });
app.get('/none', (req, res) => res.json(Object.keys(req.session)));
app.post('/login', (req, res, next) => req.session.regenerate((error) => { if (error) return next(error); req.session.user = 'Asha'; req.session.save(() => res.redirect('/me')); }));
app.get('/me', (req, res) => res.json({ user: req.session.user }));
app.post('/logout', (req, res) => req.session.destroy(() => res.clearCookie('connect.sid').send('bye')));`),
    requests: [get('/none'), get('/count'), { ...get('/count'), cookie: true }, { ...post('/login', ''), cookie: true }, { ...get('/me'), cookie: true }, { ...post('/logout', ''), cookie: true }, { ...get('/me'), cookie: true }] },
  { name: 'express-rate-limit', hide: [/\b(5\d|60)\b/g], code: server(`
const { rateLimit } = require('express-rate-limit');
app.use('/v', rateLimit({ windowMs: 60_000, limit: 2, standardHeaders: 'draft-8', legacyHeaders: true, message: { error: 'slow down' } }));
app.use('/d', rateLimit({ windowMs: 60_000, max: 1, keyGenerator: (req) => req.get('x-user') ?? 'none' }));
app.get('/v', (req, res) => res.json(req.rateLimit.remaining));
app.get('/d', (req, res) => res.send('ok'));`),
    ignore: ['x-ratelimit-reset', 'ratelimit', 'ratelimit-policy'], requests: [get('/v'), get('/v'), get('/v'), get('/d', { 'x-user': 'a' }), get('/d', { 'x-user': 'a' }), get('/d', { 'x-user': 'b' })] },
  { name: 'express-validator', code: server(`
const { body, query, param, validationResult, matchedData, checkSchema } = require('express-validator');
app.use(express.json());
app.post('/users', body('email').isEmail().normalizeEmail(), body('age').optional().isInt({ min: 18 }).toInt().withMessage('too young'), body('name').trim().notEmpty().escape(), body('tags.*').isLength({ max: 3 }),
  (req, res) => { const errors = validationResult(req); errors.isEmpty() ? res.json(matchedData(req)) : res.status(422).json(errors.array()); });
app.get('/s/:id', param('id').isUUID().bail().custom(async (id) => { throw new Error('taken'); }), checkSchema({ q: { in: ['query'], exists: true } }), (req, res) => res.json(validationResult(req).mapped()));`),
    requests: [post('/users', { email: 'A.b@GMAIL.com', age: '20', name: ' <Asha> ', tags: ['a'] }), post('/users', { email: 'x', age: 3, tags: ['long'] }), get('/s/1'), get('/s/6f1ed002-ab5b-4d11-8a3b-3a4d6d2c1b11?q=1')] },
  { name: 'joi', code: server(`
const Joi = require('joi');
const schema = Joi.object({ name: Joi.string().min(3).required(), email: Joi.string().email(), born: Joi.date().iso(), role: Joi.string().valid('a', 'b').default('a'), again: Joi.ref('name'), tags: Joi.array().items(Joi.string().uri()).max(2) });
app.use(express.json());
app.post('/', (req, res) => { const { error, value } = schema.validate(req.body, { abortEarly: false }); res.status(error ? 400 : 200).json(error ? error.details : value); });
Joi.string().min(3).validateAsync('a').catch((error) => console.log(error.name, error.message, error.isJoi));`),
    requests: [post('/', { name: 'Asha', email: 'a@b.in', born: '2000-01-02' }), post('/', { name: 'x', email: 'no', role: 'c', extra: 1, tags: ['no', 'http://a.b', 1] }), post('/', {})] },
  { name: 'zod', code: server(`
const { z } = require('zod');
const User = z.object({ name: z.string().min(2), age: z.coerce.number().int().positive(), email: z.email().optional(), role: z.enum(['a', 'b']).default('a') }).strict();
app.use(express.json());
app.post('/', (req, res) => { const r = User.safeParse(req.body); r.success ? res.json(r.data) : res.status(400).json({ issues: r.error.issues, flat: z.flattenError(r.error), pretty: z.prettifyError(r.error) }); });
try { User.parse({}); } catch (error) { console.log(error.name, error instanceof z.ZodError, error.message); }
console.log(z.toJSONSchema(User), require('zod/v4').z === z);`),
    requests: [post('/', { name: 'Asha', age: '7' }), post('/', { name: 'A', age: 'x', email: 'q', role: 'c', more: 1 })] },
  { name: 'zod, as ES module', files: { 'package.json': '{"type":"module"}', 'server.js': `
import { z } from 'zod';
import * as all from 'zod';
console.log(z.string().safeParse(3).error.issues, all.z === z, typeof all.object);` }, requests: [] },
  { name: 'multer', hide: [/"filename":"[0-9a-f]{32}"/g, /uploads\/[0-9a-f]{32}/g, /[0-9a-f]{32}/g], ignore: ['etag'], code: server(`
const multer = require('multer');
const fs = require('fs');
const memory = multer({ storage: multer.memoryStorage(), limits: { fileSize: 20 }, fileFilter: (req, file, done) => done(null, file.mimetype === 'text/plain') });
const disk = multer({ dest: 'uploads/' });
const named = multer({ storage: multer.diskStorage({ destination: 'uploads', filename: (req, file, done) => done(null, 'x-' + file.originalname) }) });
app.post('/memory', memory.single('photo'), (req, res) => res.json({ file: req.file && { ...req.file, buffer: req.file.buffer.toString() }, body: req.body }));
app.post('/disk', disk.array('docs', 2), (req, res) => res.json({ files: req.files, read: req.files.map((file) => fs.readFileSync(file.path, 'utf8')) }));
app.post('/named', named.fields([{ name: 'a' }, { name: 'b' }]), (req, res) => res.json({ files: req.files, there: fs.existsSync('uploads/x-é.txt') }));
app.use((error, req, res, next) => res.status(400).json({ name: error.name, code: error.code, message: error.message, field: error.field }));`),
    requests: [
      upload('/memory', [{ name: 'title', text: 'Sun' }, { name: 'list[0]', text: 'a' }, { name: 'photo', file: 'a.txt', type: 'text/plain', text: 'hello' }]),
      upload('/memory', [{ name: 'photo', file: 'a.txt', type: 'text/plain', text: 'x'.repeat(30) }]),
      upload('/memory', [{ name: 'photo', file: 'a.png', type: 'image/png', text: 'x' }]),
      upload('/memory', [{ name: 'other', file: 'a.txt', type: 'text/plain', text: 'x' }]),
      upload('/disk', [{ name: 'docs', file: 'a.txt', type: 'text/plain', text: 'one' }, { name: 'docs', file: 'b.txt', text: 'two' }]),
      upload('/named', [{ name: 'a', file: 'é.txt', type: 'text/plain', text: 'one' }]),
      post('/disk', 'broken', { 'content-type': 'multipart/form-data; boundary=XX' }),
    ] },
  { name: 'uuid', code: `
const { v4, v5, v7, validate, version, NIL, parse, stringify } = require('uuid');
console.log(v5('hello', v5.DNS), validate(v4()), version(v7()), NIL, stringify(parse(v5('a', v5.URL))), v4().length);
try { parse('no'); } catch (error) { console.log(error.name, error.message); }`, requests: [] },
  { name: 'nanoid', code: `
const { nanoid, customAlphabet } = require('nanoid');
console.log(nanoid().length, nanoid(5).length, /^[ab]{8}$/.test(customAlphabet('ab', 8)()), require('nanoid/non-secure').nanoid(7).length);`, requests: [] },
  { name: 'nanoid, as ES module', files: { 'package.json': '{"type":"module"}', 'server.js': "import { nanoid, urlAlphabet } from 'nanoid';\nimport * as all from 'nanoid';\nconsole.log(nanoid().length, urlAlphabet, Object.keys(all));" }, requests: [] },
  { name: 'passport with passport-local', hide: [/connect\.sid=[^;]+/g], code: server(`
const passport = require('passport');
const { Strategy } = require('passport-local');
const session = require('express-session');
passport.use(new Strategy({ usernameField: 'email' }, (email, password, done) => password === 'pw' ? done(null, { id: 1, email }) : done(null, false, { message: 'wrong' })));
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, { id, email: 'a@b.in' }));
app.use(express.urlencoded(), session({ secret: 's', resave: false, saveUninitialized: false }), passport.initialize(), passport.session());
app.post('/login', passport.authenticate('local', { failureRedirect: '/login?no' }), (req, res) => res.json(req.user));
app.post('/api/login', (req, res, next) => passport.authenticate('local', (error, user, info) => res.json({ error, user, info }))(req, res, next));
app.post('/strict', passport.authenticate('local'), (req, res) => res.send('in'));
app.get('/me', (req, res) => res.json({ user: req.user, in: req.isAuthenticated() }));
app.post('/logout', (req, res, next) => req.logout((error) => error ? next(error) : res.redirect('/')));`),
    requests: [...['email=a@b.in&password=pw', 'email=a@b.in&password=no', ''].flatMap((body) => ['/login', '/api/login', '/strict'].map((path) => post(path, body, { 'content-type': 'application/x-www-form-urlencoded' }))),
      { ...post('/login', 'email=a@b.in&password=pw', { 'content-type': 'application/x-www-form-urlencoded' }), cookie: true }, { ...get('/me'), cookie: true }, { ...post('/logout', ''), cookie: true }, { ...get('/me'), cookie: true }] },
  { name: 'passport with passport-jwt', code: server(`
const passport = require('passport');
const { Strategy, ExtractJwt } = require('passport-jwt');
const jwt = require('jsonwebtoken');
passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'key' }, (payload, done) => done(null, payload.sub === 'asha' && { name: 'Asha' })));
app.get('/token', (req, res) => res.send(jwt.sign({ sub: req.query.sub, iat: 1767600000 }, req.query.key || 'key')));
app.get('/me', passport.authenticate('jwt', { session: false }), (req, res) => res.json(req.user));`),
    requests: [get('/token?sub=asha'), get('/me'), get('/me', { authorization: 'Bearer nonsense' }),
      get('/me', { authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhc2hhIiwiaWF0IjoxNzY3NjAwMDAwfQ.7nOQBzHC5SL1JLrEFrkhJuO7AzhQmFfXWH9DpDWpTzA' }),
      { ...get('/me'), bearer: true }] },
  { name: 'http-errors', code: server(`
const createError = require('http-errors');
app.get('/a', (req, res, next) => next(createError(404, 'No such user', { code: 'NO_USER' })));
app.get('/b', () => { throw new createError.Forbidden(); });
app.get('/c', (req, res, next) => next(createError(500, new Error('hidden'))));
app.use((error, req, res, next) => res.status(error.status).json({ name: error.name, message: error.message, expose: error.expose, code: error.code, own: createError.isHttpError(error) }));`),
    requests: [get('/a'), get('/b'), get('/c')] },
  { name: 'ejs', files: { 'views/index.ejs': "<%- include('head', { title }) %><ul><% for (const user of users) { %><li><%= user %></li><% } %></ul><%# nothing -%>\n<%= typeof missing %>", 'views/head.ejs': '<h1><%= title %></h1>', 'views/bad.ejs': '<p>\n<%= nope.x %>', 'server.js': server(`
const ejs = require('ejs');
app.set('view engine', 'ejs');
app.get('/', (req, res) => res.render('index', { title: 'A & B', users: ['Asha', '<i>'] }));
app.get('/none', (req, res) => res.render('none', (error) => res.send(error.message.split('"')[1])));
app.get('/bad', (req, res) => res.render('bad', (error) => res.send(error.message.replace(/\\S*views/, 'views'))));
console.log(ejs.render('<%= 1 + 1 %> <%~ it %>'.replace('<%~ it %>', ''), {}), ejs.compile('<? x ?>', { delimiter: '?' })({ x: 1 }));`) }, requests: [get('/'), get('/none'), get('/bad')] },
  // The port is part of what is answered, and as long as it happens to be.
  { name: 'axios', ignore: ['content-length', 'etag'], hide: [/localhost:\d+|127\.0\.0\.1:\d+|::1:\d+/g, /"host":"[^"]*"/g, /\b(127\.0\.0\.1|::1):?/g], code: server(`
const axios = require('axios');
app.use(express.json(), express.urlencoded());
app.all('/echo', (req, res) => res.set('x-a', 'b').json({ method: req.method, headers: req.headers, body: req.body, query: req.query }));
app.get('/fail', (req, res) => res.status(418).json({ error: 'teapot' }));
app.get('/moved', (req, res) => res.redirect('/echo?moved=1'));
app.get('/slow', (req, res) => setTimeout(() => res.send('late'), 400));
const base = 'http://localhost:' + (process.env.PORT || 3000);
app.get('/run', async (req, res) => {
  const client = axios.create({ baseURL: base, headers: { 'X-App': 'one' } });
  client.interceptors.request.use((config) => { config.headers['x-seen'] = 'yes'; return config; });
  const out = [];
  out.push((await client.get('/echo', { params: { q: 'a b', list: [1, 2] } })).data);
  const posted = await client.post('/echo', { name: 'Asha' });
  out.push(posted.status, posted.statusText, posted.headers['x-a'], posted.data);
  out.push((await client.put('/echo', new URLSearchParams({ a: '1' }))).data.body);
  out.push((await client.get('/moved')).data.query);
  await client.get('/fail').catch((error) => out.push(error.name, error.code, error.message, error.response.status, error.response.data));
  await client.get('/slow', { timeout: 50 }).catch((error) => out.push(error.code, error.message));
  await axios.get('http://localhost:1/').catch((error) => out.push(error.code, axios.isAxiosError(error)));
  const stop = new AbortController(); const going = client.get('/slow', { signal: stop.signal }); stop.abort();
  await going.catch((error) => out.push(error.code, axios.isCancel(error)));
  res.json(out);
});`), requests: [get('/run')] },
  { name: 'nodemailer', hide: [/<[0-9a-f-]{36}@/g, /--_NmP-[\w-]+/g, /_NmP-[\w-]+/g, /Date: [^\\]+/g], code: `
const nodemailer = require('nodemailer');
const mail = { from: '"Shop" <shop@a.in>', to: ['asha@b.in', 'ravi@c.in'], subject: 'Grüße', text: 'plain ✓', html: '<b>bold</b>', attachments: [{ filename: 'a.txt', content: 'inside' }] };
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
transport.sendMail(mail).then((info) => console.log(info.envelope, info.message.toString()));
nodemailer.createTransport({ streamTransport: true }).sendMail({ from: 'a@b.in' }, (error) => console.log(error && [error.code, error.message]));`, requests: [] },
  { name: 'winston', hide: [/\d{4}-\d\d-\d\dT[\d:.]+Z/g], code: `
const winston = require('winston');
const { combine, timestamp, printf, json, errors, splat } = winston.format;
const logger = winston.createLogger({ level: 'http', format: combine(errors({ stack: false }), splat(), timestamp(), json()), defaultMeta: { service: 'api' }, transports: [new winston.transports.Console(), new winston.transports.File({ filename: 'app.log', level: 'error' })] });
logger.info('hello %s', 'Asha', { id: 7 });
logger.debug('not shown');
logger.error(new Error('broken'));
logger.child({ request: 1 }).warn('careful');
winston.createLogger({ transports: [new winston.transports.Console({ format: printf(({ level, message }) => level + ': ' + message) })] }).info('plain');
logger.on('finish', () => setTimeout(() => console.log('file:', require('fs').readFileSync('app.log', 'utf8')), 200));
logger.end();`, requests: [] },
  { name: 'pino', hide: [/"time":\d+/g, /"pid":\d+/g, /"hostname":"[^"]*"/g, /"stack":"(?:[^"\\]|\\.)*"/g], code: `
const pino = require('pino');
const logger = pino({ level: 'debug', redact: ['user.password'] });
logger.info('hello %s', 'Asha');
logger.debug({ user: { name: 'Asha', password: 'x' } }, 'in');
logger.child({ request: 1 }).warn('careful');
logger.error(new TypeError('broken'), 'it failed');
logger.trace('not shown');
const lines = []; pino({ base: null, timestamp: false }, { write: (line) => lines.push(line) }).fatal('end');
logger.info({ lines }, 'kept');`, requests: [] },
];
