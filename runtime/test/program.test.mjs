/** A program's life: order of callbacks, its end, errors that nobody catches, loops. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox, started } from './support.mjs';

async function check(name, code, expected, options = {}) {
  await test(name, async () => {
    const files = typeof code === 'string' ? { 'server.js': code } : code;
    const sandbox = await started(files, options);
    try {
      const { exit, error } = sandbox.result;
      const seen = { printed: sandbox.printed(), exit, error: error && { name: error.name, message: error.message, line: error.line, column: error.column, file: error.file } };
      for (const [key, value] of Object.entries(expected)) {
        if (value instanceof RegExp) assert.match(String(seen[key]), value);
        else assert.deepEqual(seen[key], value);
      }
    } finally {
      await sandbox.close();
    }
  });
}

await check('an unsettled top-level await beside a server', { 'package.json': '{"type":"module"}', 'server.js': "import http from 'http'; http.createServer().listen(3000); await new Promise(() => {})" }, { exit: undefined, error: undefined });
await check('the order of callbacks', `
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
  Promise.resolve().then(() => { console.log('promise'); process.nextTick(() => console.log('tick in promise')); }).then(() => console.log('promise 2'));
  process.nextTick(() => { console.log('tick'); process.nextTick(() => console.log('tick 2')); });
  queueMicrotask(() => console.log('microtask'));
  (async () => { console.log('async 1'); await null; console.log('async 2'); })();
  console.log('main');
`, { printed: 'async 1\nmain\ntick\ntick 2\npromise\nmicrotask\nasync 2\npromise 2\ntick in promise\nimmediate\ntimeout', exit: 0 });
await check('ticks run between timers', `
  setTimeout(() => { console.log(1); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('promise')); }, 5);
  setTimeout(() => console.log(2), 5);
`, { printed: '1\ntick\npromise\n2' });
await check('virtual time passes at once', `
  const t = Date.now(); const p = performance.now();
  setTimeout(() => console.log(Date.now() - t, performance.now() - p, new Date().toISOString()), 4000);
`, { printed: '4000 4000 2026-01-05T09:00:04.000Z' });
await check('an interval ends itself', 'let n = 0; const i = setInterval(() => { console.log(n); if (++n === 3) clearInterval(i); }, 10);', { printed: '0\n1\n2', exit: 0 });
await check('unref, refresh, hasRef', `
  const t = setTimeout(() => console.log('never'), 10); t.unref(); console.log(t.hasRef());
  const r = setTimeout(() => console.log('late'), 10); setTimeout(() => r.refresh(), 5); setTimeout(() => console.log('12'), 12);
`, { printed: /^false\n(never\n)?12\nlate$/ });
await check('timers/promises', "const { setTimeout: wait } = require('timers/promises'); (async () => console.log(await wait(5, 'x')))();", { printed: 'x' });
await check('util.promisify(setTimeout)', "require('util').promisify(setTimeout)(5, 'y').then(console.log)", { printed: 'y' });
await check('a busy wait on the clock ends', 'const t = Date.now(); while (Date.now() - t < 2000); console.log(Date.now() - t)', { printed: '2000' });
await check('process.exit leaves at once', "process.on('exit', (c) => console.log('exit', c)); setTimeout(() => console.log('no'), 1); process.exit(3); console.log('no')", { printed: 'exit 3', exit: 3 });
await check('process.exit inside a try', "(async () => { try { await null; console.log('a'); process.exit(); } catch (error) { console.log('caught', error); process.exit(1); } finally { console.log('over'); } })()", { printed: 'a', exit: 0 });
await check('process.exitCode', 'process.exitCode = 4', { exit: 4 });
await check('beforeExit may go on', "let once = false; process.on('beforeExit', () => { if (!once) { once = true; setTimeout(() => console.log('more'), 1); } })", { printed: 'more', exit: 0 });
await check('code made from text', "new Function('a', 'console.log(a, typeof require, typeof process, new Date().getFullYear())')(1); Function('setTimeout(() => console.log(2), 1)')(); class Call extends Function { constructor() { super('return 3'); } twice() { return 2 * this(); } } const call = new Call(); console.log(call(), call.twice(), call instanceof Call, call instanceof Function, Function('return Function')() === Function, Function.prototype === Object.getPrototypeOf(() => 0))", { printed: '1 undefined object 2026\n3 6 true true true true\n2' });
await check('an error at the top', 'const a = {};\n\n  a.b.c();', {
  exit: 1,
  printed: "/app/server.js:3\n  a.b.c();\n      ^\n\nTypeError: Cannot read properties of undefined (reading 'c')\n    at Object.<anonymous> (/app/server.js:3:7)\n\nNode.js v20.20.2",
  error: { name: 'TypeError', message: "Cannot read properties of undefined (reading 'c')", file: 'server.js', line: 3, column: 7 },
});
await check('the stack names functions', 'function inner() { throw new Error("x"); }\nfunction outer() { [1].forEach(() => inner()); }\nouter();', {
  printed: /Error: x\n {4}at inner \(\/app\/server\.js:1:26\)\n {4}at \/app\/server\.js:2:38\n {4}at Array\.forEach \(<anonymous>\)\n {4}at outer \(\/app\/server\.js:2:24\)\n {4}at Object\.<anonymous> \(\/app\/server\.js:3:1\)\n/,
});
await check('columns on a line with a loop', 'for (const a of [1]) { a.b.c; }', { error: { name: 'TypeError', message: "Cannot read properties of undefined (reading 'c')", file: 'server.js', line: 1, column: 28 } });
await check('an error in a timer', 'setTimeout(() => { throw new RangeError("late") }, 10);', { exit: 1, error: { name: 'RangeError', message: 'late', file: 'server.js', line: 1, column: 26 } });
await check('an unhandled rejection', "async function f() { await null; throw new Error('lost'); }\nf();", { exit: 1, error: { name: 'Error', message: 'lost', file: 'server.js', line: 1, column: 40 } });
await check('a rejection that is no error', "Promise.reject('plain')", { exit: 1, printed: /\[UnhandledPromiseRejection|ERR_UNHANDLED_REJECTION/ });
await check('a rejection handled late is fine', 'const p = Promise.reject(new Error("x")); p.catch(() => console.log("caught"))', { printed: 'caught', exit: 0 });
await check('uncaughtException', "process.on('uncaughtException', (e) => console.log('got', e.message)); setTimeout(() => console.log('on'), 2); throw new Error('x')", { printed: 'got x\non', exit: 0 });
await check('unhandledRejection', "process.on('unhandledRejection', (r) => console.log('got', r.message)); Promise.reject(new Error('x'))", { printed: 'got x', exit: 0 });
await check('something thrown that is no error', "throw 'text'", { exit: 1, printed: /Uncaught:\n'text'/ });
await check('what a program leaves in the realm is gone afterwards', 'globalThis.left = 1; implicit = 2; Array.prototype.mine = 3; console.log(left, implicit, global.left)', { printed: '1 2 1' });
await test('nothing of it is left', () => assert.deepEqual([globalThis.left, globalThis.implicit, [].mine], [undefined, undefined, undefined]));
await check('the environment', "console.log(process.env.A, typeof process.env.N, process.argv.length, process.cwd(), process.platform, process.version.split('.')[0])", { printed: 'a string 2 /app linux v20' }, { env: { A: 'a', N: '1' } });
await check('dotenv', { 'server.js': "require('dotenv').config(); console.log(process.env.KEY, process.env.Q)", '.env': '# a note\nKEY=value # more\nQ="a\\nb"' }, { printed: 'value a\nb' });
await check('process.loadEnvFile', { 'server.js': 'process.loadEnvFile(); console.log(process.env.KEY)', '.env': 'KEY=v' }, { printed: 'v' });

await test('a loop that never ends is stopped and named', async () => {
  const busy = [];
  const sandbox = await started('let n = 0;\nfunction spin() {\n  while (true) {\n    n += 1;\n  }\n}\nspin();', { loopLimit: 300, onBusy: (place) => busy.push(place) });
  assert.equal(sandbox.result.error.message, 'This loop never ends: stopped after 0.3 s at server.js:3');
  assert.deepEqual([sandbox.result.error.file, sandbox.result.error.line, sandbox.result.exit], ['server.js', 3, 1]);
  assert.deepEqual(busy[0], { file: 'server.js', line: 3 });
  await sandbox.close();
});
await test('a loop of microtasks is stopped too', async () => {
  const sandbox = await started('(async () => { for (;;) await null; })();', { loopLimit: 300 });
  assert.match(sandbox.result.error.message, /never ends/);
  await sandbox.close();
});
await test('run rejects with the error of the program itself', async () => {
  const sandbox = await createSandbox({ clock: 'virtual', files: { 'server.js': '\nthrow new TypeError("mine");' } });
  await assert.rejects(sandbox.run(), (error) => error.name === 'TypeError' && error.message === 'mine' && error.file === 'server.js' && error.line === 2);
  await sandbox.close();
});
await test('a seed fixes chance', async () => {
  const code = "console.log(Math.random(), require('crypto').randomUUID(), crypto.randomUUID(), require('crypto').randomBytes(4).toString('hex'))";
  const lines = [];
  for (const seed of ['a', 'a', 'b']) {
    const sandbox = await started(code, { seed });
    lines.push(sandbox.printed());
    await sandbox.close();
  }
  assert.equal(lines[0], lines[1]);
  assert.notEqual(lines[0], lines[2]);
});
await test('a restart forgets memory and keeps files', async () => {
  const sandbox = await started("const fs = require('fs'); const n = fs.existsSync('n') ? Number(fs.readFileSync('n', 'utf8')) : 0; fs.writeFileSync('n', String(n + 1)); console.log(n, process.env.X); require('http').createServer(() => {}).listen(3000)");
  await sandbox.restart({ X: 'x' });
  assert.equal(sandbox.printed(), '0 undefined\n1 x');
  assert.deepEqual(sandbox.listening, [3000]);
  assert.equal(sandbox.files.n, '2');
  await sandbox.close();
});
await test('a command runs to its end beside the server', async () => {
  const sandbox = await started({
    'server.js': 'require("http").createServer(() => {}).listen(3000)', 'sum.js': 'const [a, b] = process.argv.slice(2); console.log(+a + +b); if (!b) process.exit(2)',
    'first.js': "process.argv.push('5')", 'package.json': '{"scripts": {"sum": "node sum.js 1 2", "round": "npm run about", "about": "npm run round"}}',
  });
  assert.equal((await sandbox.command('node sum.js 3 "4"')).exit, 0);
  assert.equal((await sandbox.command('npm run sum')).exit, 0);
  assert.equal((await sandbox.command('node sum 5')).exit, 2);
  assert.equal((await sandbox.command('ls')).exit, 127);
  assert.equal((await sandbox.command('nodemon --watch lib -e js,json sum.js 1 1')).exit, 0);
  assert.equal((await sandbox.command('node -r ./first.js sum.js 2')).exit, 0);
  assert.equal((await sandbox.command('npm run round')).exit, 127);
  assert.match(sandbox.console.at(-1).text, /calls itself/);
  assert.equal((await sandbox.command('node -e 1')).exit, 127);
  assert.equal(sandbox.console.filter((line) => line.level === 'log').map((line) => line.text).join(), '7,3,NaN,2,7');
  assert.equal(sandbox.exitCode, undefined);
  await sandbox.close();
});
const FAILING = {
  'server.js': "require('http').createServer((req, res) => res.writeHead(404, { 'Content-Type': 'application/json' }).end('{}')).listen(3000)",
  'rejects.js': "async function main() {\n  for (const one of await (await fetch('http://localhost:3000/')).json()) console.log(one);\n}\nmain();",
  'fetched.js': "(async () => { await fetch('http://localhost:3000/'); throw new RangeError('after fetch'); })();",
  'get.js': "require('http').get('http://localhost:3000/', () => { throw new Error('in get') });",
  'throws.js': "setTimeout(() => { throw new Error('in a timer') }, 5);",
  'digest.js': "crypto.subtle.digest('SHA-256', new Uint8Array(1)).then(() => { throw new Error('after digest') });",
};
const FAILURES = [
  ['rejects.js', "/app/rejects.js:2\n  for (const one of await (await fetch('http://localhost:3000/')).json()) console.log(one);", /TypeError: .* is not iterable\n {4}at main \(\/app\/rejects\.js:2:\d+\)\n\nNode\.js v20/],
  ['fetched.js', '/app/fetched.js:1\n', /RangeError: after fetch\n/],
  ['get.js', '/app/get.js:1\n', /Error: in get\n/],
  ['throws.js', '/app/throws.js:1\n', /Error: in a timer\n/],
  ['digest.js', '/app/digest.js:1\n', /Error: after digest\n/],
];
for (const clock of ['virtual', 'real']) {
  for (const [file, begin, printed] of FAILURES) {
    await test(`a command that dies leaves the server alone: ${file}, ${clock} clock`, async () => {
      const sandbox = await started(FAILING, { clock });
      const { ok, exit, listening, error } = await sandbox.command(`node ${file}`);
      assert.deepEqual({ ok, exit, listening, file: error?.file }, { ok: false, exit: 1, listening: [3000], file });
      assert.equal(sandbox.printed().slice(0, begin.length), begin);
      assert.match(sandbox.printed(), printed);
      assert.equal(sandbox.exitCode, undefined);
      assert.equal((await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [] })).status, 404);
      await sandbox.close();
    });
  }
}
await test('the prompt evaluates in the world of the program', async () => {
  const sandbox = await started('globalThis.users = [1]; require("http").createServer(() => {}).listen(3000)');
  assert.equal(await sandbox.evaluate('users.concat(2)'), '[ 1, 2 ]');
  assert.equal(await sandbox.evaluate('const x = await Promise.resolve(4)'), 'undefined');
  assert.equal(await sandbox.evaluate('x * 2'), '8');
  assert.equal(await sandbox.evaluate('x * 3; '), '12');
  assert.equal(await sandbox.evaluate('nope'), 'Uncaught ReferenceError: nope is not defined');
  await sandbox.close();
});
await test('with the real clock time passes by itself', async () => {
  const sandbox = await createSandbox({ files: { 'server.js': 'setTimeout(() => { console.log("done"); }, 5)' } });
  const ended = new Promise((resolve) => (sandbox.options.onExit = resolve));
  await sandbox.run();
  assert.equal(await ended, 0);
  assert.equal(sandbox.console[0].text, 'done');
  await sandbox.close();
});
