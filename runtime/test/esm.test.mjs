/** ES modules print what Node prints: each program runs in both. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { started } from './support.mjs';

const LIB = `
export let n = 1;
export function add(by = 1) { n += by; return n; }
export const self = function () { return this; };
export const tag = (parts) => parts.raw[0];
export class Shape { constructor(side = 2) { this.side = side; } }
export const { a, b: [c = 3, ...rest], ...others } = { a: 1, b: [undefined, 4, 5], x: 6, y: 7 };
var late;
export { late as later };
late = 'set';
export default add;
`;

const cases = {
  'an exported variable is read anew, however it changes': `
import { n, add, later } from './lib.mjs';
import * as lib from './lib.mjs';
console.log(n, add(), n, lib.add(5), lib.n, later);
for (let i = 0; i < 2; i++) add();
console.log(n, [n, { n }], \`\${n}\`, n ? n : 0);`,
  'names bound by patterns are exported': `
import { a, c, rest, others } from './lib.mjs';
console.log(a, c, rest, others);`,
  'functions are called without this': `
import { self, add as plus, tag, Shape } from './lib.mjs';
console.log(self(), self?.(), plus(), tag\`x\`, new Shape().side, new Shape(4).side, class extends Shape {}.name, self.call(1));`,
  'an inner name hides an import': `
import add, { n, a } from './lib.mjs';
const f = (n) => n;
function g() { { let a = 'inner'; console.log(a); } return a; }
function h() { if (true) { var n = 'var'; } return n; }
function k({ n, ...a }) { return [n, a]; }
const named = function a() { return typeof a; };
const Named = class n { static who = n.name; static { const a = 'block'; console.log(a); } };
try { throw 'thrown'; } catch (n) { console.log(n); }
for (const n of [1]) console.log(n);
for (let a = 0; a < 1; a++) console.log(a);
switch (1) { case 1: let n = 'case'; console.log(n); }
label: for (;;) { break label; }
console.log(f(2), g(), h(), k({ n: 1, z: 2 }), named(), Named.who, ({ n: 5, a() { return n; } }).a(), { n, a }, add.name);`,
  'lines without semicolons': `
import { add, n } from './lib.mjs'
const x = 1
add()
if (x) add()
else add()
const y = x
import { a } from './lib.mjs'
;[1].forEach(() => add(a))
console.log(x, y, n)
export default { x }
(() => console.log('called'))`.replace('{ x }\n(() =>', '{ x };\n(() =>'),
  'a default that is an expression, and its name': `
import f, { g } from './f.mjs'; import C from './c.mjs'; import v from './v.mjs'; import w from './w.mjs';
console.log(f(), f.name, g(), new C().m(), C.name, v, w(1), w.name);`,
  'modules that need each other': `
import { even } from './even.mjs';
console.log(even(10));`,
  'everything from another module': `
import all, { n, a2, whole } from './again.mjs';
import * as again from './again.mjs';
console.log(n, a2, whole.n, all(2), n, Object.keys(again), again);`,
  'import() and a namespace': `
const lib = await import('./lib.mjs');
lib.add();
console.log(lib.n, lib.default === lib.add, Object.keys(lib), lib[Symbol.toStringTag], 'n' in lib, { ...lib }.a);
console.log(lib);
try { lib.n = 5; } catch (error) { console.log(error.name); }`,
  'an import is constant': `
import { n } from './lib.mjs';
try { n = 2; } catch (error) { console.log(error.name, n); }`,
  'a name before its line': `
import { late } from './cycle.mjs';
export let early = 1;
console.log(late());`,
  'a namespace of CommonJS': `
import def, { one } from './common.cjs';
import * as all from './common.cjs';
console.log(def, one, all.one, all.default === def);`,
  'names with the letters of CommonJS': `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const module = { exports: 1 };
function f(exports) { return exports; }
console.log(require('./common.cjs').one, module.exports, f(3), typeof __dirname, typeof __filename, { module });`,
  'strict, and this is undefined': `
console.log(this, (function () { return this; })());
try { undeclared = 1; } catch (error) { console.log(error.message); }`,
  'exports under names that are no identifiers': `
import { 'a-b' as ab, plain } from './strings.mjs';
console.log(ab, plain());`,
  'loops and labels keep their lines': `
import {
  n,
  add,
} from './lib.mjs';
outer: for (const i of [1, 2])
  for (const j of [1, 2]) if (i === j) continue outer; else add();
do add(); while (n < 6);
export {
  n as total,
};
console.log(n, new Error('x').stack.split('\\n')[1].replace(/.*(main\\.mjs)/, '$1'));`,
};

const files = {
  'lib.mjs': LIB,
  'f.mjs': 'export default function () { return g(); }\nexport function g() { return 1; }',
  'c.mjs': 'export default class { m() { return 2; } }',
  'v.mjs': 'export /* a */\n  default (1, 2)\n',
  'w.mjs': 'export default (x) => { return x; }\n;(0)',
  'even.mjs': "import odd from './odd.mjs';\nexport function even(n) { return n === 0 || odd(n - 1); }",
  'odd.mjs': "import { even } from './even.mjs';\nexport default function odd(n) { return n !== 0 && even(n - 1); }",
  'again.mjs': "export * from './lib.mjs';\nexport { default, a as a2 } from './lib.mjs';\nexport * as whole from './lib.mjs';",
  'cycle.mjs': "import { early } from './main.mjs';\nexport const late = () => early;",
  'common.cjs': 'exports.one = 1; exports.two = () => 2;',
  'strings.mjs': "const v = 3; const f = () => 4; export { v as 'a-b', f as plain };",
};

for (const [name, code] of Object.entries(cases)) {
  await test(name, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esm-'));
    const all = { ...files, 'main.mjs': code };
    try {
      for (const [path, text] of Object.entries(all)) await writeFile(join(folder, path), text);
      const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs'], { cwd: folder });
      const sandbox = await started(all, { entry: 'main.mjs' });
      try {
        assert.equal(sandbox.result.error, undefined, sandbox.result.error?.stack);
        assert.equal(sandbox.printed(), stdout.trimEnd());
      } finally {
        await sandbox.close();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
