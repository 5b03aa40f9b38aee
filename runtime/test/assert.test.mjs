/** `assert` beside Node's own: what holds, and what an error says where it does not. */
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect, stripVTControlCharacters } from 'node:util';
import { createSandbox, started } from './support.mjs';

// In a terminal Node's own is as wide as that is, and colours its text.
process.stderr.isTTY = false;
const uncoloured = (text) => (typeof text === 'string' ? stripVTControlCharacters(text) : text);

const LONG = Array.from({ length: 30 }, (_, at) => `line ${at}`);
const changed = (...at) => LONG.map((line, index) => (at.includes(index) ? `${line}!` : line));
const USER = { name: 'Asha', role: 'admin', tags: ['a', 'b'], address: { city: 'Pune', code: 411001 } };
const PAIRS = [
  [1, 2], ['a', 'b'], ['a\nb', 'a\nc'], ['abcdefgh', 'abcdefgx'], [undefined, null], [NaN, 0], [0, -0], [1, '1'], [1n, 1], [null, {}], [{ a: 1 }, { a: 1 }], [[1], [1]], [{ a: 1 }, { a: 2 }], [[1, 2, 3], [1, 2, 4]], [[1, 2, 3], [1, 2]], [[], [1]],
  [{ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }], [USER, { ...USER, role: 'user' }], [USER, { ...USER, address: { city: 'Goa', code: 411001 } }], [{ a: 1, b: 2 }, { b: 2, a: 1 }], [new Map([[1, 2]]), new Map([[1, 3]])], [new Set([1]), new Set([2])], [new Date(0), new Date(1)],
  [LONG, changed(0)], [LONG, changed(15)], [LONG, changed(3, 20)], [LONG, changed(29)], [LONG, LONG.slice(0, 20)], [LONG, LONG.slice(5)], [LONG, LONG.map((line) => `${line}?`)], [Array(100).fill(1), Array(100).fill(2)],
  [new Error('x'), new Error('y')], [() => 1, () => 1], [/a/, /b/], [Symbol.for('a'), Symbol.for('b')], ['x'.repeat(100), 'y'.repeat(100)], [{ deep: { er: { and: { more: 1 } } } }, { deep: { er: { and: { more: 2 } } } }],
];
const COMPARISONS = ['equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'strictEqual', 'notStrictEqual', 'deepStrictEqual', 'notDeepStrictEqual'];

/** What only looks the same, and what only looks different. */
const [MARK, OTHER_MARK] = [Symbol('s'), Symbol('s')];
const ALIKE = [
  [new ArrayBuffer(2), new Uint8Array([1, 0]).buffer], [new ArrayBuffer(2), new ArrayBuffer(3)], [new SharedArrayBuffer(1), new ArrayBuffer(1)], [new DataView(new ArrayBuffer(2)), new DataView(new Uint8Array([1, 0]).buffer)],
  [Object(1n), Object(2n)], [Object(1n), Object(1n)], [Object(1), Object(1n)], [Object(MARK), Object(MARK)], [Object(MARK), Object(OTHER_MARK)], [Object('a'), 'a'],
  [new Error('a', { cause: 1 }), new Error('a', { cause: 2 })], [new Error('a', { cause: 1 }), new Error('a')], [new Error('a', { cause: { x: 1 } }), new Error('a', { cause: { x: 1 } })], [new AggregateError([1]), new AggregateError([2])], [new Error('a'), { message: 'a' }],
  [new URL('http://a/'), new URL('http://b/')], [new URL('http://a/'), new URL('http://a/')], [{ [MARK]: 1 }, { [MARK]: 2 }], [Buffer.from('a'), Object.assign(Buffer.from('a'), { x: 1 })], [new Uint8Array([1]), new Int8Array([1])], [new Float32Array([0]), new Float32Array([-0])],
  [new Date(0), Object.assign(new Date(0), { x: 1 })], [/a/g, Object.assign(/a/g, { x: 1 })], [[1, , 3], [1, undefined, 3]], [[1, ,], [1]], [Object.create(null), {}], [() => 1, '() => 1'],
  [new Set([{ a: 1 }, { a: 1 }]), new Set([{ a: 1 }, { a: 2 }])], [new Set([1]), new Set(['1'])], [new Map([[{ a: 1 }, 1], [{ a: 1 }, 2]]), new Map([[{ a: 1 }, 2], [{ a: 1 }, 1]])], [new Map([[undefined, 1]]), new Map([[null, 1]])],
];
for (const lengths of [[1, 1], [1, 2]]) {
  ALIKE.push(lengths.map((length) => {
    const circle = Array.from({ length }, () => ({}));
    for (const [at, item] of circle.entries()) item.next = circle[(at + 1) % length];
    return circle[0];
  }));
}

const thrower = (error) => () => {
  throw error;
};
const isX = (error) => error.message === 'x';
const OTHERS = [
  (a) => a(1), (a) => a(0, 'own words'), (a) => a(), (a) => a.ok(null, new TypeError('own')), (a) => a.equal(1), (a) => a.strictEqual(1, 2, 'own words'), (a) => a.strictEqual(1, 2, new RangeError('own')),
  (a) => a.throws(() => {}), (a) => a.throws(() => {}, TypeError), (a) => a.throws(() => {}, 'words'), (a) => a.throws('x'), ...[undefined, Error, TypeError, /x/, /y/, { message: 'x' }, { message: 'y' }, { message: /y/, code: 1 }, { name: 'Error', code: 'X' }, isX, () => false, new Error('x'), new TypeError('x'), {}].map((expected) => (a) => a.throws(thrower(new Error('x')), expected)),
  (a) => a.throws(thrower('text'), TypeError), (a) => a.throws(thrower(null), TypeError), (a) => a.throws(thrower(new Error('x')), TypeError, 'own words'), (a) => a.doesNotThrow(thrower(new Error('x'))), (a) => a.doesNotThrow(thrower(new Error('x')), 'own words'), (a) => a.doesNotThrow(() => {}),
  (a) => a.match('abc', /x/), (a) => a.match(5, /x/), (a) => a.match('a', 'a'), (a) => a.match('abc', /x/, 'own words'), (a) => a.doesNotMatch('abc', /b/), (a) => a.fail(), (a) => a.fail('words'), (a) => a.fail(new TypeError('own')), (a) => a.ifError(null), (a) => a.ifError(new Error('x')), (a) => a.ifError('text'),
  ...['text', null, undefined, 5, () => 1].flatMap((error) => [{ message: 'x' }, { message: /x/ }, {}, 'text', 'words'].flatMap((expected) => [(a) => a.throws(thrower(error), expected), (a) => a.throws(thrower(error), expected, 'own words')])),
  ...[5, true, Symbol('x'), null, [], 'x'].flatMap((expected) => [(a) => a.throws(thrower(new Error('x')), expected), (a) => a.throws(() => {}, expected), (a) => a.throws(() => {}, expected, 'own words'), (a) => a.doesNotThrow(thrower(new Error('x')), expected)]),
  ...[SyntaxError, TypeError, /x/, /z/, () => true, () => false, { message: 'x' }].flatMap((unwanted) => [(a) => a.doesNotThrow(thrower(new TypeError('x')), unwanted), (a) => a.doesNotThrow(thrower(new TypeError('x')), unwanted, 'own words')]), (a) => a.doesNotThrow(thrower('text')), (a) => a.doesNotThrow(thrower(null)), (a) => a.throws(thrower({ message: 5 }), { message: /x/ }),
  ...[...COMPARISONS, 'fail', 'x', undefined].flatMap((operator) => [[1, 2], [{ a: 1 }, { a: 2 }], [1, 1], [new Error('x'), new Error('y')]].flatMap(([actual, expected]) => [undefined, 'own words', ''].map((message) => (a) => thrower(new a.AssertionError({ actual, expected, operator, message }))()))),
  (a) => new a.AssertionError(), (a) => new a.AssertionError('x'), (a) => thrower(new a.AssertionError({ message: 'x' }))(),
  (a) => a.strict.equal(1, 1), (a) => a.strict.equal('1', 1), (a) => a.strict.deepEqual([1], ['1']),
];

const plain = (value) => (value instanceof Error ? `${value.name}: ${value.message}` : typeof value === 'function' ? 'function' : value);
const outcome = (run) => {
  try {
    return run();
  } catch (error) {
    const { name, code, message, generatedMessage, operator, actual, expected } = Object(error);
    return { name, code, message: uncoloured(message), generatedMessage, operator, actual: plain(actual), expected: plain(expected), text: uncoloured(String(error)) };
  }
};

const sandbox = await createSandbox({ files: {} });
const ours = sandbox.require('assert');
for (const name of COMPARISONS) {
  await test(name, () => {
    for (const [one, other] of PAIRS) assert.deepEqual(outcome(() => ours[name](one, other)), outcome(() => assert[name](one, other)), `${String(one)} ${String(other)}`);
  });
}
for (const name of ['deepEqual', 'deepStrictEqual']) {
  await test(`${name} of what is alike`, () => {
    const holds = (a, one, other) => outcome(() => a[name](one, other)) === undefined;
    for (const [one, other] of ALIKE) assert.equal(holds(ours, one, other), holds(assert, one, other), inspect([one, other]));
  });
}
await test('the others', () => {
  for (const run of OTHERS) assert.deepEqual(outcome(() => run(ours)), outcome(() => run(assert)), `${run}`);
});
await test('of what rejects', async () => {
  const said = async (a, run) => run(a).then(() => 'kept', ({ name, code, message }) => ({ name, code, message: uncoloured(message) }));
  const runs = [(a) => a.rejects(Promise.resolve(1)), (a) => a.rejects(Promise.reject(new Error('x')), /y/), (a) => a.rejects(async () => { throw new Error('x'); }, TypeError), (a) => a.doesNotReject(Promise.reject(new Error('x'))), (a) => a.doesNotReject(async () => 1),
    ...['rejects', 'doesNotReject'].flatMap((name) => [5, null, () => 5, () => null, () => ({}), thrower(new Error('sync')), { then() {} }, { then: (_, failed) => failed(new Error('x')), catch() {} }].map((run) => (a) => a[name](run))),
    (a) => a.rejects(Promise.reject(new Error('x')), 'x'), (a) => a.rejects(Promise.reject(new Error('x')), 5), (a) => a.rejects(Promise.reject('text'), { message: 'x' }), (a) => a.doesNotReject(Promise.reject(new TypeError('x')), SyntaxError), (a) => a.doesNotReject(Promise.reject(new TypeError('x')), 'own words')];
  for (const run of runs) assert.deepEqual(await said(ours, run), await said(assert, run), `${run}`);
});
await sandbox.close();

await test('an expression that is false is told as it stands in the file', async () => {
  const code = `const assert = require('assert');
const { ok } = assert;
const user = { name: 'Asha', isAdmin: () => false };
const say = (run) => { try { run(); } catch (error) { console.log(error.message); } };
say(() => assert(user.age));
say(() => assert.ok(user.isAdmin()));
say(() => ok(user.name === 'Ravi' && user.age > 3));
say(() => assert(
  user.name
    .startsWith('R'),
));
say(() => assert.strict(0)); say(() => assert(1 === 2));
const list = [], a = { b: [ok] };
say(() => { assert(list.length), list.push(1) });
say(() => assert(0) || 1);
say(() => console.log(assert(false), 'x'));
say(() => a.b[0](0)); say(() => a?.b[0](0)); say(() => assert?.ok(0)); say(() => assert?.(0)); say(() => (0, assert)(0));
say(() => require('assert').ok(0)); say(() => assert['ok'](0)); say(() => assert.call(null, 0)); say(() => Reflect.apply(ok, null, [0])); say(() => [0].forEach((one) => assert(one)));
say(() => new (class { constructor() { assert(this.x) } })());
say(() => assert /* c */ .ok /* d */ (0)); say(() => assert(assert.ok(1)));
say(() => { if (list) { assert.ok(
        list
          .x
    ) } });
`;
  const folder = await mkdtemp(join(tmpdir(), 'backlab-assert-'));
  await writeFile(join(folder, 'server.js'), code);
  const printed = execFileSync(process.execPath, ['server.js'], { cwd: folder, encoding: 'utf8' });
  await rm(folder, { recursive: true });
  const running = await started(code);
  assert.equal(`${running.printed()}\n`, printed);
  await running.close();
});
