/** `zlib` both ways between ours and Node's, and what it says of broken data. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import native from 'node:zlib';
import { createSandbox, printsAsNode } from './support.mjs';

const sandbox = await createSandbox({ files: {} });
const zlib = sandbox.require('zlib');
const text = 'to and fro, '.repeat(5000);
const PAIRS = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'], ['brotliCompress', 'brotliDecompress']];

for (const [pack, unpack] of PAIRS) {
  await test(`${pack} and ${unpack}`, async () => {
    assert.equal(native[`${unpack}Sync`](zlib[`${pack}Sync`](text)).toString(), text);
    assert.equal(zlib[`${unpack}Sync`](native[`${pack}Sync`](text)).toString(), text);
    const called = await new Promise((resolve, reject) => zlib[unpack](native[`${pack}Sync`](text), (error, bytes) => (error ? reject(error) : resolve(bytes))));
    assert.equal(called.toString(), text);
    assert.equal(await streamed(`create${unpack[0].toUpperCase()}${unpack.slice(1)}`, native[`${pack}Sync`](text)), text);
  });
}

/** Runs bytes through a stream in pieces; answers text, or the code and message of the error. */
function streamed(create, bytes, size = 100) {
  return new Promise((resolve) => {
    const stream = zlib[create]();
    let out = '';
    stream.on('data', (chunk) => (out += chunk));
    stream.on('end', () => resolve(out));
    stream.on('error', (error) => resolve(`${error.code} ${error.errno} ${error.message}`));
    for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
    stream.end();
  });
}

const gzip = native.gzipSync('hello hello hello');
const changed = (bytes, at) => bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
const BROKEN = [
  ['no gzip', 'createGunzip', Buffer.from('plain text that is long enough'), 'Z_DATA_ERROR -3 incorrect header check'],
  ['cut off', 'createGunzip', gzip.subarray(0, 15), 'Z_BUF_ERROR -5 unexpected end of file'],
  ['a wrong checksum', 'createGunzip', changed(gzip, gzip.length - 6), 'Z_DATA_ERROR -3 incorrect data check'],
  ['a wrong checksum of zlib', 'createInflate', changed(native.deflateSync('hello'), 12), 'Z_DATA_ERROR -3 incorrect data check'],
  ['nothing', 'createGunzip', Buffer.alloc(0), ''],
  ['no Brotli', 'createBrotliDecompress', Buffer.from([0xff, 0xff, 0xff, 0xff]), 'ERR__ERROR_FORMAT_PADDING_2 -15 Decompression failed'],
  ['Brotli cut off', 'createBrotliDecompress', native.brotliCompressSync('hello hello hello').subarray(0, 6), 'Z_BUF_ERROR -5 unexpected end of file'],
  ['two members', 'createGunzip', Buffer.concat([gzip, native.gzipSync('!')]), 'hello hello hello!'],
];
for (const [name, create, bytes, expected] of BROKEN) await test(name, async () => assert.equal(await streamed(create, bytes), expected));

await test('flush lets the other side read what was written', () => flushed(zlib.createGzip(), (bytes) => native.gunzipSync(bytes, { finishFlush: native.constants.Z_SYNC_FLUSH })));
await test('flush of Brotli', () => flushed(zlib.createBrotliCompress(), (bytes) => native.brotliDecompressSync(bytes, { finishFlush: native.constants.BROTLI_OPERATION_FLUSH })));

async function flushed(stream, read) {
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.write('first');
  await new Promise((resolve) => stream.flush(resolve));
  await sandbox.settled();
  assert.equal(read(Buffer.concat(chunks)).toString(), 'first');
}

await test('limits and checksums', async () => {
  assert.throws(() => zlib.gunzipSync(gzip, { maxOutputLength: 5 }), { code: 'ERR_BUFFER_TOO_LARGE' });
  assert.equal(zlib.crc32('hello'), 0x3610a686);
  assert.throws(() => zlib.createBrotliCompress({ params: { 99: 1 } }), { code: 'ERR_BROTLI_INVALID_PARAM', message: '99 is not a valid Brotli parameter' });
  assert.throws(() => zlib.createBrotliCompress({ params: { 1: 12 } }), { code: 'ERR_ZLIB_INITIALIZATION_FAILED' });
  await sandbox.close();
});
await printsAsNode('options', `
const zlib = require('zlib');
const GIVEN = { level: [99, -2, NaN, null, '5', 1.5, Infinity, 0], windowBits: [0, 7, 8, 16, NaN, null], memLevel: [0, 10, NaN], strategy: [5, NaN], chunkSize: [10, 64, 0, NaN, 'x', Infinity], maxOutputLength: [0, -1, NaN, 'x', 2 ** 53], flush: [4, 6, NaN], finishFlush: [99, NaN], dictionary: ['x', 5, null] };
for (const [name, values] of Object.entries(GIVEN)) for (const value of values) for (const format of ['Gzip', 'Gunzip', 'Deflate', 'Inflate', 'DeflateRaw', 'BrotliCompress']) {
  const options = { [name]: value };
  const small = format[0].toLowerCase() + format.slice(1);
  for (const run of [() => zlib['create' + format](options), () => zlib[small]('x', options, () => {}), () => format === 'Gzip' && zlib[small + 'Sync']('x', options)]) {
    try { run(); console.log(name, value, format) } catch ({ name: kind, code, message }) { console.log(format, kind, code, message) }
  }
}
for (const given of [['x'], ['x', {}], [5, () => {}], ['x', { level: 99 }]]) try { zlib.gzip(...given) } catch ({ code, message }) { console.log(code, message) }
zlib.gzip('x', { level: NaN }, (error, bytes) => console.log(error, String(zlib.gunzipSync(bytes))));`);
