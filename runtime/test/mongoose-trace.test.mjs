/** What the glass box sees of a driver's work: in the trace of the request that asked for it, else in none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGrader, started } from './support.mjs';

const server = `
const express = require('express');
const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: { type: String, unique: true }, password: String, age: Number }, { versionKey: false }));
const app = express();
app.use(express.json());
app.get('/users', async function list(req, res) { res.json(await User.find({ age: { $gte: 30 } })); });
app.get('/users/:email', async function one(req, res) {
  const user = await User.findOne({ email: req.params.email });
  res.status(user ? 200 : 404).json({ found: Boolean(user) });
});
app.post('/users', async function create(req, res) { res.status(201).json(await User.create(req.body)); });
app.patch('/users/:email', async function change(req, res) { res.json(await User.updateOne({ email: req.params.email }, req.body)); });
mongoose.connect('mongodb://localhost:27017/shop').then(async () => {
  await User.init();
  await User.create({ email: 'first@b.c', age: 40 });
  app.listen(3000);
});
`;

const send = (sandbox, method, path, body) =>
  sandbox.send({ method, url: `http://localhost:3000${path}`, headers: body ? [['content-type', 'application/json']] : [], body: body && JSON.stringify(body) });

await test('each command is in the trace of its request, at the layer that asked, with what it changed', async () => {
  const sandbox = await started(server);
  assert.deepEqual(sandbox.listening, [3000]);
  await send(sandbox, 'POST', '/users', { email: 'a@b.c', password: 'secret', age: 31 });
  await send(sandbox, 'GET', '/users');
  await send(sandbox, 'GET', '/users/a@b.c');
  await send(sandbox, 'PATCH', '/users/a@b.c', { age: 32 });
  await sandbox.settled();
  const seen = sandbox.traces.map((trace) => trace.layers.flatMap((layer) => layer.work.map(({ op, plan, examined, returned, changed, detail }) => [layer.name, op, plan, examined, returned, changed, detail.replace(/ObjectId\('\w+'\)/, '…')])));
  assert.deepEqual(seen, [
    [['create', 'users.insertOne', '', 0, 0, 1, '{ email: "a@b.c", password: "••••••", age: 31, _id: … }']],
    [['list', 'users.find', 'COLLSCAN', 2, 2, 0, '{ age: { $gte: 30 } }']],
    [['one', 'users.findOne', 'IXSCAN email_1', 1, 1, 0, '{ email: "a@b.c" }']],
    [['change', 'users.updateOne', 'IXSCAN email_1', 1, 1, 1, '{ email: "a@b.c" }']],
  ]);
  const [inserted, , , updated] = sandbox.traces.map(({ writes }) => writes);
  assert.deepEqual(inserted.map(({ collection, kind, before, after }) => [collection, kind, before, after.password, after.age]), [['users', 'insert', undefined, '••••••', 31]]);
  assert.deepEqual(updated.map(({ kind, before, after }) => [kind, before.age, after.age]), [['update', 31, 32]]);
  await sandbox.close();
});

await test('requests at once keep their work apart', async () => {
  const sandbox = await started(server);
  await Promise.all(Array.from({ length: 20 }, (_, at) => send(sandbox, 'GET', `/users/${at}@b.c`)));
  await sandbox.settled();
  const details = sandbox.traces.map(({ request, layers }) => [request.url, layers.flatMap(({ work }) => work.map(({ detail }) => detail))]);
  assert.deepEqual(details.map(([, all]) => all), details.map(([url]) => [`{ email: "${url.split('/')[2]}" }`]));
  await sandbox.close();
});

await test("a check's record has the queries of its step", async () => {
  const grader = openGrader();
  const { record: start } = await grader.answer({ do: 'open', sandbox: 'a', project: { files: { 'server.js': server } } });
  assert.deepEqual(start.queries.map(({ op }) => op), ['users.insertOne']);
  const { record } = await grader.answer({ do: 'perform', sandbox: 'a', action: { request: 'GET /users' } });
  assert.deepEqual(record.queries.map(({ op, on, plan, examined }) => [op, on, plan, examined]), [['users.find', 'users', 'COLLSCAN', 1]]);
  assert.deepEqual(record.db.users.map(({ email }) => email), ['first@b.c']);
  grader.close();
});

await test('the refs of schemas are relations between collections', async () => {
  const code = `
    const mongoose = require('mongoose');
    const { ObjectId } = mongoose.Schema.Types;
    const Line = new mongoose.Schema({ book: { type: ObjectId, ref: 'Book' }, count: Number });
    const Order = new mongoose.Schema({
      by: { type: ObjectId, ref: 'Person' }, gifts: [{ type: ObjectId, ref: 'Book' }], lines: [Line],
      address: new mongoose.Schema({ courier: { type: ObjectId, ref: 'Person' } }), unknown: { type: ObjectId, ref: 'Nobody' },
    });
    mongoose.model('Person', new mongoose.Schema({ name: String }));
    mongoose.model('Book', new mongoose.Schema({ title: String }), 'library');
    mongoose.model('Order', Order);
    mongoose.connect('mongodb://localhost/shop').then(() => console.log('open'));
  `;
  const sandbox = await started(code, { seed: 'refs' });
  try {
    const relations = await sandbox.data.command({ data: 'relations' });
    const shown = relations.map(({ from, field, to, list }) => `${from} ${field} ${list ? 'many' : 'one'} ${to}`).sort();
    assert.deepEqual(shown, [
      'shop.orders address.courier one shop.people',
      'shop.orders by one shop.people',
      'shop.orders gifts many shop.library',
      'shop.orders lines.book many shop.library',
    ]);
  } finally {
    await sandbox.close();
  }
});
