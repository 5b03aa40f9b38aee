/** Programs with mongoose and mongodb, and what each prints in Node. */

const connected = (body, url = 'mongodb://localhost:27017/shop') => `
const mongoose = require('mongoose');
const { Schema } = mongoose;
const id = (n) => new mongoose.Types.ObjectId(String(n).padStart(24, '0'));
(async () => {
  await mongoose.connect('${url}');
  ${body}
  await mongoose.disconnect();
})();
`;

const driver = (body) => `
const { MongoClient, ObjectId } = require('mongodb');
(async () => {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  const db = client.db('shop');
  ${body}
  await client.close();
})();
`;

export const programs = [
  {
    name: 'connects, creates and finds',
    code: connected(`
  console.log(mongoose.connection.readyState, mongoose.connection.name, mongoose.connection.host, mongoose.connection.port);
  const User = mongoose.model('User', new Schema({ name: String, age: Number }));
  const made = await User.create({ _id: id(1), name: 'Asha', age: 31 });
  console.log(made);
  const found = await User.findOne({ age: { $gt: 30 } });
  console.log(found instanceof User, found.toObject(), await User.find().lean(), JSON.stringify(found));
`),
    prints: `
1 shop localhost 27017
{
  name: 'Asha',
  age: 31,
  _id: new ObjectId('000000000000000000000001'),
  __v: 0
}
true {
  _id: new ObjectId('000000000000000000000001'),
  name: 'Asha',
  age: 31,
  __v: 0
} [
  {
    _id: new ObjectId('000000000000000000000001'),
    name: 'Asha',
    age: 31,
    __v: 0
  }
] {"_id":"000000000000000000000001","name":"Asha","age":31,"__v":0}
`,
  },
  {
    name: 'schemas: enum, required, defaults, setters, maps, buffers, decimals',
    code: connected(`
  const schema = new Schema({
    email: { type: String, required: true, lowercase: true, trim: true },
    role: { type: String, enum: ['user', 'admin'], default: 'user' },
    tags: [String], scores: { type: Map, of: Number }, price: Schema.Types.Decimal128, bytes: Buffer, big: BigInt, at: Date, home: { city: String },
  }, { versionKey: false });
  const User = mongoose.model('User', schema);
  const at = new Date('2026-01-02T03:04:05Z');
  await User.create({ _id: id(1), email: ' A@B.c ', tags: ['x'], scores: { a: 1 }, price: '9.99', bytes: Buffer.from('hi'), big: 7n, at, home: { city: 'Pune' } });
  const found = await User.findById(id(1));
  console.log(found.email, found.role, found.scores.get('a'), String(found.price), found.bytes.toString(), found.big, found.at.toISOString(), found.home.city, found.tags);
  console.log(Buffer.isBuffer(found.bytes));
  for (const bad of [{ email: 'a', role: 'king' }, {}, { email: 'a', at: 'soon' }]) {
    try {
      await User.create(bad);
    } catch (error) {
      console.log(error.name, '|', error.message, '|', Object.entries(error.errors).map(([path, { kind, name }]) => [path, kind, name].join(' ')).join());
    }
  }
`),
    prints: `
a@b.c user 1 9.99 hi 7n 2026-01-02T03:04:05.000Z Pune [ 'x' ]
true
ValidationError | User validation failed: role: \`king\` is not a valid enum value for path \`role\`. | role enum ValidatorError
ValidationError | User validation failed: email: Path \`email\` is required. | email required ValidatorError
ValidationError | User validation failed: at: Cast to date failed for value "soon" (type string) at path "at" for model "User" | at date CastError
`,
  },
  {
    name: 'a duplicate key and a cast error have the codes and texts of MongoDB',
    code: connected(`
  const User = mongoose.model('User', new Schema({ email: { type: String, unique: true }, n: Number }));
  await User.init();
  await User.create({ email: 'a@b.c' });
  try {
    await User.create({ email: 'a@b.c' });
  } catch (error) {
    console.log(error.name, error.code, error.message, error.keyPattern, error.keyValue);
  }
  try {
    await User.findById('nope');
  } catch (error) {
    console.log(error.name, error.message, error.kind, error.path);
  }
  try {
    await User.findOneAndUpdate({ email: 'new@b.c' }, { email: 'a@b.c' }, { upsert: true });
  } catch (error) {
    console.log(error.code, error.codeName);
  }
  try {
    await User.collection.updateOne({}, { n: 1 });
  } catch (error) {
    console.log(error.name, error.message);
  }
  console.log(await User.collection.indexes());
`),
    prints: `
MongoServerError 11000 E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "a@b.c" } { email: 1 } { email: 'a@b.c' }
CastError Cast to ObjectId failed for value "nope" (type string) at path "_id" for model "User" ObjectId _id
11000 DuplicateKey
MongoInvalidArgumentError Update document requires atomic operators
[
  { v: 2, key: { _id: 1 }, name: '_id_' },
  { v: 2, key: { email: 1 }, name: 'email_1', unique: true }
]
`,
  },
  {
    name: 'timestamps move, versions guard, updates and deletes say what they did',
    code: connected(`
  const Note = mongoose.model('Note', new Schema({ text: String, list: [Number] }, { timestamps: true }));
  const note = await Note.create({ text: 'a', list: [1, 2] });
  const before = note.updatedAt;
  await new Promise((resolve) => setTimeout(resolve, 50));
  note.text = 'b';
  await note.save();
  console.log(note.createdAt < note.updatedAt, before < note.updatedAt);
  const [one, two] = [await Note.findById(note.id), await Note.findById(note.id)];
  one.list = [3];
  await one.save();
  two.list[0] = 9;
  await two.save().catch((error) => console.log(error.name, error.message.replace(/"\\w{24}"/, '"…"')));
  console.log(await Note.updateOne({ _id: note._id }, { $set: { text: 'c' }, $push: { list: 4 } }));
  console.log((await Note.findByIdAndUpdate(note._id, { $inc: { 'list.0': 10 } }, { returnDocument: 'after' })).list);
  console.log((await Note.updateOne({ text: 'none' }, { text: 'new' }, { upsert: true })).upsertedCount, await Note.countDocuments(), await Note.distinct('text'));
  console.log(await Note.deleteMany({}), await Note.findById(note._id), await Note.exists({}));
`),
    prints: `
true true
VersionError No matching document found for id "…" version 0 modifiedPaths "list, list.0"
{
  acknowledged: true,
  modifiedCount: 1,
  upsertedId: null,
  upsertedCount: 0,
  matchedCount: 1
}
[ 13, 4 ]
1 2 [ 'c', 'new' ]
{ acknowledged: true, deletedCount: 2 } null null
`,
  },
  {
    name: 'references are populated, a dangling one is null',
    code: connected(`
  const Author = mongoose.model('Author', new Schema({ name: String, password: String }));
  const Book = mongoose.model('Book', new Schema({ title: String, author: { type: Schema.Types.ObjectId, ref: 'Author' } }));
  await Author.create({ _id: id(1), name: 'Asha', password: 'x' });
  await Book.create([{ title: 'A', author: id(1) }, { title: 'B', author: id(2) }]);
  for (const book of await Book.find().sort('title').populate('author', 'name -_id')) console.log(book.title, book.author);
  console.log((await Book.findOne({ title: 'A' })).author);
  const found = await Book.findOne({ title: 'A' }).populate('author');
  console.log(found.author._id.equals(id(1)), found.author.name, found.populated('author'));
  await Book.findOne().populate('editor').catch((error) => console.log(error.name, error.message));
`),
    prints: `
A { name: 'Asha' }
B null
new ObjectId('000000000000000000000001')
true Asha new ObjectId('000000000000000000000001')
StrictPopulateError Cannot populate path \`editor\` because it is not in your schema. Set the \`strictPopulate\` option to false to override.
`,
  },
  {
    name: 'queries, hooks, virtuals, methods, cursors',
    code: connected(`
  const schema = new Schema({ n: Number, kind: String });
  schema.pre('save', function () { console.log('before', this.n); });
  schema.post('save', (document) => console.log('after', document.n));
  schema.virtual('double').get(function () { return this.n * 2; });
  schema.methods.shout = function () { return this.kind.toUpperCase(); };
  schema.statics.odd = function () { return this.find({ n: { $mod: [2, 1] } }); };
  const Item = mongoose.model('Item', schema);
  await new Item({ n: 1, kind: 'x' }).save();
  await Item.insertMany(Array.from({ length: 249 }, (_, at) => ({ n: at + 2, kind: at % 2 ? 'x' : 'y' })));
  const first = await Item.findOne().sort({ n: 1 });
  console.log(first.double, first.shout(), (await Item.odd()).length, (await Item.find({ n: { $gt: 100 } }).sort('-n').skip(5).limit(2).select('n -_id').lean()));
  let sum = 0;
  for await (const item of Item.find().cursor()) sum += item.n;
  console.log(sum, await Item.estimatedDocumentCount());
  console.log(await Item.aggregate([{ $match: { n: { $lte: 10 } } }, { $group: { _id: '$kind', total: { $sum: '$n' } } }, { $sort: { _id: 1 } }]));
  console.log(await Item.bulkWrite([{ insertOne: { document: { n: 0 } } }, { deleteMany: { filter: { n: { $gt: 5 } } } }]).then((result) => [result.insertedCount, result.deletedCount]));
`),
    prints: `
before 1
after 1
2 X 125 [ { n: 245 }, { n: 244 } ]
31375 250
[ { _id: 'x', total: 25 }, { _id: 'y', total: 30 } ]
[ 1, 245 ]
`,
  },
  {
    name: 'transactions commit as a whole or not at all',
    code: connected(`
  const Account = mongoose.model('Account', new Schema({ name: String, balance: Number }));
  await Account.create([{ name: 'a', balance: 10 }, { name: 'b', balance: 0 }]);
  const move = (amount) => mongoose.connection.transaction(async (session) => {
    const from = await Account.findOneAndUpdate({ name: 'a' }, { $inc: { balance: -amount } }, { session, returnDocument: 'after' });
    await Account.updateOne({ name: 'b' }, { $inc: { balance: amount } }, { session });
    if (from.balance < 0) throw new Error('not enough');
  });
  const show = async () => console.log((await Account.find().sort('name')).map(({ balance }) => balance));
  await move(4);
  await show();
  await move(20).catch((error) => console.log(error.message));
  await show();
`),
    prints: `
[ 6, 4 ]
not enough
[ 6, 4 ]
`,
  },
  {
    name: 'a change stream tells of every write',
    code: connected(`
  const Task = mongoose.model('Task', new Schema({ text: String }, { versionKey: false }));
  await Task.createCollection();
  const stream = Task.watch([], { fullDocument: 'updateLookup' });
  const seen = [];
  const done = new Promise((resolve) => stream.on('change', ({ operationType, fullDocument, documentKey }) => {
    seen.push([operationType, fullDocument?.text, String(documentKey._id).slice(-1)].join(' '));
    if (seen.length === 3) resolve();
  }));
  await new Promise((resolve) => stream.once('ready', resolve));
  await Task.create({ _id: id(1), text: 'a' });
  await Task.updateOne({ _id: id(1) }, { text: 'b' });
  await Task.deleteOne({ _id: id(1) });
  await done;
  console.log(seen);
  await stream.close();
`),
    prints: `
[ 'insert a 1', 'update b 1', 'delete  1' ]
`,
  },
  {
    name: 'the driver alone',
    code: driver(`
  const users = db.collection('users');
  console.log(await users.insertOne({ _id: new ObjectId('000000000000000000000001'), name: 'Kishore' }));
  console.log(await users.findOne({ name: 'Kishore' }));
  await users.insertMany([{ name: 'A', age: 20 }, { name: 'B', age: 30 }, { name: 'C', age: 40 }]);
  console.log(await users.find({ age: { $gte: 30 } }, { projection: { _id: 0 } }).sort({ age: -1 }).toArray());
  console.log((await users.find({ _id: '000000000000000000000001' }).toArray()).length);
  await users.createIndex({ age: 1 });
  const { executionStats } = await users.find({ age: 30 }).explain();
  console.log(executionStats.executionStages.inputStage.stage, executionStats.totalDocsExamined, executionStats.nReturned);
  console.log((await db.listCollections().toArray()).map(({ name }) => name), (await db.admin().listDatabases()).databases.some(({ name }) => name === 'shop'));
  console.log(await db.command({ nonsense: 1 }).catch((error) => [error.name, error.code, error.codeName, error.message]));
  console.log((await users.find({ $foo: 1 }).toArray().catch((error) => error)).message);
`),
    prints: `
{
  acknowledged: true,
  insertedId: new ObjectId('000000000000000000000001')
}
{ _id: new ObjectId('000000000000000000000001'), name: 'Kishore' }
[ { name: 'C', age: 40 }, { name: 'B', age: 30 } ]
0
IXSCAN 1 1
[ 'users' ] true
[
  'MongoServerError',
  59,
  'CommandNotFound',
  "no such command: 'nonsense'"
]
unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.
`,
  },
  {
    name: 'bson alone, and one class of ids for all three',
    code: `
const { EJSON, ObjectId, BSON } = require('bson');
console.log(EJSON.stringify({ at: new Date(0), id: new ObjectId('000000000000000000000001') }));
console.log(require('mongodb').ObjectId === ObjectId, require('mongoose').Types.ObjectId === ObjectId, BSON.serialize({ a: 1 }).length);
`,
    prints: `
{"at":{"$date":"1970-01-01T00:00:00Z"},"id":{"$oid":"000000000000000000000001"}}
true true 12
`,
  },
  {
    name: 'JavaScript in queries and pipelines',
    code: driver(`
  const stock = db.collection('stock');
  await stock.insertMany([
    { _id: 1, kind: 'a', n: 2, at: new Date(0), ref: new ObjectId('000000000000000000000001') },
    { _id: 2, kind: 'a', n: 4 },
    { _id: 3, kind: 'b', n: 9 },
  ]);
  const ids = async ($where) => (await stock.find({ $where }).toArray()).map(({ _id }) => _id);
  console.log(await ids('this.n > 3'), await ids('obj.kind === "b"'), await ids('return this.n % 2 === 0'));
  console.log(await ids(String(function () { return this.at instanceof Date; })), await ids('() => true'));
  const of = (body, args) => stock.aggregate([{ $match: { _id: 1 } }, { $project: { v: { $function: { body, args, lang: 'js' } } } }]).next();
  console.log((await of(String(function (n, kind) { return { text: kind.repeat(n), list: [n, null, true] }; }), ['$n', '$kind'])).v);
  console.log((await of('function (at, ref) { return [at, ref]; }', ['$at', '$ref'])).v);
  const pipeline = [{ $group: { _id: { kind: '$kind' }, mean: { $accumulator: {
    init: 'function (kind) { return { kind, sum: 0, count: 0 }; }', initArgs: ['$kind'],
    accumulate: '(state, n) => { state.sum += n; state.count += 1; return state; }', accumulateArgs: ['$n'],
    merge: '(one, other) => ({ ...one, sum: one.sum + other.sum, count: one.count + other.count })',
    finalize: '(state) => state.kind + " " + state.sum / state.count',
    lang: 'js',
  } } } }, { $sort: { _id: 1 } }];
  console.log((await stock.aggregate(pipeline).toArray()).map(({ mean }) => mean));
  const refused = async (task) => { try { await task(); } catch (error) { console.log(error.code, error.codeName, error.message); } };
  await refused(() => ids('this.nope.n'));
  await refused(() => of('function () { const self = {}; self.self = self; return self; }', []));
  await refused(() => of('function () {}', 5));
  await refused(() => stock.aggregate([{ $group: { _id: 1, v: { $accumulator: { init: 'function () {}', lang: 'js' } } } }]).toArray());
  console.log(await stock.countDocuments());
`),
    prints: `
[ 2, 3 ] [ 3 ] [ 1, 2 ]
[ 1 ] [ 1, 2, 3 ]
{ text: 'aa', list: [ 2, null, true ] }
[ 1970-01-01T00:00:00.000Z, new ObjectId('000000000000000000000001') ]
[ 'a 3', 'b 9' ]
139 JSInterpreterFailure TypeError: Cannot read properties of undefined (reading 'n')
139 JSInterpreterFailure the value that JavaScript returned is nested deeper than 100 levels, or in itself
31263 Location31263 Invalid $project :: caused by :: The args field must be specified.
4544701 Location4544701 $accumulator missing required argument 'accumulate'
3
`,
  },
  {
    name: 'an ES module with top-level await',
    files: { 'server.js': `
import mongoose, { Schema, model } from 'mongoose';
await mongoose.connect('mongodb://localhost/test');
const Thing = model('Thing', new Schema({ n: Number }));
console.log((await Thing.create({ n: 5 })).n);
await mongoose.disconnect();
console.log(mongoose.connection.readyState);
`, 'package.json': '{"type":"module"}' },
    prints: '5\n0',
  },
];
