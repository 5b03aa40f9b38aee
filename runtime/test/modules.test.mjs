/** CommonJS and ES modules over the virtual files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, started } from './support.mjs';

/** Files, what is printed, and optionally the end. */
async function check(name, files, printed, more = {}) {
  await test(name, async () => {
    const sandbox = await started(files, more.options);
    try {
      if (more.error) for (const [key, value] of Object.entries(more.error)) assert.deepEqual(sandbox.result.error?.[key], value, key);
      else assert.equal(sandbox.result.error, undefined, sandbox.result.error?.stack);
      if (printed !== undefined) assert.equal(sandbox.printed(), printed);
      assert.equal(sandbox.result.exit, more.exit ?? 0);
    } finally {
      await sandbox.close();
    }
  });
}

const main = (code, rest = {}) => ({ 'server.js': code, ...rest });

await check('a file without its ending', main("console.log(require('./users').name)", { 'users.js': "exports.name = 'Asha'" }), 'Asha');
await check('a folder with index.js', main("console.log(require('./lib'))", { 'lib/index.js': 'module.exports = 7' }), '7');
await check('JSON', main("console.log(require('./data').a)", { 'data.json': '{"a": [1]}' }), '[ 1 ]');
await check('a package in node_modules', main("console.log(require('tool'))", {
  'node_modules/tool/package.json': '{"main": "lib/tool.js"}', 'node_modules/tool/lib/tool.js': "module.exports = 'tool'",
}), 'tool');
await check('exports of a package', main("console.log(require('tool/deep'))", {
  'node_modules/tool/package.json': '{"exports": {".": "./a.js", "./deep": {"import": "./b.mjs", "require": "./c.js"}}}', 'node_modules/tool/c.js': "module.exports = 'c'",
}), 'c');
await check('modules that need each other', main("console.log(require('./a').b.half)", {
  'a.js': "exports.early = 1; exports.b = require('./b');", 'b.js': "exports.half = Object.keys(require('./a'));",
}), "[ 'early' ]");
await check('one module is loaded once', main("require('./a'); require('./a.js'); console.log(Object.keys(require.cache).length)", { 'a.js': "console.log('a')" }), 'a\n2');
await check('names of the place', main('console.log(__filename, __dirname, require.main === module, module.id)'), '/app/server.js /app true .');
await check('a top-level name that is also a global', main("const fetch = 1; const console2 = console; const URL = 'x'; console2.log(fetch, URL)"), '1 x');
await check('a missing file', main("require('./nope')"), undefined, {
  exit: 1, error: { message: "Cannot find module './nope'\nRequire stack:\n- /app/server.js", code: 'MODULE_NOT_FOUND', file: 'server.js', line: 1 },
});
await check('a missing package', main("const m = require('mongoose-x')"), undefined, { exit: 1, error: { code: 'MODULE_NOT_FOUND' } });
await check('an unknown node: module', main("require('node:nope')"), undefined, { exit: 1, error: { message: 'No such built-in module: node:nope', code: 'ERR_UNKNOWN_BUILTIN_MODULE' } });
await check('a missing entry', { 'other.js': '' }, undefined, { exit: 1, error: { message: "Cannot find module '/app/server.js'" } });

const esm = { 'package.json': '{"type": "module"}' };
await check('live bindings', main("import { n, add } from './n.js'; add(); console.log(n)", { ...esm, 'n.js': 'export let n = 1; export function add() { n++; }' }), '2');
await check('default, named, all', main("import d, { a as b } from './m.mjs'; import * as all from './m.mjs'; console.log(d, b, all)", { ...esm, 'm.mjs': 'export default 1; export const a = 2;' }), '1 2 [Module: null prototype] { a: 2, default: 1 }');
await check('a core module by name', main("import { join } from 'node:path'; import fs from 'fs'; console.log(join('a', '..', 'b'), typeof fs.readFileSync)", esm), 'b function');
await check('CommonJS from an ES module', main("import users, { first } from './users.cjs'; console.log(users.first, first)", { ...esm, 'users.cjs': 'exports.first = 1' }), '1 1');
await check('top-level await, in order', main("import { v } from './slow.js'; console.log(v);", { ...esm, 'slow.js': "export const v = await new Promise((r) => setTimeout(() => r('late'), 50));" }), 'late');
await check('dynamic import', main("import('./m.mjs').then((m) => console.log(m.default))", { 'm.mjs': 'export default 3' }), '3');
await check('import.meta', main('console.log(import.meta.url, import.meta.filename)', esm), 'file:///app/server.js /app/server.js');
await check('createRequire', main("import { createRequire } from 'module'; const require = createRequire(import.meta.url); console.log(require('./d.json').x)", { ...esm, 'd.json': '{"x": 5}' }), '5');
await check('syntax decides when package.json is silent', main("import path from 'path'; console.log(path.sep)"), '/');
await check('require of an ES module', main("console.log(require('./m.mjs').a)", { 'm.mjs': 'export const a = 4' }), '4');
await check('require in an ES module', main("require('./x')", esm), undefined, { exit: 1, error: { name: 'ReferenceError', message: 'require is not defined in ES module scope, you can use import instead', line: 1 } });
await check('__dirname in an ES module', main('console.log(__dirname)', esm), undefined, { exit: 1, error: { message: '__dirname is not defined in ES module scope' } });
await check('a missing export', main("import { nope } from './m.js'", { ...esm, 'm.js': 'export const a = 1' }), undefined, { exit: 1, error: { name: 'SyntaxError', message: "The requested module './m.js' does not provide an export named 'nope'" } });
await check('an import without its ending', main("import './users'", { ...esm, 'users.js': '' }), undefined, {
  exit: 1, error: { code: 'ERR_MODULE_NOT_FOUND', message: "Cannot find module '/app/users' imported from /app/server.js\nDid you mean to import \"./users.js\"?" },
});
await check('an unsettled top-level await', main('await new Promise(() => {})', esm), undefined, { exit: 13 });
await check('columns behind rewritten imports', main("import { a } from './m.js';\na.b; const x = a.b.c;", { ...esm, 'm.js': 'export const a = {}' }), undefined, { exit: 1, error: { line: 2, column: 20 } });

await test('parse says what is wrong, and where', () => {
  assert.equal(parse('a.js', 'const a = 1;').ok, true);
  const { ok, error } = parse('a.js', "app.get('/', (req, res) => {\n  res.send('x';\n});");
  assert.equal(ok, false);
  assert.deepEqual([error.name, error.message, error.file, error.line, error.column], ['SyntaxError', 'missing ) after argument list', 'a.js', 2, 15]);
  assert.equal(parse('a.json', '{"a": }').error.line, 1);
  assert.equal(parse('style.css', 'a {').ok, true);
});
await test('parse knows letters of every script, and what is wrong in a regular expression', () => {
  for (const code of ['const größe = 1;', 'let नाम, _$1, 𠮷;', 'x = /\\p{Script=Greek}(?<year>\\d+)[\\p{L}--[a-z]]/v;']) assert.equal(parse('a.mjs', code).ok, true, code);
  for (const [code, column, message] of [
    ['const a = /(/;', 12, 'Invalid regular expression: /(/: Unterminated group'],
    ['const a = /[b-a]/;', 12, 'Invalid regular expression: /[b-a]/: Range out of order in character class'],
    ['const a§ = 1;', 8, "Unexpected character '§'"],
  ]) {
    const { error } = parse('a.mjs', `\n${code}`);
    assert.deepEqual([error.message, error.line, error.column], [message, 2, column]);
  }
});
await check('a syntax error stops the start', main('const a = ;'), '/app/server.js:1\nconst a = ;\n          ^\n\nSyntaxError: Unexpected token \';\'\n\nNode.js v20.20.2', {
  exit: 1, error: { name: 'SyntaxError', message: "Unexpected token ';'", file: 'server.js', line: 1, column: 11 },
});
