/** What `console.log` prints of the platform's own values, beside Node: where the platform, like a browser, does not say how. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { inspect } from 'node:util';

for (const type of [URL, URLSearchParams, Headers, Response, Request, FormData, Blob, File, AbortSignal, AbortController, Event, TextDecoder]) delete type.prototype[inspect.custom];
const { started } = await import('./support.mjs');

async function same(name, code) {
  await test(name, async () => {
    const real = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
    const sandbox = await started(code);
    assert.equal(`${sandbox.printed()}\n`, real);
    await sandbox.close();
  });
}

await same('URL', "console.log(new URL('http://u:p@a.b:80/c?d=1#e')); console.log({ u: new URL('http://a.b/'), d: { e: { f: new URL('http://x/') } } }); console.log('%s', new URL('http://x/'), `${new URL('http://x/')}`); class Own extends URL {} console.log(new Own('http://y/?q=1'))");
await same('URLSearchParams', "console.log(new URLSearchParams('a=1&b=2'), new URLSearchParams(), [new URLSearchParams('q=x')], { a: { b: { c: new URLSearchParams('q=x') } } }); console.log(new URLSearchParams({ long: 'x'.repeat(60), longer: 'y'.repeat(60) }))");
await same('Headers', "console.log(new Headers({ a: '1', b: '2' }), new Headers(), { a: { b: { c: new Headers({ 'x-y': 'z' }) } } }); console.log(new Headers(Array.from({ length: 8 }, (_, at) => ['x-' + at, 'v'.repeat(at * 3)])))");
await same('Response and Request', "console.log(new Response('x', { status: 201, headers: { a: 'q' } }), new Response(null, { status: 204 }), Response.json({ a: 1 })); console.log(new Request('http://a.b/c', { method: 'POST', body: 'x', headers: { a: 'q' } }), [new Request('http://a.b/')])");
await same('a read Response', "const r = new Response('x'); r.text().then(() => console.log(r))");
await same('forms, blobs, files', "const f = new FormData(); f.append('a', '1'); f.append('l', '1'); f.append('l', '2'); f.append('f', new File(['x'], 'n.txt', { type: 'text/plain', lastModified: 5 })); console.log(f, new FormData(), [f], new Blob(['abc'], { type: 'text/plain' }), [[[new Blob(['x'])]]], new File(['abc'], 'n.txt', { lastModified: 5 }))");
await same('signals, events, decoders', "console.log(new AbortController(), AbortSignal.abort(), { s: { s: { s: new AbortController() } } }, new EventTarget(), new TextDecoder(), [new TextDecoder('latin1')]); console.log(require('util').inspect(new Event('x')).replace(/[\\d.]+/, 'N').replace(/\\s+/g, ' '))");
await same('symbols among keys', "console.log({ [Symbol('k')]: 1, [Symbol()]: 2, a: 3 }, Object.assign(() => {}, { [Symbol('f')]: 1 }), new (class A { [Symbol.for('x y')] = 1 })()); console.log(require('util').inspect(Object.defineProperty({}, Symbol('h'), { value: 1 }), { showHidden: true }))");
await same('a failed assertion', "const a = require('assert'); for (const f of [() => a.strictEqual(1, 2), () => a.deepStrictEqual({ a: { b: 1 } }, { a: { b: 2 } }), () => a(false, 'no')]) try { f() } catch (e) { e.stack = e.stack.split('\\n').filter((line) => !/^ {4}at /.test(line)).join('\\n'); console.log(e); console.log({ e }) }");
await same('buffers', "console.log(new DataView(new ArrayBuffer(2)), new ArrayBuffer(3), new SharedArrayBuffer(1), Object.assign(new ArrayBuffer(1), { x: 1 }), { a: [{ b: new ArrayBuffer(1) }] }); console.log(require('util').inspect(new Uint8Array(1), { showHidden: true }))");
