/** The worker's side of the page: what it tells when it boots. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { runtimeOptions } from '../build.mjs';
import { built, createSandbox } from './support.mjs';

const source = (file) => fileURLToPath(new URL(`../src/worker/${file}.ts`, import.meta.url));
const contents = ['commands', 'engine'].map((file) => `export * from ${JSON.stringify(source(file))};`).join('\n');
const bundle = await build({ ...runtimeOptions(), format: 'esm', write: false, stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) } });
const { Commands, startEngine } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
const engine = await startEngine(readFileSync(`${built}engine_bg.wasm`));

/** What is told while a worker boots from `journal` and counts the notes. */
async function boot(journal) {
  const told = [];
  const commands = new Commands(Promise.resolve(engine), journal, (message) => told.push(message));
  await commands.answer(1, { do: 'data', command: { data: 'find', collection: 'notes.all', filter: {} } });
  return { damage: told.filter(({ event }) => event?.event === 'damaged').map(({ event }) => event.damage), found: told.at(-1).value?.total };
}

const records = [];
const sandbox = await createSandbox({ clock: 'virtual', files: {}, onJournal: async (batch) => void records.push(...batch) });
for (const _id of [1, 2]) await sandbox.data.command({ data: 'insert', collection: 'notes.all', document: { _id } });
await sandbox.close();

await test('a journal that is whole boots without a word', async () => assert.deepEqual(await boot(records), { damage: [], found: 2 }));
await test('damage is told once, and what can be read is there', async () => {
  const { damage, found } = await boot([...records.slice(0, -1), records.at(-1).slice(0, -3)]);
  assert.equal(damage.length, 1);
  assert.match(damage[0][0], /could not be read/);
  assert.equal(found, 1);
});
await test('requests of the next program are counted on from those of the last', async () => {
  const told = [];
  const commands = new Commands(Promise.resolve(engine), [], (message) => told.push(message), 7);
  const files = { 'server.js': "require('http').createServer((req, res) => res.end('hi')).listen(3000);" };
  for (const id of [1, 3]) {
    await commands.answer(id, { do: 'run', project: { files, entry: 'server.js' } });
    await commands.answer(id + 1, { do: 'send', request: { method: 'GET', url: 'http://localhost:3000/', headers: [] } });
  }
  assert.deepEqual(told.filter(({ id }) => id === 2 || id === 4).map(({ value }) => value.trace), [8, 9]);
  await commands.answer(5, { do: 'stop' });
});
