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
const database = readFileSync(`${built}database_bg.wasm`);

/** A worker whose page answers with the databases' module, or with why it is not there. */
function worker(journal, page = () => [database]) {
  const told = [];
  const commands = new Commands(Promise.resolve(engine), journal, (message) => {
    told.push(message);
    if (message.want) queueMicrotask(() => commands.databases.came(...page()));
  });
  return { told, commands };
}

/** What is told while a worker boots from `journal` and counts the notes. */
async function boot(journal) {
  const { told, commands } = worker(journal);
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
await test('the databases are asked for when something first needs them, and again when they did not come', async () => {
  let online = false;
  const { told, commands } = worker([], () => (online ? [database] : [null, 'database_bg.wasm could not be loaded (503).']));
  const answer = async (command) => {
    await commands.answer(1, command);
    return told.findLast(({ id }) => id === 1);
  };
  const wants = () => told.filter(({ want }) => want).length;
  const health = { do: 'send', request: { method: 'GET', url: 'http://localhost:4000/api/health', headers: [] } };
  await answer({ do: 'run', project: { files: { 'server.js': '' } } });
  assert.equal(wants(), 0, 'a program without data');
  assert.match((await answer({ do: 'data', command: { data: 'collections' } })).failure.message, /could not be loaded/);
  online = true;
  assert.equal((await answer(health)).value.status, 200);
  assert.equal((await answer({ do: 'data', command: { data: 'collections' } })).value.length, 4);
  assert.equal(wants(), 2);
  await commands.answer(1, { do: 'stop' });
});
