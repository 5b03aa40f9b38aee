/** `crypto` beside Node's: each program prints the same in both. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { programs } from './crypto/programs.mjs';
import { createSandbox } from './support.mjs';

const require = createRequire(import.meta.url);

const wrapped = (program) => `
const crypto = require('crypto');
const show = (work) => { try { console.log(work()) } catch (error) { console.log(error.name, error.code, error.message) } };
module.exports = (async () => {${program}
})();`;

async function inNode(program) {
  const lines = [];
  const console = { log: (...values) => lines.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')) };
  const module = { exports: {} };
  new Function('require', 'module', 'console', wrapped(program))(require, module, console);
  await module.exports;
  return lines.join('\n');
}

async function inSandbox(program) {
  const sandbox = await createSandbox({ files: { 'main.js': wrapped(program) }, entry: 'main.js' });
  await sandbox.run();
  await sandbox.settled();
  const printed = () => sandbox.console.map((line) => line.text).join('\n');
  while (sandbox.exitCode === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  await sandbox.close();
  return printed();
}

// First: what is loaded once stays for every sandbox of the process.
test('a program whose files name no key is told so when it comes to one', async () => {
  const sandbox = await createSandbox({ files: { 'main.js': "try { require('crypto')['create' + 'Sign']('sha256').update('x').sign('-----BEGIN' + ' PRIVATE KEY-----') } catch (error) { console.log(error.message) }" }, entry: 'main.js', pack: () => undefined });
  await sandbox.run();
  assert.match(sandbox.console[0].text, /was not loaded before the program started.*such as RS256, createSign/s);
  await sandbox.close();
});

describe('crypto prints in a sandbox what it prints in Node', () => {
  for (const [name, program] of Object.entries(programs)) {
    test(name, async () => {
      assert.equal(await inSandbox(program), await inNode(program));
    });
  }
});
