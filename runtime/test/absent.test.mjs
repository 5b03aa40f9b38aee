/** Modules of Node that a page cannot have, and packages that are not offered: found or not, it is said what to do. */
import assert from 'node:assert/strict';
import { builtinModules, createRequire } from 'node:module';
import { test } from 'node:test';
import { printsAsNode, started } from './support.mjs';

const require = createRequire(import.meta.url);
const REFUSED = ['vm', 'v8', 'cluster', 'inspector', 'inspector/promises', 'repl', 'node:test', 'node:test/reporters', 'node:sea', 'wasi', 'trace_events', 'dgram', 'domain', 'readline/promises'];
const WORKING = ['stream/web', 'stream/consumers'];
/** Node's own are not a program's business. */
const INTERNAL = /^_|^(Interface|Readline|builtinModules)$/;

await test('every module of Node is found', async () => {
  const names = builtinModules.filter((name) => !name.startsWith('_'));
  const sandbox = await started(`for (const name of ${JSON.stringify([...names, ...names.map((name) => `node:${name}`), ...REFUSED])}) try { require(name) } catch (error) { console.log(name, error.message) }`);
  assert.equal(sandbox.printed(), '');
  await sandbox.close();
});
await test('they have the names that Node gives them', async () => {
  const sandbox = await started(`for (const name of ${JSON.stringify([...REFUSED, ...WORKING])}) console.log(name, Object.keys(require(name)).join())`);
  for (const line of sandbox.printed().split('\n')) {
    const [name, keys] = line.split(' ');
    const missing = Object.keys(require(name)).filter((key) => !keys.split(',').includes(key) && !INTERNAL.test(key));
    assert.deepEqual(missing, [], name);
  }
  await sandbox.close();
});
for (const [code, wanted] of [
  ["require('vm').runInNewContext('1')", /^vm\.runInNewContext is not available in the browser: .*require it$/],
  ["new (require('node:vm').Script)('1')", /^vm\.Script is not available/],
  ["const cluster = require('cluster'); cluster.on('exit', () => {}); if (cluster.isPrimary) cluster.fork()", /^cluster\.fork is not available in the browser: this program is the only process/],
  ["require('node:test')('x', () => {})", /^node:test is not available/],
  ["const { test } = require('node:test'); test('x', () => {})", /^node:test\.test is not available/],
  ["require('v8').getHeapStatistics()", /process\.memoryUsage\(\)/],
  ["require('repl').start()", /under the Console/],
]) {
  await test(code, async () => {
    const sandbox = await started(code);
    assert.match(sandbox.result.error?.message, wanted);
    assert.equal(sandbox.result.error.code, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');
    await sandbox.close();
  });
}
await test('`test` without its prefix is no module of Node', async () => {
  const sandbox = await started("console.log(require('module').isBuiltin('test'), require('module').isBuiltin('node:test')); require('test')");
  assert.match(sandbox.printed(), /^false true\n[\s\S]*Cannot find module 'test'/);
  await sandbox.close();
});
await printsAsNode('which names are Node\'s', "const { builtinModules, isBuiltin } = require('module'); console.log(builtinModules.filter((name) => !name.startsWith('_')).join()); for (const name of ['fs', 'node:fs', 'node:node:fs', 'test', 'node:test', 'node:node:test', 'node:sea', 'sea', 'node:nope', 'toString', 'constructor', '', 'node:']) { console.log(name, isBuiltin(name), typeof process.getBuiltinModule(name)); try { if (name.startsWith('node:')) require(name) } catch ({ code, message }) { console.log(code, message) } } try { process.getBuiltinModule(5) } catch ({ message }) { console.log(message) }");
await test('imported', async () => {
  const sandbox = await started({ 'server.js': "import vm, { Script } from 'vm'; import { describe } from 'node:test'; import { text } from 'node:stream/consumers'; import { Readable } from 'stream'; console.log(vm.Script === Script, typeof describe, await text(Readable.from(['a', 'é'])));", 'package.json': '{"type":"module"}' });
  assert.equal(sandbox.printed(), 'true function aé');
  await sandbox.close();
});
await printsAsNode('consumers', "const c = require('stream/consumers'); const { Readable } = require('stream'); const of = (...p) => Readable.from(p); (async () => { console.log(await c.json(of('{\"a\"', ':1}')), await c.buffer(of(Buffer.from('hi'))), await c.arrayBuffer(of('abc')), (await c.blob(of('ab'))).size, await c.arrayBuffer(of(1)), await (await c.blob(of('a', { b: 1 }))).text(), await c.buffer(of(new Uint8Array([7]), null ?? 'x'))); await c.text(of(5)).catch(({ code }) => console.log(code)) })()");
for (const [how, files] of [
  ['require', { 'server.js': "require('expres')" }],
  ['import', { 'server.mjs': "import express from 'expres'", 'package.json': '{"scripts":{"start":"node server.mjs"}}' }],
  ['a file of it', { 'server.js': "require('expres/lib/router')" }],
  ['import()', { 'server.js': "import('expres')" }],
  ['a command', { 'server.js': '', 'other.js': "require('expres')" }, 'node other.js'],
]) {
  await test(`a package that is not offered: ${how}`, async () => {
    const sandbox = await started(files);
    if (how === 'a command') await sandbox.command('node other.js');
    const said = sandbox.console.filter(({ level }) => level === 'system').map(({ text }) => text);
    assert.equal(said.length, 1);
    assert.match(said[0], /^"expres" is not offered here\. Did you mean express\? Packages that can be required: axios, .* Authors add a package as docs\/writing-lessons\.md says under "Packages"\.$/);
    await sandbox.close();
  });
}
