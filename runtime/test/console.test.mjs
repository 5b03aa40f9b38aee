/** What console prints, as Node prints it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printsAsNode, started } from './support.mjs';

await printsAsNode('values', "console.log('a', 1, -0, true, null, undefined, 10n, Symbol('s'), [1, 'b'], { a: { b: { c: { d: 1 } } } })");
await printsAsNode('collections', "console.log(new Map([[1, { a: 2 }]]), new Set('ab'), new Date(0), /x/g, [ , 1], new Uint8Array(2), Buffer.from('hi'))");
await printsAsNode('classes and functions', "class A { x = 1; get y() { return 2 } } console.log(new A(), A, () => {}, function f() {}, async () => {}, Object.create(null))");
await printsAsNode('format', "console.log('%s is %d and %i, %j %o %%', 'x', 1.5, 2.7, { a: 1 }, [1], 'rest')");
await printsAsNode('long and many', "console.log(Array.from({ length: 120 }, (_, i) => i)); console.log('x'.repeat(200), { text: 'y'.repeat(100), list: ['z'.repeat(40), 'w'.repeat(40)] })");
await printsAsNode('circular', "const a = { n: 1 }; a.self = a; console.log(a)");
await printsAsNode('group', "console.group('G'); console.log('in\\nside'); console.group(); console.log({ a: 1 }); console.groupEnd(); console.groupEnd(); console.log('out')");
await printsAsNode('count and assert', "console.count(); console.count('x'); console.count(); console.countReset(); console.count()");
await printsAsNode('table of rows', "console.table([{ a: 1, b: 'x' }, { a: 2, c: true }])");
await printsAsNode('table of values', "console.table(['p', 'q']); console.table([[1, 2], [3, 4]]); console.table(5); console.table([{ a: 1, b: 2 }], ['b'])");
await printsAsNode('table of a map', "console.table(new Map([['k', 1]])); console.table(new Set([1]))");
await printsAsNode('dir', "console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 })");
await printsAsNode('stdout.write', "process.stdout.write('a\\n'); process.stdout.write('b\\n')");
await printsAsNode('an error without a stack', "const e = new TypeError('bad'); e.stack = undefined; console.log(e.message, String(e))");
await printsAsNode('util', "const util = require('util'); console.log(util.inspect('x'), util.format('%s', null), util.types.isDate(new Date()), util.isDeepStrictEqual({ a: [1] }, { a: [1] }))");
await printsAsNode('buffers', "const b = Buffer.from('héllo wörld, this is longer than that'); console.log(b.toString('base64'), b.toString('base64url'), b.toString('hex'), b.toString('latin1'), b.length, Buffer.byteLength('é'), Buffer.concat([b, Buffer.alloc(2)]).length, Buffer.from('aGk', 'base64url').toString(), Buffer.from([1, 2]).equals(Buffer.from([1, 2])), JSON.stringify(Buffer.from('a')), b.subarray(0, 2).toString())");
await printsAsNode('paths', "const p = require('path'); console.log(p.join('/a', '../b', './c/'), p.resolve('/x', 'y', '..'), p.basename('/q/w.js', '.js'), p.extname('a.b.c'), p.dirname('/a/b'), p.parse('/a/b.txt'), p.relative('/a/b', '/a/c/d'), p.normalize('/a//b/../c/'), p.sep, p.isAbsolute('a'))");
await printsAsNode('urls', "const u = require('url'); console.log(u.parse('http://u:p@h.test:80/p/a?x=1#h').pathname, u.format({ protocol: 'http', host: 'x.y', pathname: '/z' }), u.fileURLToPath('file:///a%20b'), new URL('/q?a=1', 'http://b.c').searchParams.get('a'))");
await printsAsNode('query strings', "const q = require('querystring'); console.log(q.parse('a=1&b=%20&a=2'), q.stringify({ x: [1, 2], y: 'é' }), q.escape('a b'))");
await printsAsNode('string decoder', "const { StringDecoder } = require('string_decoder'); const d = new StringDecoder('utf8'); console.log(d.write(Buffer.from([0xc3])) + d.write(Buffer.from([0xa9])), d.end())");
await printsAsNode('events', "const { EventEmitter, once } = require('events'); const e = new EventEmitter(); e.once('a', (x) => console.log('a', x)); console.log(e.emit('a', 1), e.emit('a', 2), e.listenerCount('a'), typeof once)");
await printsAsNode('hashes', "const c = require('crypto'); for (const h of ['md5', 'sha1', 'sha256', 'sha512']) console.log(c.createHash(h).update('é').digest('hex'), c.createHmac(h, 'k').update('x').update('y').digest('base64')); console.log(c.createHash('sha256').update(Buffer.from('a')).digest().length, c.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), c.pbkdf2Sync('p', 's', 10, 16, 'sha256').toString('hex'), c.scryptSync('p', 's', 16, { N: 16 }).toString('hex'))");
await printsAsNode('assert', "const a = require('assert'); for (const f of [() => a.strictEqual(1, 2), () => a.ok(0, 'no'), () => a.throws(() => {}), () => a.equal(1, 2)]) try { f() } catch (e) { console.log(e.name, e.code, e.message) } a.deepStrictEqual({ a: [new Date(0)] }, { a: [new Date(0)] })");
await printsAsNode('an absent file', "const fs = require('fs'); try { fs.readFileSync('/no/such') } catch (e) { console.log(e.message, e.code, e.errno, e.syscall, e.path) }");
await printsAsNode('process', "console.log(typeof process.hrtime.bigint(), process.hrtime().length, typeof process.uptime(), process.platform, typeof process.memoryUsage().heapUsed, process.env.NOPE)");
await printsAsNode('streams', "const { Readable, Transform, pipeline } = require('stream'); const up = new Transform({ transform(c, e, d) { d(null, String(c).toUpperCase()) } }); pipeline(Readable.from(['a', 'b']), up, (e) => console.log('over', e)); up.on('data', (d) => console.log(String(d)))");

await test('place, level and time of a line', async () => {
  const sandbox = await started("\n  console.warn('w');\nsetTimeout(() => console.error('e'), 100);");
  assert.deepEqual(sandbox.console.map(({ seq, level, text, file, line, at }) => [seq, level, text, file, line, at - sandbox.console[0].at]), [[1, 'warn', 'w', 'server.js', 2, 0], [2, 'error', 'e', 'server.js', 3, 100]]);
  await sandbox.close();
});
await test('time follows the clock', async () => {
  const sandbox = await started("console.time('t'); setTimeout(() => console.timeEnd('t'), 1500)");
  assert.equal(sandbox.printed(), 't: 1.500s');
  await sandbox.close();
});
