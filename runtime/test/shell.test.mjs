/** The MongoDB shell: what lines come to and how it is printed, as mongosh prints it; scripts and `--eval` on a command line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from './support.mjs';

const open = (options = {}) => createSandbox({ clock: 'virtual', seed: 'shell', files: {}, ...options });
const id = "ObjectId('65a1b2c3d4e5f6a7b8c9d0e1')";
const steady = (text) => text.replace(/ObjectId\('[0-9a-f]{24}'\)/g, (made) => (made === id ? id : "ObjectId('…')"));

/** Types lines at one prompt; each must show what stands beside it, what it prints before its value. */
async function typed(name, lines, options) {
  await test(name, async () => {
    const sandbox = await open(options);
    for (const [line, wanted] of lines) {
      const { lines: shown } = await sandbox.shell(line);
      assert.equal(steady(shown.map(({ text }) => text).join('\n')), wanted, line);
    }
    await sandbox.close();
  });
}

const updated = (fields) => {
  const { insertedId = 'null', matched = 0, modified = 0, upserted = 0 } = fields;
  return `{\n  acknowledged: true,\n  insertedId: ${insertedId},\n  matchedCount: ${matched},\n  modifiedCount: ${modified},\n  upsertedCount: ${upserted}\n}`;
};

await typed('databases and collections', [
  ['db', 'test'],
  ['use shop', 'switched to db shop'],
  ['use shop', 'already on db shop'],
  ['db.createCollection("empty")', '{ ok: 1 }'],
  ['db.users.insertOne({ name: "Kishore" })', "{\n  acknowledged: true,\n  insertedId: ObjectId('…')\n}"],
  ['show collections', 'empty\nusers'],
  ['show tables', 'empty\nusers'],
  ['db.getCollectionNames()', "[ 'empty', 'users' ]"],
  ['db.getMongo().getDBNames()', "[ 'admin', 'config', 'local', 'mock', 'shop' ]"],
  ['db.users', 'shop.users'],
  ["db['users'].countDocuments()", '1'],
  ["db.getCollection('users').countDocuments()", '1'],
  ["db.getSiblingDB('other').users.countDocuments()", '0'],
  ['db.system.a.insertOne({ _id: 1 }).insertedId', '1'],
  ['db.system.a.drop()', 'true'],
  ['db.empty.drop()', 'true'],
  ['db.users.renameCollection("people")', '{ ok: 1 }'],
  ['show collections', 'people'],
  ['db.people.stats().count', '1'],
  ['db.stats().collections', '1'],
  ['db.runCommand({ ping: 1 })', '{ ok: 1 }'],
  ['db.dropDatabase()', "{ ok: 1, dropped: 'shop' }"],
  ['show collections', ''],
  ['show nothing', "MongoshInvalidInputError: [COMMON-10001] 'nothing' is not a valid argument for \"show\". It takes dbs, collections, tables or databases."],
  ['use a.b', 'MongoshInvalidInputError: [COMMON-10001] Invalid database name: a.b'],
]);

await typed('functions are sent as code', [
  ['db.n.insertMany([{ _id: 1, v: 2 }, { _id: 2, v: 5 }]).insertedIds[1]', '2'],
  ['db.n.find({ $where: function () { return this.v > 3; } })', '[ { _id: 2, v: 5 } ]'],
  ['db.n.aggregate([{ $project: { s: { $function: { body: (v) => v * v, args: ["$v"], lang: "js" } } } }])', '[ { _id: 1, s: 4 }, { _id: 2, s: 25 } ]'],
  ['db.n.find({ $where: "nope()" })', 'MongoServerError[JSInterpreterFailure]: ReferenceError: nope is not defined'],
]);

await test('show dbs has sizes in a column', async () => {
  const sandbox = await open();
  await sandbox.shell('use shop');
  await sandbox.shell("db.users.insertOne({ _id: 1, text: 'x'.repeat(2000) })");
  const { lines } = await sandbox.shell('show dbs');
  assert.match(lines[0].text, /^admin {8}0 B\nconfig {7}0 B\nlocal {8}0 B\nmock {3}\s*[\d.]+ KiB\nshop {4}1.98 KiB$/);
  await sandbox.close();
});

await typed('reading', [
  ["db.users.insertMany([{ _id: 1, name: 'A', age: 30, tags: ['x'], at: new Date(0) }, { _id: 2, name: 'B', age: 21, city: { pin: NumberLong(411001) } }])", "{ acknowledged: true, insertedIds: { '0': 1, '1': 2 } }"],
  ['db.users.find()', "[\n  {\n    _id: 1,\n    name: 'A',\n    age: 30,\n    tags: [ 'x' ],\n    at: ISODate('1970-01-01T00:00:00.000Z')\n  },\n  { _id: 2, name: 'B', age: 21, city: { pin: Long('411001') } }\n]"],
  ['db.users.find({ age: { $gt: 25 } }, { _id: 0, name: 1 })', "[ { name: 'A' } ]"],
  ["db.users.findOne({ name: 'Z' })", 'null'],
  ["db.users.find({ name: 'Z' })", ''],
  ["db.users.find({ age: '21' })", ''],
  ['db.users.find().sort({ name: -1 }).limit(1).toArray()[0].name', 'B'],
  ['db.users.find().skip(1).projection({ name: 1, _id: 0 })', "[ { name: 'B' } ]"],
  ['db.users.find().map((user) => user.name)', "[ 'A', 'B' ]"],
  ['db.users.find().count()', '2'],
  ['db.users.find().limit(1).size()', '1'],
  ['db.users.find().pretty().next().name', 'A'],
  ['const users = db.users.find(); while (users.hasNext()) print(users.next().name)', 'A\nB'],
  ['let total = 0; db.users.find().forEach((user) => { total += user.age }); total', '51'],
  ["db.users.distinct('name', { age: { $lt: 25 } })", "[ 'B' ]"],
  ['db.users.countDocuments({ age: { $gt: 25 } })', '1'],
  ['db.users.estimatedDocumentCount()', '2'],
  ["db.users.aggregate([{ $group: { _id: null, mean: { $avg: '$age' } } }])", '[ { _id: null, mean: 25.5 } ]'],
  ["db.users.aggregate([{ $match: { _id: 1 } }, { $out: 'copy' }])", ''],
  ['db.copy.countDocuments()', '1'],
  ["db.users.find({ age: 30 }).explain('executionStats').executionStats.totalDocsExamined", '2'],
  ["db.users.explain().find({ age: 30 }).queryPlanner.winningPlan.stage", 'COLLSCAN'],
  ['db.users.find({ $nope: 1 })', "MongoServerError[BadValue]: unknown top level operator: $nope. If you have a field name that starts with a '$' symbol, consider using $getField or $setField."],
  ['db.users.fnd()', 'TypeError: db.users.fnd is not a function'],
]);

await typed('twenty at a time', [
  ['for (let i = 0; i < 45; i++) db.many.insertOne({ _id: i })', '{ acknowledged: true, insertedId: 44 }'],
  ['db.many.find().map((one) => one._id)', '[\n   0,  1,  2,  3,  4,  5,  6,\n   7,  8,  9, 10, 11, 12, 13,\n  14, 15, 16, 17, 18, 19\n]\nType "it" for more'],
  ['it', '[\n  20, 21, 22, 23, 24, 25, 26,\n  27, 28, 29, 30, 31, 32, 33,\n  34, 35, 36, 37, 38, 39\n]\nType "it" for more'],
  ['it', '[ 40, 41, 42, 43, 44 ]'],
  ['it', 'no cursor'],
  ['db.many.find().batchSize(2)', '[ { _id: 0 }, { _id: 1 } ]\nType "it" for more'],
  ['db.many.find().itcount()', '45'],
]);

await typed('writing', [
  ["db.u.insertOne({ _id: 1, name: 'A' })", '{ acknowledged: true, insertedId: 1 }'],
  ["db.u.updateOne({ name: 'A' }, { $set: { age: 31 } })", updated({ matched: 1, modified: 1 })],
  ["db.u.updateOne({ name: 'C' }, { $set: { age: 1 } }, { upsert: true })", updated({ insertedId: "ObjectId('…')", upserted: 1 })],
  ['db.u.updateMany({}, { $inc: { age: 1 } })', updated({ matched: 2, modified: 2 })],
  ["db.u.updateOne({ _id: 1 }, [{ $set: { twice: { $multiply: ['$age', 2] } } }]).modifiedCount", '1'],
  ["db.u.replaceOne({ name: 'C' }, { name: 'D' })", updated({ matched: 1, modified: 1 })],
  ["db.u.findOneAndUpdate({ _id: 1 }, { $set: { age: 5 } }, { returnDocument: 'after', projection: { _id: 0, age: 1 } })", '{ age: 5 }'],
  ["db.u.findOneAndReplace({ name: 'D' }, { name: 'E' }).name", 'D'],
  ["db.u.findOneAndDelete({ name: 'E' }).name", 'E'],
  ['db.u.findAndModify({ query: { _id: 1 }, update: { $inc: { age: 1 } }, new: true }).age', '6'],
  ['db.u.deleteOne({ _id: 1 })', '{ acknowledged: true, deletedCount: 1 }'],
  ['db.u.deleteMany({})', '{ acknowledged: true, deletedCount: 0 }'],
  ['db.u.bulkWrite([{ insertOne: { document: { _id: 7 } } }, { updateOne: { filter: { _id: 7 }, update: { $set: { a: 1 } } } }, { deleteOne: { filter: { _id: 7 } } }])', "{\n  acknowledged: true,\n  insertedCount: 1,\n  insertedIds: { '0': 7 },\n  matchedCount: 1,\n  modifiedCount: 1,\n  deletedCount: 1,\n  upsertedCount: 0,\n  upsertedIds: {}\n}"],
  ["db.u.updateOne({ _id: 1 }, { age: 31 })", 'MongoInvalidArgumentError: Update document requires atomic operators. updateOne changes fields that operators name: write { $set: { age: … } }, or call replaceOne to replace the whole document'],
  ['db.u.replaceOne({ _id: 1 }, { $set: { age: 31 } })', 'MongoInvalidArgumentError: Replacement document must not contain atomic operators'],
  ['db.u.insertOne()', 'MongoshInvalidInputError: [COMMON-10001] Missing required argument at position 0 (Collection.insertOne)'],
  ['db.u.insert({ _id: 9 })', "DeprecationWarning: Collection.insert() is deprecated. Use insertOne, insertMany, or bulkWrite.\n{ acknowledged: true, insertedIds: { '0': 9 } }"],
  ['db.u.insert({ _id: 10 }).acknowledged', 'true'],
]);

await typed('indexes and duplicates', [
  ['db.users.createIndex({ email: 1 }, { unique: true })', 'email_1'],
  ['db.users.createIndexes([{ a: 1, b: -1 }, { c: 1 }])', "[ 'a_1_b_-1', 'c_1' ]"],
  ['db.users.getIndexes().length', '4'],
  ['db.users.getIndexes()[1]', "{ v: 2, key: { email: 1 }, name: 'email_1', unique: true }"],
  ["db.users.insertOne({ email: 'a' }).acknowledged", 'true'],
  ["db.users.insertOne({ email: 'a' })", 'MongoServerError: E11000 duplicate key error collection: test.users index: email_1 dup key: { email: "a" }'],
  ["try { db.users.insertOne({ email: 'a' }) } catch (error) { [error.code, error.keyValue] }", "[ 11000, { email: 'a' } ]"],
  ["try { db.users.insertMany([{ email: 'b' }, { email: 'b' }, { email: 'c' }]) } catch (error) { [error.name, error.result.insertedCount, error.writeErrors.length] }", "[ 'MongoBulkWriteError', 1, 1 ]"],
  ["try { db.users.insertMany([{ email: 'd' }, { email: 'd' }, { email: 'e' }], { ordered: false }) } catch (error) { Object.keys(error.result.insertedIds) }", "[ '0', '2' ]"],
  ['db.users.dropIndex("email_1")', '{ nIndexesWas: 4, ok: 1 }'],
  ['db.users.dropIndex("none")', 'MongoServerError[IndexNotFound]: index not found with name [none]'],
]);

await typed('types', [
  [id, id],
  ["ObjectId('x')", 'BSONError: input must be a 24 character hex string, 12 byte Uint8Array, or an integer'],
  ["ISODate('2026-01-05')", "ISODate('2026-01-05T00:00:00.000Z')"],
  ["ISODate('2026-01-05T10:00:00+05:30')", "ISODate('2026-01-05T04:30:00.000Z')"],
  ["ISODate('soon')", 'Error: "soon" is not a valid ISODate'],
  ["[NumberInt(5), NumberLong('5'), NumberDecimal('1.50'), Timestamp(1, 2), MinKey(), MaxKey()]", "[\n  Int32(5),\n  Long('5'),\n  Decimal128('1.50'),\n  Timestamp({ t: 1, i: 2 }),\n  MinKey(),\n  MaxKey()\n]"],
  ["UUID('00112233-4455-6677-8899-aabbccddeeff')", "UUID('00112233-4455-6677-8899-aabbccddeeff')"],
  ["BinData(0, 'aGk=')", "Binary.createFromBase64('aGk=', 0)"],
  ['db.t.insertOne({ _id: 1, int: NumberInt(5), long: NumberLong(5), at: Timestamp(1, 2), re: /a/i })', '{ acknowledged: true, insertedId: 1 }'],
  ['db.t.findOne()', "{\n  _id: 1,\n  int: 5,\n  long: Long('5'),\n  at: Timestamp({ t: 1, i: 2 }),\n  re: /a/i\n}"],
  ["db.t.countDocuments({ long: { $type: 'long' }, int: { $type: 'int' } })", '1'],
  ['EJSON.stringify(db.t.findOne({}, { long: 1 }))', '{"_id":1,"long":5}'],
  [`${id} instanceof ObjectId && ${id}.equals(${id})`, 'true'],
]);

await typed('JavaScript around it', [
  ['function hello(name) { return `hi ${name}` }', ''],
  ["hello('you')", 'hi you'],
  ['const { a, b = 2 } = { a: 1 }', ''],
  ['[a, b]', '[ 1, 2 ]'],
  ['x = 5', '5'],
  ['x + a', '6'],
  ['class Point { constructor() { this.x = 1 } }', ''],
  ['new Point()', 'Point { x: 1 }'],
  ['if (x > 4) "big"; else "small"', 'big'],
  ['await Promise.resolve(7)', '7'],
  ['{ a: 1 }', '{ a: 1 }'],
  ["print('a', 1, { at: ISODate('2026-01-05') })", "a 1 { at: ISODate('2026-01-05T00:00:00.000Z') }"],
  ['console.log({ at: new Date(0) }, "x")', "{ at: ISODate('1970-01-01T00:00:00.000Z') } x"],
  ["require('./lib.js').five", '5'],
  ["load('helpers.js')", 'true'],
  ['twice(loaded)', '14'],
  ['nope', 'ReferenceError: nope is not defined'],
  ["throw new TypeError('own')", 'TypeError: own'],
  ['throw 5', 'Uncaught 5'],
  ['db.users.find(}', 'SyntaxError: Unexpected token (1:14)\n\n> 1 | db.users.find(}\n    |               ^'],
  ["db = db.getSiblingDB('other')", 'other'],
  ['db.x.insertOne({ _id: 1 }).insertedId', '1'],
  ['session = db.getMongo().startSession(); session.startTransaction(); session.getDatabase("other").x.insertOne({ _id: 2 }); db.x.countDocuments()', '1'],
  ['session.commitTransaction(); db.x.countDocuments()', '2'],
  ['while (true) {}', 'This loop never ends: stopped after 0.2 s at mongosh:1'],
  ['x', '5'],
], { files: { 'lib.js': 'exports.five = 5', 'helpers.js': 'var loaded = 7; function twice(x) { return 2 * x }' }, loopLimit: 200 });

await test('lines that go on, clear and leave', async () => {
  const sandbox = await open();
  assert.deepEqual(await sandbox.shell('db.users.find({'), { lines: [], prompt: '... ', incomplete: true });
  assert.deepEqual(await sandbox.shell('use shop'), { lines: [{ level: 'result', text: 'switched to db shop' }], prompt: 'shop> ' });
  assert.deepEqual(await sandbox.shell('cls'), { lines: [], prompt: 'shop> ', effect: 'clear' });
  await sandbox.shell('kept = 1');
  for (const leave of ['exit', 'quit()']) {
    assert.equal((await sandbox.shell(leave)).effect, 'exit');
    assert.equal((await sandbox.shell('typeof kept')).lines[0].text, 'undefined', 'a new shell has nothing of the last');
  }
  assert.match((await sandbox.shell('help')).lines[0].text, /use <name>.*insertOne/s);
  await sandbox.close();
});

const scripted = (name, line, files, wanted) =>
  test(name, async () => {
    const sandbox = await open({ files });
    const { exit } = await sandbox.command(line);
    assert.equal(steady(sandbox.console.map(({ text }) => text).join('\n')), wanted.prints);
    assert.equal(exit, wanted.exit ?? 0);
    if (wanted.error) assert.deepEqual([sandbox.console.at(-1).file, sandbox.console.at(-1).line], wanted.error);
    if (wanted.db) assert.deepEqual(sandbox.data.all()[wanted.db[0]], wanted.db[1]);
    await sandbox.close();
  });

await scripted('--eval prints what it comes to', 'mongosh shop --quiet --eval "db.users.insertOne({ _id: 1 })"', {}, { prints: '{ acknowledged: true, insertedId: 1 }', db: ['shop.users', [{ _id: 1 }]] });
await scripted('several --eval, one after the other', "mongosh --eval 'var n = 2' --eval 'n + 1'", {}, { prints: '3' });
await scripted('--eval as Extended JSON', "mongosh --json=relaxed --eval 'db.hello().ok'", {}, { prints: '1' });
await scripted('a script prints only what it prints', 'mongosh shop seed.js', { 'seed.js': "db.users.insertOne({ _id: 1, name: 'A' });\nprint(db.users.countDocuments());\nprintjson(db.users.findOne());" }, { prints: "1\n{ _id: 1, name: 'A' }", db: ['shop.users', [{ _id: 1, name: 'A' }]] });
await scripted('a script of a connection string', 'mongosh "mongodb://localhost:27017/shop" run.js', { 'run.js': "print(db.getName()); use('other'); print(db.getName())" }, { prints: 'shop\nother' });
await scripted('a script that throws names its line', 'mongosh bad.js', { 'bad.js': 'print(1)\n\n  nope()' }, { prints: '1\nReferenceError: nope is not defined', exit: 1, error: ['bad.js', 3] });
await scripted('a script that does not parse', 'mongosh bad.js', { 'bad.js': 'print(1)\nuse shop' }, { prints: 'SyntaxError: Unexpected token (2:4)\n\n  1 | print(1)\n> 2 | use shop\n    |     ^', exit: 1, error: ['bad.js', 2] });
await scripted('a script that waits', 'mongosh wait.js', { 'wait.js': 'await new Promise((done) => setTimeout(done, 90_000));\nprint(\'later\')' }, { prints: 'later' });
await scripted('a script that leaves', 'mongosh leave.js', { 'leave.js': "print('a'); quit(3); print('b')" }, { prints: 'a', exit: 3 });
await scripted('a script that is not there', 'mongosh none.js', {}, { prints: "Error: ENOENT: no such file or directory, open '/app/none.js'", exit: 1 });
await scripted('another port', 'mongosh --port 27018', {}, { prints: 'MongoNetworkError: connect ECONNREFUSED localhost:27018\nThe database of this page is at mongodb://localhost:27017.', exit: 1 });
await scripted('its version', 'mongosh --version', {}, { prints: '2.5.8' });

await test('mongosh alone asks the page for a prompt', async () => {
  const sandbox = await open();
  assert.equal((await sandbox.command('mongosh shop')).shell, 'shop');
  await sandbox.close();
});

await test('a line is shown when its records are stored, and taken back when they cannot be', async () => {
  const order = [];
  let full = false;
  const sandbox = await open({
    async onJournal(records) {
      await new Promise((done) => setImmediate(done));
      if (full) throw new Error('this site has used all the space that the browser gives it');
      order.push(`stored ${records.length > 0}`);
    },
  });
  await sandbox.shell('db.x.insertOne({ _id: 1 })').then(() => order.push('shown'));
  assert.deepEqual(order, ['stored true', 'shown']);
  full = true;
  const { lines } = await sandbox.shell('db.x.insertOne({ _id: 2 })');
  assert.equal(lines[0].text, 'MongoServerError[OutOfDiskSpace]: The change was not made: this site has used all the space that the browser gives it. Free space in the Database tool, or export the data, and try again.');
  assert.equal((await sandbox.shell('db.x.countDocuments()')).lines[0].text, '1');
  await sandbox.close();
});

await test('completion', async () => {
  const sandbox = await open();
  await sandbox.shell('use shop');
  await sandbox.shell("db.users.insertMany([{ name: 'A', age: 1, address: { city: 'Pune' } }])");
  await sandbox.shell("db.orders.insertOne({ total: 5 }); db.getCollection('odd-name').insertOne({}); var totals = 1");
  const table = [
    ['sh', 'show'],
    ['show ', 'collections databases dbs tables'],
    ['use sh', 'shop'],
    ['db.u', 'users'],
    ['db.users.findO', 'findOne findOneAndDelete findOneAndReplace findOneAndUpdate'],
    ["db['od", 'odd-name'],
    ["db.getCollection('or", 'orders'],
    ["db.getCollection('orders').dr", 'drop dropIndex dropIndexes'],
    ['db.users.find({ n', 'name'],
    ["db.users.find({ 'address.", 'address.city'],
    ['db.users.find({ age: { $gt', '$gte'],
    ["db.users.find({ name: '(' }).so", 'sort'],
    ['const list = db.users.find().toA', 'toArray'],
    ['db.users.aggregate([]).so', ''],
    ['db.users.aggregate([{ $gro', '$group'],
    ['db.users.aggregate([{ $match: { ag', 'age'],
    ["db.users.updateOne({ name: 'A' }, { $se", '$set $setOnInsert'],
    ["db.users.updateOne({ name: 'A' }, { $set: { ag", 'age'],
    ['db.users.insertOne({ na', 'name'],
    ['totals', ''],
    ['tot', 'totals'],
    ['ISO', 'ISODate'],
    ['other.', ''],
    ['', ''],
  ];
  for (const [line, wanted] of table) {
    const { from, options } = await sandbox.complete(line);
    assert.equal(options.join(' '), wanted, line);
    for (const option of options) assert.ok(option.startsWith(line.slice(from)), `${line} → ${option}`);
  }
  await sandbox.close();
});

await test('names offered by completion are there', async () => {
  const sandbox = await open();
  for (const [value, line] of [['db', 'db.'], ['db.x', 'db.x.'], ['db.x.find()', 'db.x.find().'], ['db.x.aggregate([])', 'db.x.aggregate([]).']]) {
    const { options } = await sandbox.complete(line);
    const { lines } = await sandbox.shell(`${JSON.stringify(options)}.filter((name) => typeof ${value}[name] !== 'function')`);
    assert.equal(lines[0].text, '[]', value);
    assert.ok(options.length > 10);
  }
  await sandbox.close();
});
