/** `Buffer` beside Node's own: what it answers, and how it refuses. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { createSandbox, printsAsNode, started } from './support.mjs';

const NO_BYTES = [undefined, null, 5, true, {}, Symbol('x'), () => 1, 10n];
const WRONG = [undefined, null, 'x', -1, 1.5, NaN, 1e11, {}];
const READS = ['readUInt8', 'readInt16LE', 'readUInt16BE', 'readInt32BE', 'readUInt32LE', 'readFloatLE', 'readDoubleBE', 'readBigInt64LE', 'readBigUInt64BE'];
const NUMBERS = [0, 1, -1, 127, 128, -128, -129, 255, 256, 65535, 65536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 1.9, NaN, 'x', '7', undefined];
const WRITES = ['writeInt8', 'writeUint8', 'writeInt16BE', 'writeUInt16LE', 'writeInt32LE', 'writeUInt32BE', 'writeFloatBE', 'writeDoubleLE'];

/** Each asks one thing of either `Buffer`. */
const ASKED = {
  'what is no bytes': NO_BYTES.map((value) => (B) => B.from(value)),
  'text and encodings': ['utf8', 'hex', 'latin1', 'ascii', 'base64', 'base64url', 'ucs2', 'UTF-8', 'bad', '', null, 7].flatMap((encoding) => [
    (B) => B.from('aGé_', encoding), (B) => B.from([104, 195, 169, 255, 0]).toString(encoding), (B) => B.byteLength('aGé_', encoding), (B) => B.isEncoding(encoding), (B) => B.alloc(4).write('ab', encoding), (B) => B.alloc(4).fill('61', encoding),
  ]),
  'sizes': WRONG.flatMap((size) => [(B) => B.alloc(size).length, (B) => B.allocUnsafe(size).length, (B) => B.allocUnsafeSlow(size).length]),
  'lists': [[], [[1]], ['x'], [[Buffer.from('a'), Buffer.from('bc')], 2], [[Buffer.from('a')], 3], [[], 3], [[Buffer.from('a')], -1]].map((given) => (B) => B.concat(...given)),
  'other bytes': [
    (B) => B.from(new ArrayBuffer(4), 1, 2), (B) => B.from(new ArrayBuffer(4), 9), (B) => B.from(new ArrayBuffer(4), 1, 9), (B) => B.from(new Uint16Array([1, 257])), (B) => B.from({ length: 2, 0: 7 }), (B) => B.from(JSON.parse(JSON.stringify(Buffer.from('hi')))),
    (B) => B.from(new String('text')), (B) => B.from({ [Symbol.toPrimitive]: () => 'p' }), (B) => B.copyBytesFrom(new Uint16Array([1, 2, 3]), 1), (B) => B.copyBytesFrom([1]),
    (B) => B.compare('a', 'b'), (B) => B.from('a').equals('a'), (B) => B.from('abc').compare(B.from('abd'), 0, 2, 0, 2), (B) => B.from('abc').compare(B.from('a'), 0, 9), (B) => B.byteLength(5), (B) => B.byteLength(new ArrayBuffer(3)),
  ],
  'places': [undefined, 0, 2, 3, 9, -1, 1.5, 'x', null].flatMap((place) => [
    ...READS.map((name) => (B) => B.from([1, 2, 3, 4, 5, 6, 7, 8, 200, 201])[name](place)), (B) => B.from('abc').readUIntBE(place, 2), (B) => B.from('abcdefg').readIntLE(0, place), (B) => B.from('abc').toString('utf8', place), (B) => B.from('abc').toString('utf8', 0, place),
    (B) => B.alloc(3).write('x', place), (B) => B.from('abc').copy(B.alloc(2), place), (B) => B.from('abc').copy(B.alloc(2), 0, place), (B) => B.from('abcabc').indexOf('b', place), (B) => B.from('abcabc').lastIndexOf('b', place), (B) => B.from('abcabc').indexOf('', place),
  ]),
  'numbers': WRITES.flatMap((name) => NUMBERS.map((value) => (B) => {
    const bytes = B.alloc(9);
    return [bytes[name](value, 1), [...bytes]];
  })),
  'large numbers': [2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n, 2n ** 64n, 5n, 5, 'x'].flatMap((value) => ['writeBigInt64LE', 'writeBigUInt64BE'].map((name) => (B) => [B.alloc(8)[name](value)])),
  'what is looked for, and the rest': [
    (B) => B.from('abc').indexOf({}), (B) => B.from('abc').includes(''), (B) => B.from('abc').lastIndexOf(''), (B) => B.from('aaaaa').indexOf('b', 'ucs2'), (B) => B.from('abc').includes(99), (B) => B.from('abcd').swap16(), (B) => B.from('abc').swap16(), (B) => B.from('abcdefgh').swap64(),
    (B) => B.from('abc').copy(5), (B) => B.alloc(3).write(5), (B) => B.from('abc').fill('xy'), (B) => B.alloc(3).fill(B.alloc(0)), (B) => B.alloc(3).fill(new Uint8Array(0)), (B) => B.alloc(3, B.alloc(0)), (B) => B.alloc(3, 'zz', 'hex'), (B) => B.alloc(3).fill([7]), (B) => B.from('abc').subarray(1), (B) => B.from('abc').slice(-2), (B) => JSON.stringify(B.from('a')), (B) => B.from('abc').utf8Slice(1, 2), (B) => B.from([0x61, 0xe9]).latin1Slice(),
  ],
};

const outcome = (run) => {
  try {
    const value = run();
    return value instanceof Uint8Array ? [...value] : value;
  } catch ({ name, code, message }) {
    return { name, code, message };
  }
};

const sandbox = await createSandbox({ files: {} });
const ours = sandbox.require('buffer').Buffer;
for (const [name, asked] of Object.entries(ASKED)) {
  await test(name, () => {
    for (const ask of asked) assert.deepEqual(outcome(() => ask(ours)), outcome(() => ask(Buffer)), `${ask}`);
  });
}
await sandbox.close();

await printsAsNode('it is printed as in Node', "const own = Buffer.from('a'); own.name = 'Asha'; own[Symbol('s')] = { a: 1 }; const empty = Buffer.alloc(0); empty.x = 1; for (const value of [Buffer.from('hi'), Buffer.alloc(0), Buffer.alloc(51), Buffer.alloc(52), own, empty, { nested: [Buffer.from('x')] }]) console.log(value);");
// An engine has no list that is long enough for all the places of the longest.
await printsAsNode('long ones are printed and compared without a list of their places', "const list = Array(1e5).fill(1); list.x = 1; const longest = Buffer.alloc(2 ** 27); const other = Buffer.alloc(2 ** 27); other[0] = 1; for (const long of [longest, new Uint8Array(2 ** 27), list, Object.assign([1, , 3], { 4294967295: 'q', [Symbol('s')]: 2 }), Object.assign(new Float64Array(2), { x: 1 })]) console.log(long); require('assert').notDeepStrictEqual(longest, other);");
await test('how much of it is printed is each program\'s own', async () => {
  const code = "console.log(Buffer.from('abc'))";
  const first = await started(`require('buffer').INSPECT_MAX_BYTES = 1; ${code}`);
  const second = await started(code);
  assert.deepEqual([first.printed(), second.printed()], ['<Buffer 61 ... 2 more bytes>', '<Buffer 61 62 63>']);
  await first.close();
  await second.close();
});
