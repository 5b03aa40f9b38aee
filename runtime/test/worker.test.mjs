/** The worker's side of the page: what it tells when it boots. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { runtimeOptions } from '../build.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { built, createSandbox } from './support.mjs';

const source = (file) => fileURLToPath(new URL(`../src/worker/${file}.ts`, import.meta.url));
const contents = ['commands', 'engine', 'packed'].map((file) => `export * from ${JSON.stringify(source(file))};`).join('\n');
const bundle = await build({ ...runtimeOptions(), format: 'esm', write: false, stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) } });
const { Commands, pack, startEngine, unpack } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
const engine = await startEngine(readFileSync(`${built}engine_bg.wasm`));
const database = readFileSync(`${built}database_bg.wasm`);

/** A worker whose page answers with the databases' module, or with why it is not there, and stores what it is told to. */
function worker(journal, page = () => [database]) {
  const told = [];
  const commands = new Commands(Promise.resolve(engine), journal, (message) => {
    told.push(message);
    if (message.want) queueMicrotask(() => commands.databases.came(...page()));
    if (message.event?.event === 'journal') queueMicrotask(() => commands.stored(message.event.batch, null));
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
await test('records are packed where that is shorter, and come back as they were', async () => {
  const some = (count, length, fill) => Array.from({ length: count }, (_, at) => Uint8Array.from({ length }, (_, place) => fill(at, place)));
  for (const [records, packed] of [
    [[], false],
    [some(3, 20, (at) => at), false],
    [some(500, 90, (at, place) => (place < 80 ? place : at)), true],
    [some(1, 1_000_000, (_, place) => (place * 7919) % 251), true],
    [[crypto.getRandomValues(new Uint8Array(5000))], false],
  ]) {
    const texts = pack(records);
    assert.equal(texts.length === 1 && texts[0].startsWith('deflate:'), packed);
    assert.deepEqual(unpack(texts), records);
  }
  assert.equal(unpack(['deflate:AAAA', 'AQI=']).length, 2, 'what is damaged is one record that cannot be read');
});
await test('a snapshot is packed and restored', async () => {
  const { told, commands } = worker([]);
  const answer = async (command) => {
    await commands.answer(1, { do: 'data', command });
    return told.findLast(({ id }) => id === 1).value;
  };
  const snapshot = await answer({ data: 'snapshot' });
  assert.ok(snapshot[0].startsWith('deflate:'));
  const before = await answer({ data: 'find', collection: 'users', filter: {} });
  await answer({ data: 'delete', collection: 'users', id: before.documents[0]._id });
  await answer({ data: 'restore', snapshot: JSON.stringify(snapshot) });
  assert.deepEqual((await answer({ data: 'find', collection: 'users', filter: {} })).documents, before.documents);
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
await test('a project whose data could not be filled in runs when the databases are there', async () => {
  let online = false;
  const { told, commands } = worker([], () => (online ? [database] : [null, 'database_bg.wasm could not be loaded (503).']));
  const project = { files: { 'server.js': "console.log('runs')" }, data: { notes: [{ _id: 1 }] } };
  await commands.answer(1, { do: 'run', project });
  assert.match(told.find(({ id }) => id === 1).failure.message, /could not be loaded/);
  online = true;
  await commands.answer(2, { do: 'data', command: { data: 'collections' } });
  await commands.answer(3, { do: 'run', project });
  assert.deepEqual([2, 3].map((wanted) => told.find(({ id }) => id === wanted).failure), [undefined, undefined]);
  await commands.answer(4, { do: 'stop' });
});
await test('a run that waits for its packs is given up for a later one, and by a stop', async () => {
  const told = [];
  const commands = new Commands(Promise.resolve(engine), [], (message) => told.push(message));
  const server = (first, port) => ({ do: 'run', project: { files: { 'server.js': `${first}require('http').createServer((req, res) => res.end()).listen(${port})` } } });
  const slow = commands.answer(1, server("try { require('zod') } catch {} ", 3001));
  await commands.answer(2, server('', 3002));
  const stopped = commands.answer(3, server("try { require('joi') } catch {} ", 3003));
  await commands.answer(4, { do: 'stop' });
  for (const { need } of told.filter((message) => message.need)) commands.packs.came(need, { texts: {}, failures: {} });
  await Promise.all([slow, stopped]);
  assert.deepEqual(told.filter(({ event }) => event?.event === 'listening').map(({ event }) => event.ports), [[3002], []]);
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

const STREAM = `
  require('http').createServer((req, res) => {
    if (req.url === '/at-once') return res.end('all of it');
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('data: 1\\n\\n');
    if (req.url === '/breaks') return setTimeout(() => res.destroy(), 20);
    const timer = setInterval(() => res.write('data: more\\n\\n'), 30);
    req.on('close', () => (clearInterval(timer), console.log('the client left')));
  }).listen(3000);`;
const text = (bytes) => new TextDecoder().decode(bytes);

await test('an answer that does not end is told piece by piece, until the page gives it up', async () => {
  const { told, commands } = worker([]);
  await commands.answer(1, { do: 'run', project: { files: { 'server.js': STREAM }, command: 'node server.js' } });
  const arrived = (send) => told.filter(({ event }) => event?.event === 'arriving' && event.send === send).map(({ event }) => event.answer);
  const send = (id, path) => commands.answer(id, { do: 'send', send: id, request: { method: 'GET', url: `http://localhost:3000${path}`, headers: [] } });
  const answerOf = (id) => told.find((message) => message.id === id)?.value;

  const open = send(2, '/');
  while (arrived(2).length < 3) await pause(10);
  const pieces = arrived(2);
  assert.equal(pieces[0].status, 200);
  assert.ok(pieces[0].headers.some(([name, value]) => name === 'Content-Type' && value === 'text/event-stream'));
  assert.match(pieces.map(({ body }) => text(body)).join(''), /^data: 1\n\n(data: more\n\n){2,}$/);
  await commands.answer(3, { do: 'cancel', send: 2 });
  await open;
  assert.equal(answerOf(2).failure.kind, 'aborted');
  while (!told.some(({ event }) => event?.lines?.some((line) => line.text === 'the client left'))) await pause(10);

  const traceOf = (path) => told.findLast(({ event }) => event?.trace?.request.url === path)?.event.trace;
  while (!traceOf('/')) await pause(10);
  assert.deepEqual([traceOf('/').begun, traceOf('/').response], [200, undefined]);

  await send(4, '/at-once');
  assert.deepEqual([text(answerOf(4).body), arrived(4)], ['all of it', []]);
  await send(5, '/breaks');
  assert.deepEqual([answerOf(5).failure.kind, arrived(5).map(({ body }) => text(body))], ['reset', ['data: 1\n\n']]);
  await commands.answer(6, { do: 'stop' });
});
