/** The console's prompt: what a line leaves for the next, and what it says, as Node's own prompt does. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { started } from './support.mjs';

const SERVER = "const http = require('http'); globalThis.counter = 1; http.createServer((q, s) => s.end('mine ' + q.url + ' ' + counter)).listen(3000)";

async function answers(name, files, lines, options) {
  await test(name, async () => {
    const sandbox = await started(files, options);
    for (const [line, wanted] of lines) {
      const answer = await sandbox.evaluate(line);
      if (wanted instanceof RegExp) assert.match(answer, wanted, line);
      else assert.equal(answer, wanted, line);
    }
    await sandbox.close();
  });
}

/** Lines that Node's prompt answers in the same words. */
const LINES = [
  'function f() { return 2 }', 'f()', 'class K { x = 1 }', 'new K()', 'var { a, b: [c] } = { a: 1, b: [2] }', 'a + c', 'let d = 1, e', '[d, e]', 'd += 4', 'd',
  'const g = () => f() * d', 'g()', 'function* many() { yield 1 }', '[...many()]', 'for (let i = 0; i < 3; i++) d += i', 'd', 'if (d) { var inner = d }', 'inner', 'for (var k = 0, m; k < 2; k++) ;', '[k, m]', 'for (var key in { q: 1 }) ;', 'key', 'if (d) var bare = 1', 'bare', '{ f(); var low = 1 }; low',
  'undeclared = 7', 'undeclared', '{ a: 1 }', '({ a })', '[1, 2].map((x) => x * 2);', 'f.name', 'async function later() { return 5 }', 'await later()', 'const h = await later()', 'h',
  "throw 'text'", 'throw { a: 1 }', 'throw null', 'nope', 'null.x', "'x'", 'f = 3', 'f', 'new Map([[1, 2]])', 'typeof require', 'const c1 = 1', 'c1 = 2', 'c1', 'const [c2, { c3 }] = [1, { c3: 2 }]', 'c3++', '[c2, c3]', 'let after = c1', 'after = 4', 'arguments', 'let K2 = class K3 {}', 'K2',
];
await test('lines in Node', async () => {
  // Its prompt says that a line has been answered.
  const run = `const { start } = require('repl'); const { PassThrough } = require('stream'); const input = new PassThrough(); let said = ''; let answered;
    const PROMPT = '<next line>'; const output = new PassThrough(); output.on('data', (text) => { said += text; if (said.endsWith(PROMPT)) answered(); });
    const prompted = () => new Promise((done) => { answered = done; });
    (async () => {
      const first = prompted(); start({ input, output, prompt: PROMPT, terminal: false, useColors: false }); await first;
      for (const line of ${JSON.stringify(LINES)}) { said = ''; const next = prompted(); input.write(line + '\\n'); await next; console.log(JSON.stringify(said.slice(0, -PROMPT.length).trim())); }
      process.exit();
    })()`;
  const real = execFileSync(process.execPath, ['-e', run], { encoding: 'utf8' }).trim().split('\n').map((text) => JSON.parse(text));
  const sandbox = await started('');
  for (const [at, line] of LINES.entries()) {
    // Node shows where an error is from, which is its own place here.
    assert.equal(await sandbox.evaluate(line), real[at].replace(/\n {4}at [\s\S]*/, ''), line);
  }
  await sandbox.close();
});

await answers('an error with fields of its own', '', [["throw Object.assign(new Error('bad'), { code: 7 })", 'Uncaught Error: bad { code: 7 }']]);
await answers('a constant declared again', '', [['const a = 1', 'undefined'], ['const a = 2', 'undefined'], ['a', '2'], ['a = 3', 'Uncaught TypeError: Assignment to constant variable.']]);
await answers('unfinished and wrong', '', [
  ['foo(', 'Uncaught SyntaxError: Unexpected end of input'],
  ['await foo(', 'Uncaught SyntaxError: Unexpected end of input'],
  ['if (true) {', 'Uncaught SyntaxError: Unexpected end of input'],
  ['foo bar', "Uncaught SyntaxError: Unexpected identifier 'bar'"],
  ['foo(1 2)', 'Uncaught SyntaxError: missing ) after argument list'],
  ['}', "Uncaught SyntaxError: Unexpected token '}'"],
  ['"abc', 'Uncaught SyntaxError: Invalid or unexpected token'],
  ['const = 1', /^Uncaught SyntaxError: /],
]);
await test('a line that ends the program says nothing of its own', async () => {
  for (const line of ['process.exit(3)', 'await new Promise(() => setImmediate(() => process.exit(3)))']) {
    const sandbox = await started(SERVER);
    assert.equal(await sandbox.evaluate(line), '');
    assert.deepEqual([sandbox.exitCode, sandbox.listening], [3, []]);
    assert.deepEqual(sandbox.console.map(({ level, text }) => [level, text]), [['input', line]]);
    await sandbox.close();
  }
});
await answers('in the running server', SERVER, [
  ['counter += 4', '5'],
  ["await (await fetch('http://localhost:3000/x')).text()", "'mine /x 5'"],
  ["await (await fetch('/y?z=1')).text()", "'mine /y?z=1 5'"],
  ["(await (await fetch('/api/users?limit=1')).json()).data[0].id", '1'],
]);
await answers('nobody listens: the mock API', '', [["(await fetch('/nope')).status + (await fetch('/nope')).url", "'404http://localhost:4000/nope'"]]);
await answers('a package that is not there', '', [["require('lodash')", /^Uncaught Error: Cannot find module 'lodash'/]]);
