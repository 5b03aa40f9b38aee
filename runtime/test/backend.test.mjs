/** The mock API on port 4000, its journal, and the database's door. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox, openGrader, started } from './support.mjs';

const json = async (response) => ({ status: response.status, body: await response.json() });
const post = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

await test('the mock API answers before anything runs', async () => {
  const sandbox = await createSandbox({ clock: 'virtual', files: {} });
  const { status } = await sandbox.fetch('http://localhost:4000/api/health');
  assert.equal(status, 200);
  await sandbox.settled();
  assert.ok(sandbox.traces[0].layers.length > 0);
  assert.equal(sandbox.traces[0].host, 'localhost:4000');
  await sandbox.close();
});
await test('a snippet reaches it by a relative URL', async () => {
  const sandbox = await started("fetch('/api/users').then((r) => console.log(r.status))");
  assert.equal(sandbox.printed(), '200');
  await sandbox.close();
});
await test('its port is taken', async () => {
  const sandbox = await started("require('http').createServer().listen(4000)");
  assert.equal(sandbox.result.error.code, 'EADDRINUSE');
  await sandbox.close();
});
await test('an answer waits until its journal is stored', async () => {
  const seen = [];
  let release;
  const onJournal = (records) => {
    seen.push(`journal ${records.length > 0 && records[0] instanceof Uint8Array}`);
    return new Promise((resolve) => (release = resolve));
  };
  const sandbox = await createSandbox({ clock: 'virtual', files: {}, onJournal, onChanged: (names) => seen.push(`changed ${names.length > 0}`) });
  const answer = sandbox.data.command({ data: 'insert', collection: 'notes.first', document: { _id: 1, text: 'x' } }).then(() => seen.push('answered'));
  await Promise.resolve();
  assert.deepEqual(seen, ['journal true']);
  release();
  await answer;
  assert.deepEqual(seen, ['journal true', 'changed true', 'answered']);
  await sandbox.close();
});
await test('a change that cannot be stored is taken back and not acknowledged', async () => {
  const sandbox = await createSandbox({ clock: 'virtual', files: {}, onJournal: () => Promise.reject(new Error('the storage is full')) });
  const count = async () => (await sandbox.data.command({ data: 'find', collection: 'users', filter: {} })).total;
  const before = await count();
  const { status, body } = await json(await sandbox.fetch('http://localhost:4000/api/auth/signup', post({ name: 'Zoya', email: 'zoya@example.com', password: 'correct horse 1' })));
  assert.equal(status, 507, JSON.stringify(body));
  assert.match(body.error, /the storage is full/);
  assert.equal(await count(), before);
  await sandbox.close();
});
await test('a snapshot carries the data', async () => {
  const first = await createSandbox({ clock: 'virtual', files: {} });
  await first.data.command({ data: 'insert', collection: 'shop.books', document: { _id: 7, title: 'T' } });
  const second = await createSandbox({ clock: 'virtual', files: {}, snapshot: first.snapshot() });
  const { documents } = await second.data.command({ data: 'find', collection: 'shop.books', filter: { title: 'T' } });
  assert.deepEqual(documents, [{ _id: 7, title: 'T' }]);
  await first.close();
  await second.close();
});
await test("a project's rows stand in place of the collection's own", async () => {
  const check = async (data, expected) => {
    const sandbox = await createSandbox({ clock: 'virtual', files: {}, data });
    const seen = sandbox.data.all();
    for (const [name, documents] of Object.entries(expected)) assert.deepEqual(seen[name], documents);
    assert.ok(seen.books.length > 0, 'other collections keep their rows');
    await sandbox.close();
  };
  const row = { _id: 1, email: 'a@example.com' };
  await check({ users: [row] }, { users: [row] });
  await check({ users: [row], 'shop.items': [{ _id: 2 }] }, { users: [row], 'shop.items': [{ _id: 2 }] });
  await check({ users: [] }, { users: [] });
});
await test('the pure functions', async () => {
  const sandbox = await createSandbox({ clock: 'virtual', files: {} });
  assert.deepEqual(sandbox.docdb.find([{ a: 1 }, { a: 2 }, { a: 3 }], { a: { $gt: 1 } }, { sort: { a: -1 }, limit: 1 }), [{ a: 3 }]);
  assert.equal(sandbox.docdb.test({ a: 1 }, { a: 2 }), false);
  assert.deepEqual(sandbox.docdb.update([{ a: 1 }], { a: 1 }, { $inc: { a: 4 } }).documents, [{ a: 5 }]);
  await sandbox.close();
});
await test("records show the database once it has the task's rows", async () => {
  const grader = openGrader();
  const open = async (project) => (await grader.answer({ do: 'open', sandbox: 'a', project: { files: { 'server.js': '' }, ...project } })).record;
  assert.equal((await open({})).db, undefined);
  assert.deepEqual((await open({ data: { 'shop.items': [{ _id: 1, n: 2 }] } })).db['shop.items'], [{ _id: 1, n: 2 }]);
  grader.close();
});
