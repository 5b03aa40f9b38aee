/** What the tests share: the built package, sandboxes that have started, programs that must print as in Node, real Express as a pack, and graders. */
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

export const built = fileURLToPath(new URL('../../target/runtime-test/', import.meta.url));
export const { createSandbox, parse } = await import(`${built}index.js`);

let express;
/** The real Express as one CommonJS text. */
export async function realExpress() {
  express ??= build({
    stdin: { contents: "module.exports = require('express')", resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true, platform: 'node', format: 'cjs', keepNames: true, write: false, logLevel: 'error',
  }).then((result) => result.outputFiles[0].text);
  return express;
}

/** A grader process, spoken to line by line. */
export function openGrader(packs = {}) {
  mkdirSync(built, { recursive: true });
  const env = { ...process.env, BACKLAB_PACKS: Object.entries(packs).map(([name, file]) => `${name}=${file}`).join(',') };
  const child = spawn(process.execPath, [`${built}grader.js`], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()(JSON.parse(line)));
  return {
    answer(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => child.stdin.end(),
  };
}

/** A sandbox with a virtual clock that has run its entry. */
export async function started(files, options = {}) {
  const sandbox = await createSandbox({ clock: 'virtual', seed: 'test', files: typeof files === 'string' ? { 'server.js': files } : files, ...options });
  const result = await sandbox.start();
  return Object.assign(sandbox, { result, printed: () => sandbox.console.map((line) => line.text).join('\n') });
}

/** A program that prints what it prints in the Node that runs the tests, in a function as in a module of its own. */
export async function printsAsNode(name, code) {
  const program = `(()=>{${code}})()`;
  await test(name, async () => {
    const real = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const sandbox = await started(program);
    assert.equal(`${sandbox.printed()}\n`, real);
    await sandbox.close();
  });
}
