/** `fs` over the virtual files, in its three forms. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

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
