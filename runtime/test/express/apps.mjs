/** Applications and requests on which our Express must answer exactly as the real one. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (path, body, headers = JSON_TYPE) => ({ method: 'POST', path, body, headers });
const get = (path, headers = {}) => ({ method: 'GET', path, headers });

/** A folder to serve files from. */
export function publicFolder() {
  const folder = join(tmpdir(), `express-test-${process.pid}`);
  mkdirSync(join(folder, 'docs'), { recursive: true });
  const files = { 'index.html': '<h1>Home</h1>', 'app.js': 'let a = 1;', 'data.json': '{}', '.env': 'SECRET=1', 'docs/index.html': 'docs', 'long.txt': 'abcdefghij', 'page.html': 'page', 'empty.txt': '', 'x.unknownext': '?' };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), 1_767_600_000, 1_767_600_000);
  }
  return folder;
}

const show = (req, res) => res.json({ url: req.url, base: req.baseUrl, original: req.originalUrl, params: req.params, path: req.path, query: req.query });

/** [name, set-up, requests]. */
export const apps = [
  ['no layers', () => {}, [get('/'), get('/a%20b?x=1'), get('/<script>'), { method: 'POST', path: '/x' }, { method: 'HEAD', path: '/' }, { method: 'OPTIONS', path: '/' }]],
  ['hello', (app) => app.get('/', (req, res) => res.send('Hello')), [get('/'), get('/?a'), { method: 'HEAD', path: '/' }, { method: 'POST', path: '/' }, { method: 'OPTIONS', path: '/' }]],
  ['bodies of every type', (app) => {
    const values = { text: 'é', number: 201, true: true, false: false, null: null, undefined, object: { a: 1 }, list: [1], bytes: Buffer.from('abc'), typed: new Uint8Array([65, 66]), empty: '', long: 'x'.repeat(3000), date: new Date(0) };
    for (const [name, value] of Object.entries(values)) {
      app.get(`/send/${name}`, (req, res) => res.send(value));
      app.get(`/json/${name}`, (req, res) => res.json(value));
    }
  }, ['text', 'number', 'true', 'false', 'null', 'undefined', 'object', 'list', 'bytes', 'typed', 'empty', 'long', 'date'].flatMap((name) => [get(`/send/${name}`), get(`/json/${name}`)])],
  ['params', (app) => {
    app.get('/users/me', (req, res) => res.send('me'));
    app.get('/users/:id', show);
    app.get('/files/*path', show);
    app.get('/flights/:from-:to', show);
    app.get('/opt{/:a}{/:b}', show);
    app.get(['/one', '/two/:n'], show);
    app.get(/^\/re\/(\d+)\/(?<word>\w+)$/, show);
    app.all('/all', show);
  }, [get('/users/me'), get('/users/7'), get('/USERS/7/'), get('/users/a%20b'), get('/users/%zz'), get('/users/a%2fb'), get('/files/a/b%20c'), get('/files/'), get('/flights/del-bom'), get('/opt'), get('/opt/1'), get('/opt/1/2'), get('/one'), get('/two/9'), get('/re/12/ab'), get('/re/x/ab'), { method: 'DELETE', path: '/all' }, { method: 'OPTIONS', path: '/users/7' }, { method: 'HEAD', path: '/users/7' }, get('/users/é')]],
  ['case and strict', (app, express) => {
    const router = express.Router({ caseSensitive: true, strict: true });
    router.get('/Foo', show).get('/bar/', show);
    app.use('/r', router);
  }, [get('/r/Foo'), get('/r/foo'), get('/r/Foo/'), get('/r/bar'), get('/r/bar/'), get('/R/Foo')]],
  ['strict application', (app) => {
    app.set('strict routing', true);
    app.set('case sensitive routing', true);
    app.get('/a', show);
  }, [get('/a'), get('/a/'), get('/A')]],
  ['mounting', (app, express) => {
    const inner = express.Router({ mergeParams: true });
    inner.get('/', show);
    inner.get('/:b', show);
    const outer = express.Router();
    outer.use('/in/:a', inner);
    outer.use((req, res, next) => next());
    app.use('/out', outer);
    app.use('/out', show);
  }, [get('/out'), get('/out/'), get('/out/in/1'), get('/out/in/1/2?q=1'), get('/outer'), get('/out/other?x')]],
  ['mounted application', (app, express) => {
    const child = express();
    child.get('/x', (req, res) => res.json({ path: child.path(), same: req.app === child, settings: child.get('title') }));
    child.get('/err', () => { throw new Error('child'); });
    app.set('title', 'parent');
    app.use('/c', child);
    app.use((req, res) => res.json({ own: req.app === app, last: req.url }));
  }, [get('/c/x'), get('/c/none'), get('/other'), get('/c/err')]],
  ['order of layers', (app) => {
    app.use((req, res, next) => { req.seen = ['a']; next(); });
    app.use('/x', (req, res, next) => { req.seen.push('x'); next('route'); });
    app.get('/x', (req, res, next) => next('route'), () => {});
    app.get('/x', [(req, res, next) => { req.seen.push('1'); next(); }, [(req, res, next) => { req.seen.push('2'); next(); }]], (req, res) => res.json(req.seen));
    app.use((req, res) => res.status(404).json({ error: 'Not found', seen: req.seen }));
  }, [get('/x'), get('/y'), { method: 'POST', path: '/x' }]],
  ['next router', (app, express) => {
    const router = express.Router();
    router.use((req, res, next) => next('router'));
    router.get('/', (req, res) => res.send('inner'));
    app.use('/r', router);
    app.get('/r', (req, res) => res.send('outer'));
  }, [get('/r')]],
  ['url rewriting', (app) => {
    app.use((req, res, next) => { if (req.url.startsWith('/old')) req.url = req.url.replace('/old', '/new'); next(); });
    app.use((req, res, next) => { if (req.headers['x-method']) req.method = req.headers['x-method']; next(); });
    app.get('/new', show);
    app.put('/put', show);
  }, [get('/old?a=1'), { method: 'POST', path: '/put', headers: { 'x-method': 'PUT' } }]],
  ['param callbacks', (app) => {
    app.param('id', (req, res, next, value, name) => { req.trail = [...(req.trail ?? []), `${name}=${value}`]; next(value === 'bad' ? new Error('bad id') : undefined); });
    app.param('id', async (req, res, next, value) => { if (value === 'reject') throw new Error('rejected'); next(); });
    app.get('/p/:id', (req, res, next) => next());
    app.get('/p/:id', (req, res) => res.json(req.trail));
  }, [get('/p/1'), get('/p/bad'), get('/p/reject')]],
  ['errors', (app) => {
    app.get('/throw', () => { throw new Error('thrown <b>&'); });
    app.get('/async', async () => { throw new TypeError('async'); });
    app.get('/next', (req, res, next) => next(Object.assign(new Error('teapot'), { status: 418, headers: { 'X-Pot': 'yes' } })));
    app.get('/text', (req, res, next) => next('just text'));
    app.get('/object', (req, res, next) => next({ status: 422, message: 'no stack' }));
    app.get('/reject', () => Promise.reject());
    app.get('/status', (req, res) => { res.status(403); throw new Error('kept'); });
    app.get('/destructure', (req, res) => { const { a } = req.body; res.send(a); });
    app.get('/invalid', (req, res) => res.status('200').send('x'));
    app.get('/range', (req, res) => res.status(99).send('x'));
  }, ['throw', 'async', 'next', 'text', 'object', 'reject', 'status', 'destructure', 'invalid', 'range'].map((name) => get(`/${name}`)).concat([{ method: 'HEAD', path: '/throw' }, post('/throw', '{}')])],
  ['errors in production', (app) => {
    app.set('env', 'production');
    app.get('/throw', () => { throw new Error('secret'); });
    app.get('/418', (req, res, next) => next({ statusCode: 418 }));
    app.get('/499', (req, res, next) => next({ statusCode: 499 }));
  }, [get('/throw'), get('/418'), get('/499'), get('/none')]],
  ['error layers', (app) => {
    app.get('/a', () => { throw new Error('a'); });
    app.get('/b', (req, res, next) => next(new Error('b')), (error, req, res, next) => res.send(`route: ${error.message}`));
    app.use((err, req, res) => res.send('never'));
    app.use('/a', (error, req, res, next) => next(new Error(`${error.message} again`)));
    app.use((error, req, res, next) => res.status(500).json({ error: error.message }));
  }, [get('/a'), get('/b')]],
  ['async error layer', (app) => {
    app.get('/', () => { throw new Error('first'); });
    app.use(async (error, req, res, next) => { throw new Error(`${error.message}, second`); });
    app.use((error, req, res, next) => res.send(error.message));
  }, [get('/')]],
  ['two answers', (app) => {
    app.get('/', (req, res) => { res.send('one'); try { res.send('two'); } catch (error) { app.locals.code = error.code; } });
    app.get('/code', (req, res) => res.send(app.locals.code));
  }, [get('/'), get('/code')]],
  ['json bodies', (app, express) => {
    app.post('/before', (req, res) => res.json({ type: typeof req.body }));
    app.use(express.json());
    app.post('/', (req, res) => res.json({ body: req.body }));
    app.get('/', (req, res) => res.json({ has: 'body' in req, type: typeof req.body }));
  }, [post('/before', '{"a":1}'), post('/', '{"a":[1,2]}'), post('/', '[1]'), post('/', ''), post('/', '{"a":'), post('/', 'true'), post('/', '  "x"'), post('/', '{"a":1}', { 'content-type': 'text/plain' }), post('/', '{"a":1}', {}), post('/', Buffer.from('{"a":"é"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }), post('/', '{}', { 'content-type': 'application/json; charset=latin1' }), post('/', `"${'x'.repeat(110_000)}"`), post('/', `{"a":"${'x'.repeat(90_000)}"}`), get('/'), post('/', '{"__proto__":1}'), post('/', '\uFEFF{"bom":1}'), post('/', '{"a":1}', { ...JSON_TYPE, 'content-encoding': 'zip' }), post('/', '{"a":1}', { 'content-type': 'application/vnd.api+json' })]],
  ['json options', (app, express) => {
    app.use('/loose', express.json({ strict: false, limit: 10, type: ['json', '+json'] }));
    app.use('/verify', express.json({ verify() { throw new Error('no'); } }));
    app.use('/any', express.json({ type: () => true, reviver: (key, value) => (key === 'a' ? 'revived' : value) }));
    app.post('/*rest', (req, res) => res.json(req.body ?? 'none'));
  }, [post('/loose', 'true'), post('/loose', '"0123456789"'), post('/loose', '1', { 'content-type': 'application/vnd.api+json' }), post('/verify', '{}'), post('/any', '{"a":1}', { 'content-type': 'x/y' })]],
  ['other bodies', (app, express) => {
    app.use(express.urlencoded());
    app.use('/extended', express.urlencoded({ extended: true }));
    app.use(express.text());
    app.use(express.raw({ limit: '1kb' }));
    app.post('/*rest', (req, res) => (Buffer.isBuffer(req.body) ? res.send(req.body) : res.json(req.body)));
  }, [post('/', 'a=1&b=two+words&a=2&c[d]=3', FORM), post('/', '', FORM), post('/', 'a=%E9', { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' }), post('/', 'a=1', { 'content-type': 'application/x-www-form-urlencoded; charset=koi8-r' }), post('/', Array.from({ length: 1100 }, (_, i) => `k${i}=1`).join('&'), FORM), post('/', 'plain é', { 'content-type': 'text/plain' }), post('/', 'bytes', { 'content-type': 'application/octet-stream' }), post('/', 'x'.repeat(2000), { 'content-type': 'application/octet-stream' })]],
  ['bodies in other charsets and encodings', (app, express) => {
    app.use('/sentinel', express.urlencoded({ charsetSentinel: true, interpretNumericEntities: true }));
    app.use('/latin1', express.urlencoded({ defaultCharset: 'iso-8859-1', charsetSentinel: true, interpretNumericEntities: true, extended: true }));
    app.use(express.json({ limit: 100 }));
    app.use('/all', express.urlencoded({ parameterLimit: Infinity, extended: true }));
    app.use('/deep', express.urlencoded({ depth: Infinity, extended: true }));
    app.post('/*rest', (req, res) => res.json(req.body ?? 'none'));
  }, [
    ...['a=%C3%B8&utf8=%E2%9C%93&b=1', 'utf8=%26%2310003%3B&a=%C3%B8', 'utf8=x&a=%F8', 'a=%26%239786%3B%26%2399999%3B&b=%26%23', 'a=é%zz%4'].flatMap((form) => [post('/sentinel', form, FORM), post('/latin1', form, FORM)]),
    ...[['utf-16', Buffer.from('\ufeff{"a":"é"}', 'utf16le')], ['utf-16', Buffer.from('\ufeff{"a":"é"}', 'utf16le').swap16()], ['utf-16', Buffer.from('{"a":"é"}', 'utf16le')], ['utf-16le', Buffer.from('{"a":"é"}', 'utf16le')],
      ['utf-32', Buffer.from('{"a":1}', 'utf16le')], ['utf-7x', Buffer.from('{}')]].map(([charset, body]) => post('/', body, { 'content-type': `application/json; charset=${charset}` })),
    post('/all', Array.from({ length: 3000 }, (_, i) => `k${i}=1`).join('&'), FORM),
    post('/deep', `a${'[b]'.repeat(300)}=1&a${'[b]'.repeat(20)}=2`, FORM),
    ...[['gzip', gzipSync('{"a":1}')], ['GZIP', gzipSync('[]')], ['deflate', deflateSync('{"a":1}')], ['deflate', gzipSync('{}')], ['gzip', gzipSync('{"a":1}').subarray(0, 20)], ['gzip', gzipSync(`{"a":"${'x'.repeat(200)}"}`)],
      ['compress', '{}'], ['identity', '{}']].map(([encoding, body]) => post('/', body, { ...JSON_TYPE, 'content-encoding': encoding })),
  ]],
  ['extended form', (app, express) => {
    app.use(express.urlencoded({ extended: true, depth: 3 }));
    app.post('/', (req, res) => res.json(req.body));
  }, [post('/', 'a[b][c]=1&a[b][d]=2&e[]=1&e[]=2&f[1]=y&f[0]=x', FORM), post('/', 'a[b][c][d][e]=1', FORM), post('/', 'a=1&a[b]=2&__proto__[x]=1', FORM)]],
  ['queries', (app) => app.get('/', (req, res) => res.json({ query: req.query, proto: Object.getPrototypeOf(req.query) === null })), [get('/?a=1&b=2'), get('/?a=1&a=2'), get('/?email[$ne]=x'), get('/?a=%zz&b=%C3%A9&c=x+y'), get('/?__proto__=1&a'), get('/?'), get('/?=1&&x==2')]],
  ['extended queries', (app) => {
    app.set('query parser', 'extended');
    app.get('/', (req, res) => res.json(req.query));
  }, [get('/?a[b]=1&a[c][]=2'), get('/?a[$ne]=x'), get('/?a[]=1&a[]=2'), get('/?a[0][x]=1&a[0][y]=2'), get('/')]],
  ['no queries', (app) => {
    app.disable('query parser');
    app.get('/', (req, res) => res.json(req.query));
  }, [get('/?a=1')]],
  ['statuses', (app) => {
    for (const code of [200, 201, 204, 205, 304, 404, 418, 503, 599]) {
      app.get(`/send/${code}`, (req, res) => res.status(code).send('body'));
      app.get(`/text/${code}`, (req, res) => res.sendStatus(code));
    }
    app.get('/chained', (req, res) => res.status(201).set('X-A', 1).append('X-B', 'b').append('X-B', ['c']).type('json').send('{}'));
    app.get('/end', (req, res) => { res.statusCode = 202; res.end(); });
  }, [200, 201, 204, 205, 304, 404, 418, 503, 599].flatMap((code) => [get(`/send/${code}`), get(`/text/${code}`)]).concat([get('/chained'), get('/end')])],
  ['types', (app) => {
    for (const type of ['html', 'json', '.png', 'application/xml', 'text/plain; charset=latin1', 'nope', 'txt', 'js', 'ico', 'svg', 'css', 'bin', 'xml', 'mjs', 'woff2', 'wasm']) app.get(`/${encodeURIComponent(type)}`, (req, res) => res.type(type).send('x'));
    app.get('/bad', (req, res) => res.set('Content-Type', ['a', 'b']).end());
    app.get('/custom', (req, res) => res.set({ 'content-type': 'text/csv', 'X-N': 5, 'X-L': ['a', 1] }).send('a,b'));
    app.get('/contenttype', (req, res) => res.contentType('text').send('a'));
  }, ['html', 'json', '.png', 'application/xml', 'text/plain; charset=latin1', 'nope', 'txt', 'js', 'ico', 'svg', 'css', 'bin', 'xml', 'mjs', 'woff2', 'wasm'].map((type) => get(`/${encodeURIComponent(type)}`)).concat([get('/bad'), get('/custom'), get('/contenttype')])],
  ['redirects', (app) => {
    app.get('/a', (req, res) => res.redirect('/b?x=1&y=<2>'));
    app.get('/301', (req, res) => res.redirect(301, 'https://example.test/é'));
    app.get('/back', (req, res) => res.location('/x y').status(201).end());
    app.get('/links', (req, res) => res.links({ next: '/2', last: ['/8', '/9'] }).links({ first: '/1' }).end());
  }, [get('/a'), get('/a', { accept: 'text/html' }), get('/a', { accept: 'application/json' }), get('/301'), { method: 'HEAD', path: '/301' }, get('/back'), get('/links')]],
  ['cookies', (app) => {
    app.get('/', (req, res) => res.cookie('a', 'x y').cookie('b', { n: 1 }, { httpOnly: true, secure: true, sameSite: 'lax', domain: 'x.test', path: '/p', priority: 'high', partitioned: true, expires: new Date(0) }).cookie('c', null, { sameSite: true }).clearCookie('d', { path: '/q', maxAge: 5 }).end());
    app.get('/bad', (req, res) => res.cookie('a b', 'x').end());
    app.get('/signed', (req, res) => res.cookie('a', 'x', { signed: true }).end());
    app.get('/secret', (req, res) => { req.secret = 'k'; res.cookie('a', 'x', { signed: true, encode: (text) => text }).end(); });
    app.get('/option', (req, res) => res.cookie('a', 'x', { sameSite: 'maybe' }).end());
  }, [get('/'), get('/bad'), get('/signed'), get('/secret'), get('/option')]],
  ['negotiation', (app) => {
    app.get('/format', (req, res) => res.format({ text: () => res.send('text'), html: () => res.send('<p>'), 'application/json': () => res.json({}) }));
    app.get('/default', (req, res) => res.format({ json: () => res.json({}), default: () => res.send('default') }));
    app.get('/accepts', (req, res) => res.json([req.accepts(), req.accepts('html', 'json'), req.accepts(['png']), req.acceptsEncodings(), req.acceptsEncodings('gzip', 'br'), req.acceptsCharsets('utf-8'), req.acceptsLanguages(), req.acceptsLanguages('en', 'hi')]));
    app.get('/vary', (req, res) => res.vary('Accept').vary(['Origin', 'accept']).vary('User-Agent, Cookie').end());
  }, [get('/format'), get('/format', { accept: 'application/json' }), get('/format', { accept: 'text/*;q=0.5, application/*;q=0.1' }), get('/format', { accept: 'image/png' }), get('/default', { accept: 'image/png' }), get('/accepts'), get('/accepts', { accept: 'text/html;q=0.8, application/json', 'accept-encoding': 'gzip;q=0.2, br', 'accept-language': 'hi-IN, en;q=0.3', 'accept-charset': 'latin1' }), get('/vary')]],
  ['what a request says', (app) => {
    app.post('/is', (req, res) => res.json([req.is('json'), req.is('html', 'application/*'), req.is('urlencoded')]));
    app.get('/', (req, res) => res.json({ get: req.get('X-A'), ref: req.get('Referrer'), host: req.host, name: req.hostname, proto: req.protocol, secure: req.secure, sub: req.subdomains, xhr: req.xhr, ip: typeof req.ip, ips: req.ips, fresh: req.fresh, stale: req.stale, range: req.range(100) }));
    app.get('/bad', (req) => req.get());
  }, [post('/is', '{}'), { method: 'POST', path: '/is' }, get('/', { 'x-a': '1', referer: '/r', host: 'a.b.example.com:81', 'x-requested-with': 'XMLHttpRequest', range: 'bytes=0-9,20-' }), get('/', { host: '[::1]:3000', range: 'bytes=900-' }), get('/bad')]],
  ['behind proxies', (app) => {
    app.set('trust proxy', 'loopback, 10.0.0.0/8');
    app.get('/', (req, res) => res.json({ ip: req.ip, ips: req.ips, proto: req.protocol, host: req.hostname }));
  }, [get('/', { 'x-forwarded-for': '1.2.3.4, 5.6.7.8, 10.1.1.1', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'shop.test:9, other' })]],
  ['one proxy', (app) => {
    app.set('trust proxy', 1);
    app.get('/', (req, res) => res.json({ ip: req.ip, ips: req.ips }));
  }, [get('/', { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' }), get('/', {})].slice(0, 1)],
  ['every proxy', (app) => {
    app.set('trust proxy', true);
    app.get('/', (req, res) => res.json({ ip: req.ip, ips: req.ips }));
  }, [get('/', { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' })]],
  ['entity tags', (app) => {
    app.get('/weak', (req, res) => res.send('tagged'));
    app.get('/own', (req, res) => res.set('ETag', '"mine"').send('x'));
    app.post('/weak', (req, res) => res.send('tagged'));
  }, [get('/weak'), get('/weak', { 'if-none-match': 'W/"6-LVJlTVzR6C8fTS2ypF9xvKl7gwo"' }), get('/weak', { 'if-none-match': '*' }), get('/weak', { 'if-none-match': '*', 'cache-control': 'no-cache' }), get('/own', { 'if-none-match': '"mine"' }), { method: 'POST', path: '/weak', headers: { 'if-none-match': '*' } }]],
  ['strong and no tags', (app, express) => {
    const strong = express().set('etag', 'strong');
    strong.get('/', (req, res) => res.send('x'));
    const none = express().disable('etag').disable('x-powered-by');
    none.get('/', (req, res) => res.send('x'));
    app.use('/strong', strong).use('/none', none);
  }, [get('/strong'), get('/none')]],
  ['json settings', (app) => {
    app.set('json spaces', 2).set('json escape', true).set('json replacer', ['a', 'b']);
    app.get('/', (req, res) => res.json({ a: '<b>&', b: 1, c: 2 }));
    app.get('/jsonp', (req, res) => res.jsonp({ a: '\u2028' }));
  }, [get('/'), get('/jsonp'), get('/jsonp?callback=foo'), get('/jsonp?callback=a[0].b%3Balert(1)'), get('/jsonp?callback=a&callback=b')]],
  ['static files', (app, express) => {
    const folder = publicFolder();
    app.use(express.static(folder));
    app.use('/mounted', express.static(folder, { maxAge: '1d', immutable: true, extensions: ['html'], index: false, setHeaders: (res) => res.set('X-Static', '1') }));
    app.use('/strict', express.static(folder, { fallthrough: false, dotfiles: 'deny', redirect: false }));
  }, [get('/'), get('/index.html'), get('/app.js'), get('/data.json'), get('/.env'), get('/docs'), get('/docs?a=1'), get('/docs/'), get('/none'), get('/long.txt', { range: 'bytes=2-4' }), get('/long.txt', { range: 'bytes=50-' }), get('/long.txt', { range: 'bytes=0-1,3-4' }), get('/long.txt', { range: 'bytes=-3' }), get('/long.txt', { 'if-modified-since': 'Thu, 01 Jan 2099 00:00:00 GMT' }), get('/long.txt', { 'if-match': '"x"' }), { method: 'HEAD', path: '/long.txt' }, { method: 'POST', path: '/long.txt' }, get('/../../etc/passwd'), get('/%2e%2e/x'), get('/%zz'), get('/a%00b'), get('/empty.txt'), get('/x.unknownext'), get('/mounted'), get('/mounted/page'), get('/mounted/'), get('/strict/none'), get('/strict/.env'), { method: 'POST', path: '/strict/x' }, get('/strict/docs')]],
  ['files', (app) => {
    const folder = publicFolder();
    app.get('/send', (req, res) => res.sendFile(join(folder, 'page.html')));
    app.get('/root', (req, res) => res.sendFile('long.txt', { root: folder, headers: { 'X-H': '1' }, maxAge: 1000, lastModified: false }));
    app.get('/up', (req, res) => res.sendFile('../x', { root: folder }));
    app.get('/none', (req, res) => res.sendFile('none.txt', { root: folder }));
    app.get('/folder', (req, res) => res.sendFile('docs', { root: folder }));
    app.get('/relative', (req, res) => res.sendFile('page.html'));
    app.get('/callback', (req, res) => res.sendFile('none', { root: folder }, (error) => res.status(error.status).send('handled')));
    app.get('/download', (req, res) => res.download(join(folder, 'long.txt')));
    app.get('/download-as', (req, res) => res.download(join(folder, 'long.txt'), 'naïve "x".txt'));
    app.get('/attachment', (req, res) => res.attachment('a b.json').send('{}'));
    app.get('/attachment-plain', (req, res) => res.attachment().send('x'));
  }, ['send', 'root', 'up', 'none', 'folder', 'relative', 'callback', 'download', 'download-as', 'attachment', 'attachment-plain'].map((name) => get(`/${name}`))],
  ['replaced methods', (app) => {
    app.use((req, res, next) => {
      const { writeHead, end } = res;
      res.writeHead = function (...args) { res.setHeader('X-Head', 'seen'); return writeHead.apply(this, args); };
      res.end = function (...args) { res.setHeader('X-End', String(Buffer.isBuffer(args[0]))); return end.apply(this, args); };
      next();
    });
    app.get('/', (req, res) => res.json({ a: 1 }));
    app.get('/none', (req, res) => res.end());
  }, [get('/'), get('/none'), get('/404')]],
  ['patched prototypes', (app, express) => {
    app.response.ok = function () { return this.json({ ok: true }); };
    Object.defineProperty(app.request, 'shout', { get() { return this.path.toUpperCase(); } });
    app.get('/ok', (req, res) => res.ok());
    app.get('/shout', (req, res) => res.send(req.shout));
    app.get('/is', (req, res) => res.json([Object.getPrototypeOf(app.request) === express.request, req.res === res, res.req === req, typeof req.next, req.route.path]));
  }, [get('/ok'), get('/shout'), get('/is')]],
  ['settings', (app) => {
    app.get('/', (req, res) => res.json([app.get('env'), app.enabled('etag'), app.disabled('nope'), app.mountpath, app.path(), app.get('views').endsWith('views'), app.get('jsonp callback name'), Object.keys(app.locals), typeof app.get('etag fn')]));
  }, [get('/')]],
  ['rendering', (app) => {
    app.engine('txt', (path, options, done) => done(null, `${path.endsWith('long.txt')} ${options.name} ${options.settings === app.settings}`));
    app.set('views', publicFolder()).set('view engine', 'txt');
    app.get('/', (req, res) => { res.locals.name = 'local'; res.render('long'); });
    app.get('/given', (req, res) => res.render('long.txt', { name: 'given' }));
    app.get('/none', (req, res) => app.render('none', (error) => res.send(error.message.replace(/".*"$/, ''))));
  }, [get('/'), get('/given'), get('/none')]],
  ['routes of one path', (app) => {
    app.route('/r').all((req, res, next) => { res.set('X-All', '1'); next(); }).get(show).post((req, res) => res.status(201).end());
  }, [get('/r'), { method: 'POST', path: '/r' }, { method: 'PUT', path: '/r' }, { method: 'OPTIONS', path: '/r' }]],
  ['many layers in a row', (app) => {
    let count = 0;
    for (let i = 0; i < 350; i++) app.use((req, res, next) => { count++; next(); });
    app.get('/', (req, res) => res.json(count));
  }, [get('/')]],
  ['next called twice', (app) => {
    app.use((req, res, next) => { next(); next(); });
    app.get('/', (req, res) => res.send('once'));
    app.use((req, res) => { if (!res.headersSent) res.status(404).send('none'); });
  }, [get('/'), get('/x')]],
];

/** Set-ups that must throw the same error. */
export const refusals = [
  ['star', (app) => app.get('*', () => {})],
  ['nameless', (app) => app.get('/:', () => {})],
  ['old optional', (app) => app.get('/a?', () => {})],
  ['group', (app) => app.use('/a(b)', () => {})],
  ['no function for use', (app) => app.use('/x', {})],
  ['nothing for use', (app) => app.use('/x')],
  ['undefined for use', (app) => app.use(undefined)],
  ['text for get', (app) => app.get('/x', 'text')],
  ['nothing for post', (app) => app.post('/x')],
  ['object for router', (app, express) => express.Router().use({})],
  ['nothing for router', (app, express) => express.Router().use()],
  ['router without function', (app, express) => express.Router().get('/x', undefined)],
  ['param without function', (app) => app.param('id')],
  ['bad etag', (app) => app.set('etag', 'x')],
  ['bad query parser', (app) => app.set('query parser', 'x')],
  ['bad proxy', (app) => app.set('trust proxy', 'nonsense')],
  ['bad limit', (app, express) => express.json({ limit: 'many' })],
  ['bad verify', (app, express) => express.json({ verify: 'x' })],
  ['bad charset', (app, express) => express.urlencoded({ defaultCharset: 'x' })],
  ['no root', (app, express) => express.static()],
  ['bad engine', (app) => app.engine('x')],
];
