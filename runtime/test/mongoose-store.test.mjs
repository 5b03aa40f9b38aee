/** What drivers write: stored before it is acknowledged, taken back when it cannot be, and part of the one database of a sandbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox, openGrader, started } from './support.mjs';

const program = (body, url = 'mongodb://localhost:27017/shop') => `
const mongoose = require('mongoose');
const Note = mongoose.model('Note', new mongoose.Schema({ n: Number, at: Date }, { versionKey: false, autoIndex: false, autoCreate: false }));
const run = async () => {
  await mongoose.connect('${url}');
  ${body}
  await mongoose.disconnect();
};
run().catch((error) => console.log(error.name, error.code, error.codeName, error.message));
`;
const notes = async (sandbox, collection = 'shop.notes') => (await sandbox.data.command({ data: 'find', collection, filter: {}, projection: { _id: 0 } })).documents;

await test('a write is acknowledged when its journal is stored; what comes meanwhile is one batch', async () => {
  const batches = [];
  let release;
  const onJournal = (records) => {
    batches.push(records.length);
    return new Promise((resolve) => (release = resolve));
  };
  const code = program("await Note.create({ n: 0 }); console.log('done');");
  const sandbox = await createSandbox({ clock: 'virtual', seed: 'a', files: { 'server.js': code }, onJournal });
  const running = sandbox.start();
  while (!release) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(sandbox.console, []);
  const later = [1, 2, 3].map((n) => sandbox.data.run('shop', { insert: 'notes', documents: [{ n }] }).stored);
  for (let stored = 0; stored < 2; stored += 1) {
    const go = release;
    release = undefined;
    go();
    while (!release && stored === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all([running, ...later]);
  assert.equal(sandbox.console[0].text, 'done');
  // The first holds the seed data, the collection and the document.
  assert.deepEqual(batches.slice(1), [3]);
  await sandbox.close();
});

await test('a full storage is an error of MongoDB, and the change is taken back', async () => {
  let full = false;
  const onJournal = () => (full ? Promise.reject(new Error('the storage is full')) : Promise.resolve());
  const code = program("await Note.create({ n: 1 }); await fetch('http://localhost:4000/api/health'); await mongoose.connection.db.command({ ping: 1 }); process.emit('full'); await Note.create({ n: 2 });");
  const sandbox = await createSandbox({ clock: 'virtual', seed: 'a', files: { 'server.js': `process.on('full', () => console.log('filling'));${code}` }, onJournal, onConsole: ({ text }) => (full ||= text === 'filling') });
  await sandbox.start();
  assert.match(sandbox.console.at(-1).text, /^MongoServerError 14031 OutOfDiskSpace The change was not made: the storage is full\. /);
  assert.deepEqual(await notes(sandbox), [{ n: 1 }]);
  await sandbox.close();
});

await test('a journal brings it back, beside the collections of the mock API', async () => {
  const records = [];
  const first = await started(program('await Note.insertMany([{ n: 1 }, { n: 2 }]); await Note.collection.createIndex({ n: 1 });'), { onJournal: async (batch) => void records.push(...batch) });
  const cards = await first.data.command({ data: 'collections' });
  assert.deepEqual(cards.map(({ name }) => name), ['books', 'orders', 'reviews', 'users', 'shop.notes']);
  assert.deepEqual(cards.at(-1).indexes.map(({ name }) => name), ['_id_', 'n_1']);
  assert.ok(records.length > 4);
  const again = await started(program('console.log(await Note.countDocuments())'), { snapshot: first.snapshot(), files: { 'server.js': program('console.log(await Note.countDocuments())') } });
  assert.equal(again.printed(), '2');
  await first.close();
  await again.close();
});

await test('the same seed makes the same ids', async () => {
  const ids = async (seed) => {
    const sandbox = await started(program('console.log(String((await Note.create({ n: 1 }))._id), (await Note.collection.findOneAndUpdate({ n: 9 }, { $set: { n: 9 } }, { upsert: true, returnDocument: "after" }))._id)'), { seed });
    const text = sandbox.printed();
    await sandbox.close();
    return text;
  };
  assert.match(await ids('a'), /^[0-9a-f]{24} /);
  assert.equal(await ids('a'), await ids('a'));
  assert.notEqual(await ids('a'), await ids('b'));
});

await test('documents expire on the virtual clock', async () => {
  const sandbox = await started(program("await Note.collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 }); await Note.create({ n: 1, at: new Date() }); await new Promise((resolve) => setTimeout(resolve, 90_000)); console.log(await Note.countDocuments());"));
  assert.equal((await notes(sandbox)).length, 1);
  await sandbox.advance(100_000);
  assert.equal(sandbox.printed(), '0');
  await sandbox.close();
});

await test('a restart keeps the database, and a transaction that was left open stands in no one’s way', async () => {
  const code = program("const session = await mongoose.startSession(); if ((await Note.countDocuments()) === 0) { await Note.create({ n: 1 }); session.startTransaction(); await Note.updateOne({ n: 1 }, { n: 5 }, { session }); process.exit(); } await Note.updateOne({ n: 1 }, { n: 2 }); console.log((await Note.find().lean()).map(({ n }) => n)); await session.endSession();");
  const sandbox = await started(code);
  await sandbox.restart();
  assert.equal(sandbox.printed(), '[ 2 ]');
  await sandbox.close();
});

await test('an open connection keeps a program alive, a closed one lets it end', async () => {
  const open = await started("require('mongoose').connect('mongodb://127.0.0.1/shop').then(() => console.log('open'))");
  assert.deepEqual([open.printed(), open.exitCode], ['open', undefined]);
  await open.close();
  const refused = await started("require('mongoose').connect('mongodb://localhost:27018/shop', { serverSelectionTimeoutMS: 900 }).catch((error) => console.log(error.name, error.message))");
  assert.deepEqual([refused.printed(), refused.exitCode], ['MongooseServerSelectionError connect ECONNREFUSED 127.0.0.1:27018', 0]);
  await refused.close();
});

await test('an address of Atlas leads to the database of the page, and says so once', async () => {
  const sandbox = await started(program('console.log(await Note.countDocuments())', 'mongodb+srv://asha:secret@cluster0.abc12.mongodb.net/shop?retryWrites=true&w=majority'));
  const lines = sandbox.console.map(({ level, text }) => `${level} ${text}`);
  assert.deepEqual(lines, ['system MongoDB Atlas is not reached from here: the database of this page answers in its place, to any name and password.', 'log 0']);
  assert.equal(sandbox.exitCode, 0);
  await sandbox.close();
});

await test('any command of MongoDB, at once, in Extended JSON', async () => {
  const sandbox = await createSandbox({ clock: 'virtual', seed: 'a', files: {} });
  const run = (command, database = 'shop') => sandbox.data.run(database, command).reply;
  const id = { $oid: '000000000000000000000001' };
  assert.equal(run({ insert: 'users', documents: [{ _id: id, name: 'Kishore' }] }).n, 1);
  assert.deepEqual(run({ find: 'users', filter: { _id: id } }).cursor.firstBatch, [{ _id: id, name: 'Kishore' }]);
  assert.deepEqual(run({ listDatabases: 1, nameOnly: true }, 'admin').databases.map(({ name }) => name), ['admin', 'config', 'local', 'mock', 'shop']);
  const { ok, code, codeName, errmsg } = run({ frobnicate: 1 });
  assert.deepEqual([ok, code, codeName, errmsg], [0, 59, 'CommandNotFound', "no such command: 'frobnicate'"]);
  assert.equal(run({ explain: { find: 'users', filter: { _id: id } } }).queryPlanner.winningPlan.stage.length > 0, true);
  const stored = sandbox.data.run('shop', { drop: 'users' });
  await stored.stored;
  assert.equal(stored.reply.ok, 1);
  await sandbox.close();
});

await test("a task's rows and records are of the database that its connection string names", async () => {
  const grader = openGrader();
  const files = { 'server.js': program('await Note.create({ n: 2 }); console.log(await Note.countDocuments());') };
  const { record } = await grader.answer({ do: 'open', sandbox: 'a', project: { files, data: { notes: [{ _id: 1, n: 1 }], 'other.things': [{ _id: 1 }] } } });
  assert.deepEqual(record.console, ['2']);
  assert.deepEqual(Object.keys(record.db), ['other.things', 'notes']);
  assert.deepEqual(record.db.notes.map(({ n }) => n), [1, 2]);
  assert.deepEqual(record.queries.map(({ op, plan, returned, changed }) => [op, plan, returned, changed]), [['notes.insertOne', '', 0, 1], ['notes.countDocuments', 'COLLSCAN', 1, 0]]);
  grader.close();
});
