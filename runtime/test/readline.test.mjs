/** `readline` over streams, and the handles of `fs/promises`, beside Node's own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'readline-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/** A program whose `body` may await prints what it prints in Node. */
async function same(name, body) {
  await test(name, async () => {
    const code = `
      const fs = require('fs'), readline = require('readline'), { once } = require('events'), { PassThrough, Readable } = require('stream');
      fs.writeFileSync('text.txt', 'one\\r\\ntwo\\nthree\\rfour\\n\\nlast \\u00e9');
      (async () => { ${body} })().catch(({ name, code, message }) => console.log(name, code, message)).then(() => console.log('end'));`;
    const real = execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });
    const sandbox = await started(code);
    await sandbox.world.until(() => sandbox.printed().endsWith('end'), 5000);
    assert.equal(`${sandbox.printed()}\n`, real);
    await sandbox.close();
  });
}

await same('lines of a file, and the end', `
  const lines = readline.createInterface({ input: fs.createReadStream('text.txt'), crlfDelay: Infinity });
  for (const event of ['pause', 'resume', 'close']) lines.on(event, () => console.log(event));
  lines.on('line', (line) => console.log(JSON.stringify(line)));
  await once(lines, 'close');
  console.log(lines.closed, lines instanceof readline.Interface, lines instanceof require('events'));`);
await same('lines in a loop that breaks', "for await (const line of readline.createInterface({ input: fs.createReadStream('text.txt') })) { console.log(line); if (line === 'four') break; }");
await same('pieces that end within a line', `
  const input = new PassThrough();
  const lines = readline.createInterface(input);
  lines.on('line', (line) => console.log(JSON.stringify(line)));
  for (const piece of ['a', 'b\\r', '\\nc', Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a]), '\\n', 'd']) { input.write(piece); await new Promise(setImmediate); }
  input.end();
  await once(lines, 'close');`);
await same('what is written is a line of the input', "const lines = readline.createInterface(new PassThrough()); lines.on('line', (line) => console.log(line)); lines.pause(); lines.on('resume', () => console.log('resume')); lines.write('by hand\\nhalf'); lines.write(); lines.write(' and half\\n'); lines.close();");
await same('questions and answers', `
  const output = new PassThrough();
  let said = '';
  output.on('data', (text) => (said += text));
  const asked = readline.createInterface({ input: Readable.from(['Asha\\n12\\nmore\\n']), output });
  asked.on('line', (line) => console.log('other', line));
  asked.question('Name? ', (name) => asked.question('Age? ', (age) => console.log(name, age)));
  await once(asked, 'close');
  const promised = require('readline/promises').createInterface({ input: Readable.from(['yes\\n']), output });
  console.log(await promised.question('Sure? '), said);
  promised.close();
  asked.question('Late? ', () => {});`);
await same('a handle reads and writes', `
  const file = await fs.promises.open('text.txt', 'r+');
  const bytes = Buffer.alloc(5);
  const { bytesRead, buffer } = await file.read(bytes, 0, 5, 0);
  console.log(typeof file.fd, file.constructor.name, bytesRead, buffer === bytes, String(bytes));
  console.log(await file.write('ONE', 0), (await file.readFile('utf8')).slice(0, 4), (await file.stat()).size);
  await file.truncate(3);
  await file.close();
  console.log(file.fd, fs.readFileSync('text.txt', 'utf8'));
  await file.close();
  await file.readFile();`);
await same('a handle appends, and streams', `
  const end = await fs.promises.open('text.txt', 'a');
  await end.appendFile('+a');
  await end.writeFile('+w');
  await end.close();
  const file = await fs.promises.open('text.txt');
  for await (const line of file.readLines()) console.log(line);
  await new Promise(setImmediate);
  console.log(file.fd);`);
await test('there is no keyboard', async () => {
  const sandbox = await started("try { require('readline').createInterface({ input: process.stdin, output: process.stdout }) } catch ({ message }) { console.log(message) }");
  assert.match(sandbox.printed(), /^There is no keyboard input here: pass values as arguments/);
  await sandbox.close();
});
