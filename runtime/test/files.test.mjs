/** `fs` over the virtual files, in its three forms. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printsAsNode, started } from './support.mjs';

async function check(name, code, printed, files = {}) {
  await test(name, async () => {
    const sandbox = await started({ 'server.js': `const fs = require('fs'); const fsp = require('fs/promises'); ${code}`, ...files });
    assert.equal(sandbox.result.error, undefined, sandbox.result.error?.stack);
    assert.equal(sandbox.printed(), printed);
    await sandbox.close();
  });
}

await check('read and write', "fs.writeFileSync('a.txt', 'x'); fs.appendFileSync('a.txt', 'y'); console.log(fs.readFileSync('a.txt', 'utf8'), fs.readFileSync('./a.txt'), fs.existsSync('b'))", 'xy <Buffer 78 79> false');
await check('callbacks come later', "fs.readFile('d.json', 'utf8', (e, t) => console.log(e, JSON.parse(t).a)); console.log('first')", 'first\nnull 1', { 'd.json': '{"a":1}' });
await check('an error in a callback', "fs.readFile('nope', (e) => console.log(e.code, e.message))", "ENOENT ENOENT: no such file or directory, open 'nope'");
await check('promises', "(async () => { await fsp.mkdir('a/b', { recursive: true }); await fsp.writeFile('a/b/c', 'hi'); console.log(await fsp.readdir('a'), await fs.promises.readFile('a/b/c', 'utf8'), (await fsp.stat('a/b/c')).size) })()", "[ 'b' ] hi 2");
await check('a rejection', "fsp.readFile('x').catch((e) => console.log(e.code))", 'ENOENT');
await check('folders', "fs.mkdirSync('d'); fs.writeFileSync('d/1', ''); console.log(fs.readdirSync('.').join(), fs.statSync('d').isDirectory(), fs.readdirSync('d', { withFileTypes: true })[0].isFile()); try { fs.rmdirSync('d') } catch (e) { console.log(e.code) } fs.rmSync('d', { recursive: true }); console.log(fs.existsSync('d'))", 'd,server.js true true\nENOTEMPTY\nfalse');
await check('rename, copy, unlink', "fs.writeFileSync('a', '1'); fs.renameSync('a', 'b'); fs.copyFileSync('b', 'c'); fs.unlinkSync('b'); console.log(fs.readdirSync('.').join())", 'c,server.js');
await check('writing into an absent folder', "try { fs.writeFileSync('no/x', '') } catch (e) { console.log(e.message) }", "ENOENT: no such file or directory, open 'no/x'");
await check('reading a folder', "fs.mkdirSync('d'); try { fs.readFileSync('d') } catch (e) { console.log(e.code) }", 'EISDIR');
await check('streams', "const w = fs.createWriteStream('o'); w.write('a'); w.end('b'); w.on('finish', () => fs.createReadStream('o', 'utf8').on('data', (d) => console.log(d)).on('end', () => console.log('end')))", 'ab\nend');
await check('a stream of an absent file', "fs.createReadStream('no').on('error', (e) => console.log(e.code))", 'ENOENT');
await check('part of a file', "fs.writeFileSync('n', '0123456789'); fs.createReadStream('n', { start: 2, end: 4, encoding: 'utf8' }).on('data', console.log)", '234');
await check('the line that comes too early', "fsp.writeFile('a', 'x').then(() => console.log('written')); console.log('saved')", 'saved\nwritten');
await check('watching a file and a folder', "fs.mkdirSync('d'); fs.writeFileSync('a', ''); const one = fs.watch('a', (kind, name) => console.log(kind, name)); const two = fs.watch('d', (kind, name) => { console.log(kind, name); if (name === 'y') { one.close(); two.close() } }); two.on('close', () => console.log('closed')); fs.writeFileSync('a', 'x'); fs.writeFileSync('d/x', ''); fs.writeFileSync('b', ''); fs.writeFileSync('d/y', '')", 'change a\nrename x\nrename y\nclosed');
await check('watching by size and time', "fs.writeFileSync('a', '1'); fs.watchFile('a', (now, before) => { console.log(now.size, before.size); fs.unwatchFile('a') }); fs.writeFileSync('a', '123')", '3 1');
await check('watching what is not there', "try { fs.watch('no') } catch (e) { console.log(e.code, e.message) }", "ENOENT ENOENT: no such file or directory, watch 'no'");

/** Printed as in Node, in a folder of its own: `tell` prints what a call answers or how it refuses, `hello` is a file that says so. */
const asNode = (name, code) => printsAsNode(name, `const fs = require('fs'); const fsp = require('fs/promises'); const { constants: C } = fs; const home = fs.mkdtempSync('/tmp/backlab-'); process.chdir(home);
process.on('exit', () => fs.rmSync(home, { recursive: true }));
const own = (text) => String(text).split(home).join('~');
const tell = (run) => { try { console.log(own(run())); } catch ({ name, code, message }) { console.log(name, code, own(message)); } };
const hello = () => { fs.writeFileSync('hello', 'hello'); fs.rmSync('absent', { force: true }); };
${code}`);
const WAYS = ['r', 'r+', 'rs', 'sr+', 'w', 'w+', 'wx', 'xw+', 'a', 'a+', 'ax', 'as', 'q', '', 'R', null, undefined, 5.5, NaN, true, {}, [], 2 ** 33, 0, 1, 2, 3, 64, 65, 66, 193, 512, 513, 577, 578, 1025, 1026, 1089];
await asNode('how a file is opened', `for (const way of [${WAYS.map((way) => (Number.isNaN(way) ? 'NaN' : way === undefined ? 'undefined' : JSON.stringify(way)))}]) {
  console.log(way);
  for (const path of ['hello', 'absent']) {
    hello();
    tell(() => {
      const fd = fs.openSync(path, way);
      tell(() => [fs.fstatSync(fd).size, fs.readSync(fd, Buffer.alloc(2))]);
      tell(() => [fs.writeSync(fd, 'J'), fs.readFileSync(path)]);
      return fs.closeSync(fd);
    });
    hello();
    tell(() => [fs.writeFileSync(path, 'J', { flag: way }), fs.readFileSync(path)]);
    hello();
    tell(() => [fs.appendFileSync(path, 'J', { flag: way }), fs.readFileSync(path)]);
    hello();
    tell(() => [fs.readFileSync(path, { flag: way }), fs.readFileSync(path)]);
  }
}`);
await asNode('places in an open file', "hello(); const fd = fs.openSync('hello', 'r+'); const to = Buffer.alloc(4, '.'); tell(() => [fs.readSync(fd, to, 1, 2), to, fs.readSync(fd, to, { position: 4 }), to, fs.readFileSync(fd), fs.readFileSync(fd)]); tell(() => [fs.writeSync(fd, Buffer.from('abc'), 1, 1, 0), fs.writeSync(fd, 'Z', 7), fs.writeSync(fd, '!'), JSON.stringify(fs.readFileSync('hello', 'utf8'))]); fs.closeSync(fd); for (const run of [() => fs.readSync(fd, to), () => fs.writeSync(fd, 'x'), () => fs.closeSync(fd), () => fs.fstatSync(fd), () => fs.readFileSync(fd), () => fs.writeFileSync(fd, 'x')]) tell(run); fs.mkdirSync('d'); for (const way of ['r', 'w', 'a+', 64]) tell(() => { const at = fs.openSync('d', way); tell(() => fs.readSync(at, to)); fs.closeSync(at); return 'closed' })");
const STREAMS = {
  'in the middle': "fs.createWriteStream('hello', { flags: 'r+', start: 1 }).end('J')", 'numbers': "fs.createWriteStream('hello', { flags: C.O_WRONLY | C.O_APPEND }).end('J')", 'appended from a place': "fs.createWriteStream('hello', { flags: 'a', start: 1 }).end('J')", 'exclusive': "fs.createWriteStream('hello', { flags: 'wx' }).end('J')", 'for reading only': "fs.createWriteStream('hello', { flags: 'r' }).end('J')",
  'no flags': "fs.createWriteStream('hello', { flags: 'q' })", 'no flags to read': "fs.createReadStream('hello', { flags: 'q' })", 'for writing only': "fs.createReadStream('absent', { flags: 'w' })", 'made to be read': "fs.createReadStream('absent', { flags: 'a+' })",
  'a descriptor': "fs.createReadStream(null, { fd: fs.openSync('hello') })", 'a part of it': "fs.createReadStream('', { fd: fs.openSync('hello'), start: 1, end: 2 })", 'a descriptor read before': "(() => { const fd = fs.openSync('hello'); fs.readSync(fd, Buffer.alloc(2)); return fs.createReadStream(undefined, { fd }) })()", 'a descriptor to write': "fs.createWriteStream(null, { fd: fs.openSync('hello', 'r+') }).end('J')", 'no descriptor': "fs.createReadStream(null, { fd: 99 })",
};
for (const [name, stream] of Object.entries(STREAMS)) {
  await asNode(`streams: ${name}`, `hello(); const stream = ${stream}; console.log(stream.path, stream.flags, stream.start, stream.pos, stream.pending); for (const name of ['open', 'ready', 'data', 'finish', 'end', 'error', 'close']) stream.on(name, (value) => console.log(name, typeof value === 'number' ? 'number' : String(value))); stream.on('close', () => console.log(stream.bytesRead, stream.bytesWritten, stream.fd, fs.readFileSync('hello', 'utf8')))`);
}
await asNode('streams of nothing', "for (const [path, options] of [[null], [5], [null, { fd: 'x' }], [null, { fd: -1 }], ['hello', 5], ['hello', { start: 'x' }], ['hello', { start: -1 }], ['hello', { encoding: 'zz' }], ['hello', 'zz']]) { tell(() => fs.createReadStream(path, options)); tell(() => fs.createWriteStream(path, options)) } tell(() => fs.createReadStream('hello', { start: 5, end: 2 }))");
await asNode('temporary folders', "fs.mkdirSync('d'); const made = fs.mkdtempSync(home + '/d/'); tell(() => [/^~\\/d\\/[A-Za-z0-9]{6}$/.test(own(made)), fs.readdirSync('d').length, /^x.{6}$/.test(fs.mkdtempSync('x')), fs.existsSync('d/y')]); for (const prefix of [home + '/no/x', home + '/no/', 5, null]) tell(() => fs.mkdtempSync(prefix))");
await asNode('without a callback', "for (const run of [() => fs.access('a', 0), () => fs.mkdir('a', {}), () => fs.mkdir('a'), () => fs.readFile('a', {}), () => fs.readFile('a'), () => fs.writeFile('a', 'x'), () => fs.writeFile('a', 'x', {}), () => fs.stat('a', {}), () => fs.open('a'), () => fs.open('a', 'r'), () => fs.rename('a', 'b'), () => fs.copyFile('a', 'b', 0), () => fs.realpath('a')]) tell(run)");
await asNode('the whole path', "tell(() => fs.realpathSync('no/x')); tell(() => fs.realpathSync.native('no/x')); fs.realpath('no', ({ message }) => { console.log(own(message)); fs.realpath.native('no', ({ message }) => { console.log(own(message)); fsp.realpath('no').catch(({ message }) => console.log(own(message))) }) })");
