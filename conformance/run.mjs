/** Runs one suite with mocha in Node: `node run.mjs <runtime> <suite folder> <suite's name>`; prints one line of JSON. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jest } from './adapters/jest.mjs';
import { substitute } from './substitute.mjs';
import { compiled } from './typescript.mjs';

const [runtime, folder, name] = process.argv.slice(2);
const here = import.meta.dirname;
const suite = JSON.parse(readFileSync(join(here, 'suites.json'), 'utf8')).find((item) => item.name === name);
const root = resolve(folder);
const require = createRequire(import.meta.url);
const Mocha = require('mocha');

// View engines that Express asks for by name.
const packages = Object.fromEntries(['ejs', 'hbs'].map((name) => [name, () => require(name)]));
const { createSandbox } = await import(pathToFileURL(join(resolve(runtime), 'index.js')).href);
const sandbox = await createSandbox({ files: {}, entry: 'none.js', env: { ...process.env, NODE_ENV: 'test' }, mounts: { [root]: root }, packages });
process.env.NODE_ENV = 'test';
process.chdir(root);
await substitute(sandbox, suite, root);

/** Files that a pattern with one `*` in its last part names. */
function filesOf(pattern) {
  const [, directory, file] = /^(.*\/)?([^/]+)$/.exec(pattern);
  if (!file.includes('*')) return [join(root, pattern)];
  const [before, after] = file.split('*');
  const names = readdirSync(join(root, directory)).sort();
  return names.filter((item) => item.startsWith(before) && item.endsWith(after)).map((item) => join(root, directory, item));
}

/** Imports of a suite's TypeScript that the hooks answer for. */
const ANSWERED = ['vitest', 'ajv', './index.js', ...[1, 2, 3, 4].flatMap((ups) => [`${'../'.repeat(ups)}src`, `${'../'.repeat(ups)}src/*`])];

const tests = [];
const mocha = new Mocha({ checkLeaks: true, timeout: suite.timeout ?? 5000, reporter: class {
  constructor(runner) {
    const titles = (test) => test.titlePath().join(' › ');
    runner.on('start', () => (suite.isRunning = true));
    runner.on('pass', (test) => tests.push({ title: titles(test), state: 'passed' }));
    runner.on('pending', (test) => tests.push({ title: titles(test), state: 'pending' }));
    runner.on('fail', (test, error) => tests.push({ title: titles(test), state: 'failed', error: String(error?.stack ?? error) }));
  }
} });
if (suite.jest) jest(mocha);
if (suite.only) mocha.grep(new RegExp(suite.only));
for (const file of suite.before ?? []) require(join(root, file));
for (const file of suite.files.flatMap(filesOf)) mocha.addFile(file.endsWith('.ts') ? compiled(file, ANSWERED) : file);
// What a suite prints is not the report.
const write = process.stdout.write.bind(process.stdout);
if (!process.env.SHOW) process.stdout.write = () => true;
mocha.run(() => {
  write(`${JSON.stringify({ name, tests })}\n`, () => process.exit(0));
});
