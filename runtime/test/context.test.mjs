/** AsyncLocalStorage and AsyncResource through callbacks, timers and requests; diagnostics channels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

async function check(name, code, printed) {
  await test(name, async () => {
    const sandbox = await started(`const { AsyncLocalStorage, AsyncResource } = require('async_hooks'); const als = new AsyncLocalStorage(); const now = (label) => console.log(label, als.getStore()); ${code}`);
    await sandbox.advance(1000);
    assert.equal(sandbox.printed(), printed);
    await sandbox.close();
  });
}

await check('run, and what follows', "als.run(1, () => { now('in'); als.exit(() => now('out')); als.run(2, () => now('deeper')) }); now('after')", 'in 1\nout undefined\ndeeper 2\nafter undefined');
await check('ticks, timers and microtasks', "als.run(1, () => { process.nextTick(() => now('tick')); setTimeout(() => now('timer'), 5); setImmediate(() => now('immediate')); queueMicrotask(() => now('microtask')) }); now('main')", 'main undefined\ntick 1\nmicrotask 1\nimmediate 1\ntimer 1');
await check('an interval keeps its store', "als.run(1, () => { let n = 0; const id = setInterval(() => { now(++n); if (n === 2) clearInterval(id) }, 5) })", '1 1\n2 1');
await check('across await of a timer', "const sleep = (ms) => new Promise((done) => setTimeout(done, ms)); als.run('a', async () => { await sleep(5); now('slept') }); als.run('b', async () => { await sleep(5); now('slept') })", 'slept a\nslept b');
await check('across await of what is settled', "als.run('a', async () => { await null; now('settled'); await Promise.resolve(); now('again') }); als.run('b', async () => { await null; now('other') })", 'settled a\nother b\nagain a');
await check('after an error of something awaited', `
  const fail = async () => { await null; throw new Error('x') };
  for (const name of ['a', 'b']) als.run(name, async () => { try { await fail() } catch { now('caught') } finally { now('finally') } await null; now('after') })
`, 'caught a\nfinally a\ncaught b\nfinally b\nafter a\nafter b');
await check('through then, catch and finally', "for (const name of ['a', 'b']) als.run(name, () => { Promise.resolve(1).then((n) => { now(n); throw new Error('x') }).catch(() => now('caught')).finally(() => now('finally')) })", '1 a\n1 b\ncaught a\ncaught b\nfinally a\nfinally b');
await check('through for await and what it awaits', `
  async function* items() { yield 1; await null; yield 2 }
  for (const name of ['a', 'b']) als.run(name, async () => { for await (const item of items()) now(item); now('after'); if (name) for await (const item of [await items().next()]) now(item.value) })
`, '1 a\n1 b\n2 a\n2 b\nafter a\nafter b\n1 a\n1 b');
await check('in expressions, arguments and functions within', `
  const value = async (x) => { await null; return x };
  als.run('a', async () => { const sum = (await value(1)) + await value(2); now(sum); [await value(3)].map((n) => now(n)); await Promise.all([1, 2].map(async (n) => { await value(n); now('all ' + n) })); now('end') });
  als.run('b', async () => { await value(0); now('other') });
`, 'other b\n3 a\n3 a\nall 1 a\nall 2 a\nend a');
await check('enterWith, snapshot, bind', "als.enterWith(1); const back = AsyncLocalStorage.snapshot(); const bound = AsyncResource.bind(() => now('bound')); als.enterWith(2); bound(); back(() => now('back')); now('now')", 'bound 1\nback 1\nnow 2');
await check('a resource has the stores of its birth', "const resource = als.run(1, () => new AsyncResource('X')); resource.runInAsyncScope((label) => now(label), null, 'scope')", 'scope 1');
await check('a request does not see the stores of who asked; its body parser keeps those of the handler', `
  const express = require('express'); const http = require('http'); const app = express();
  app.use((req, res, next) => { now('arrives'); als.run(req.method, next) }); app.use(express.json());
  app.post('/', (req, res) => { now('parsed'); res.json(req.body) });
  app.listen(3000, () => als.run('client', () => {
    const request = http.request('http://localhost:3000/', { method: 'POST', headers: { 'content-type': 'application/json' } }, (res) => { now('answer'); res.resume() });
    request.end('{"a":1}');
  }))`, 'arrives undefined\nparsed POST\nanswer client');

await check('diagnostics channels', `
  const channels = require('diagnostics_channel'); const channel = channels.channel('x'); const seen = (message, name) => console.log(name, message);
  channels.subscribe('x', seen); console.log(channel.hasSubscribers); channel.publish({ a: 1 }); console.log(channel.unsubscribe(seen), channel.hasSubscribers);
  const tracing = channels.tracingChannel('t'); tracing.subscribe({ start: () => console.log('start'), end: (c) => console.log('end', c.result), error: () => console.log('error') });
  console.log(tracing.traceSync((a, b) => a + b, {}, null, 1, 2))`, "true\nx { a: 1 }\ntrue false\nstart\nend 3\n3");
