/** What generated layers do, as code: layers that pass a request on, and handlers that answer. */
const quoted = JSON.stringify;
const WORD = ['red', 'green', 'blue', 'long', 'wide'];

/** Code of a middleware function. */
export function middleware(random) {
  const name = random.of(WORD);
  const note = `(req.trail ??= []).push('${name}');`;
  return random.of([
    `(req, res, next) => { ${note} next(); }`,
    `(req, res, next) => { ${note} next(); }`,
    `function ${name}(req, res, next) { ${note} res.set('X-${name}', ${quoted(name)}); next(); }`,
    `async (req, res, next) => { ${note} await null; next(); }`,
    `(req, res, next) => { ${note} setImmediate(next); }`,
    `(req, res, next) => { ${note} process.nextTick(next); }`,
    `(req, res, next) => { ${note} if (req.query.stop === '${name}') return res.status(403).json({ stopped: req.trail }); next(); }`,
    `(req, res, next) => { ${note} next(req.query.fail ? new Error('failed in ${name}') : undefined); }`,
    `(req, res, next) => { ${note} if (req.get('x-throw')) throw new TypeError(req.get('x-throw')); next(); }`,
    `async (req, res, next) => { ${note} if (req.query.reject) throw Object.assign(new Error('rejected'), { status: ${random.of([400, 404, 418, 503])} }); next(); }`,
    `(req, res, next) => { ${note} next(req.query.route); }`,
    `(req, res, next) => { res.locals.${name} = req.path; res.vary('X-${name}'); next(); }`,
    `(req, res, next) => { if (req.url.startsWith('/v1/')) req.url = req.url.slice(3); ${note} next(); }`,
    `(req, res, next) => { if (req.get('x-method')) req.method = req.get('x-method'); next(); }`,
    `[(req, res, next) => { ${note} next(); }, [(req, res, next) => { ${note} next(); }]]`,
    `(req, res, next) => { res.append('Link', '<${name}>').append('Link', ['<a>', '<b>']); next(); }`,
    `(req, res, next) => { res.status(${random.of([201, 202, 299])}); next(); }`,
  ]);
}

/** Code that adds middleware of Express itself. */
export function parser(random) {
  return random.of([
    'express.json()', 'express.urlencoded()', 'express.urlencoded({ extended: true })', 'express.text()', 'express.raw()',
    "express.json({ limit: '20b' })", "express.json({ strict: false, type: '*/*' })", "express.json({ type: ['json', '+json'], inflate: false })",
    'express.urlencoded({ extended: true, depth: 1, parameterLimit: 3 })', "express.text({ type: 'text/*', defaultCharset: 'latin1' })", "express.raw({ type: () => true, limit: 30 })",
    "express.json({ verify(req, res, bytes) { if (bytes[0] === 91) throw new Error('no lists'); } })",
  ]);
}

/** Code that serves the project's public folder. */
export function statics(random) {
  const options = random.of(['', ', { index: false }', ', { extensions: ["html", "txt"] }', ", { maxAge: '1d', etag: false }", ', { dotfiles: "allow", immutable: true, maxAge: 5000 }',
    ', { fallthrough: false }', ', { redirect: false, lastModified: false }', ", { setHeaders(res, path) { res.set('X-Path', require('path').basename(path)); } }", ', { acceptRanges: false, cacheControl: false }']);
  return `express.static(require('path').join(__dirname, '../public')${options})`;
}

const FILE = "require('path').join(__dirname, '../public', ";

const ANSWERS = [
  'show(req, res)', 'show(req, res)', 'show(req, res)', 'show(req, res)', 'show(req, res)',
  "res.send('text')", "res.send('')", "res.send('<p>é</p>')", 'res.send({ a: [1, null, "x"] })', 'res.send([])', 'res.send(null)', 'res.send(true)', 'res.send(Buffer.from("bytes"))', "res.send('x'.repeat(2000))",
  'res.json({ html: "<b>&</b>", n: 1.50, nested: { list: [1, 2] } })', 'res.json(null)', "res.json('text')", 'res.json(new Date(0))', 'res.json(undefined)', 'res.jsonp({ a: "\\u2028" })',
  'res.status(201).location("/made/é here").json({ id: 1 })', 'res.sendStatus(204)', 'res.sendStatus(404)', 'res.sendStatus(799)', 'res.status(304).send("x")', 'res.status(205).send("x")', 'res.status(204).json({})',
  "res.redirect('/users')", "res.redirect(301, '../up?a=1&b=<x>')", "res.redirect(307, 'https://other.test/ü?q=ü')", "res.redirect('back')", "res.redirect(req.query.to || '//host/path')",
  "res.type('txt').send('plain')", "res.type('html').send(Buffer.from('<i>'))", "res.type('application/vnd.x+json').send('{}')", "res.set('Content-Type', 'text/csv').send('a,b')", "res.type('.png').send(Buffer.from([1, 2]))",
  "res.cookie('name', 'a b;c').cookie('list', { a: [1] }, { path: '/x', httpOnly: true, secure: true, sameSite: 'lax' }).send('set')", "res.cookie('soon', 'v', { maxAge: 90_000, priority: 'high', partitioned: true }).clearCookie('gone', { path: '/y' }).end()",
  "res.format({ text: () => res.send('text'), html: () => res.send('<b>'), json: () => res.send({ json: 1 }) })", "res.format({ 'application/xml': () => res.send('<a/>'), default: () => res.status(200).send('default') })",
  "res.links({ next: '/2', last: '/9' }).send('linked')", "res.attachment('naïve file.txt').send('x')", "res.attachment().send('x')", "res.vary('Origin').vary(['Accept', 'origin']).send('v')",
  'res.end()', "res.end('ended')", "res.write('one'); res.write('two'); res.end('three')", "res.writeHead(202, 'Fine', { 'X-Own': ['1', '2'] }); res.end('w')", "res.writeHead(200, { 'Content-Length': 3 }); res.end('abc')",
  "res.set({ 'X-Number': 5, 'X-List': ['a', 'b'] }).removeHeader('X-Powered-By'); res.send('h')", "res.statusMessage = 'Own words'; res.status(400).send('s')", "setTimeout(() => res.send('later'), 2)", "setImmediate(() => res.json(req.trail ?? []))",
  `res.sendFile(${FILE}'page.html'))`, `res.sendFile('long.txt', { root: ${FILE}''), maxAge: 1000, headers: { 'X-F': '1' } })`, `res.sendFile(${FILE}'none.txt'))`, `res.sendFile('../server.js', { root: ${FILE}'') })`, `res.sendFile(${FILE}'.hidden'), (error) => { if (error && !res.headersSent) res.status(error.statusCode ?? 500).send(error.code ?? error.message); })`,
  `res.download(${FILE}'long.txt'), 'my "file".txt')`, "require('fs').createReadStream(" + `${FILE}'long.txt')).pipe(res)`, `res.type('text').send(require('fs').readFileSync(${FILE}'long.txt')))`,
  'next()', "next('route')", "next('router')", "next(new Error('from a handler'))", "next(Object.assign(new Error('with status'), { statusCode: 422, expose: true, headers: { 'Retry-After': '5' } }))", "next('text')", 'next({ status: 402, message: "plain" })', 'next(0)',
  "throw new Error('thrown <here>')", "throw Object.assign(new RangeError('kept'), { status: 416 })", "return Promise.reject(new Error('rejected'))", 'return Promise.reject()', "res.status(500); throw new Error('after status')", "null.x", "res.send('once'); res.send('twice')",
  "res.status('abc').send('x')", "res.set('Bad Name', 'x').send('x')", "res.set('X-Bad', 'line\\nbreak').send('x')", "res.locals.n = 1; res.render('page', { title: '<T>' })", "res.render('missing')", 'res.render("page.tpl", (error, text) => res.send(`cb ${error} ${text}`))',
  "res.json({ accepts: req.accepts('json', 'html', 'image/*'), encodings: req.acceptsEncodings(), charsets: req.acceptsCharsets('utf-8'), languages: req.acceptsLanguages('en', 'de-DE') })",
  "res.set('ETag', '\"own\"').set('Last-Modified', new Date(1.7e12).toUTCString()).send(req.fresh ? 'fresh' : 'stale')", "res.set('Cache-Control', 'no-store').json({ is: [req.is('json'), req.is('text/*', 'urlencoded'), req.is('*/*')] })", 'res.json({ range: req.range(10), one: req.range(10, { combine: true }) ?? null })',
  "res.on('finish', () => app.locals.finished = (app.locals.finished ?? 0) + 1); res.json({ finished: app.locals.finished ?? 0, sent: res.headersSent })", "res.send(String(req.get('Referer') ?? req.header('host')))", 'req.socket.destroy()',
];

/** Code of a handler that answers, or fails to. */
export function handler(random) {
  const code = random.of(ANSWERS);
  return random.chance(0.2) ? `async (req, res, next) => { ${code}; }` : `(req, res, next) => { ${code}; }`;
}

/** Code of a layer for errors. */
export function errorLayer(random) {
  return random.of([
    '(error, req, res, next) => res.status(error.status ?? 500).json({ error: error.message, trail: req.trail })',
    '(error, req, res, next) => next(error)',
    "(error, req, res, next) => next(new Error('another: ' + error.message))",
    'async (error, req, res, next) => { if (res.headersSent) return next(error); res.status(500).send(`<pre>${error.name}</pre>`); }',
    '(error, req, res, next) => (error instanceof TypeError ? next() : next(error))',
  ]);
}
