/** Colours of code outside the editor, by file name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';

const bundle = await build({ entryPoints: [new URL('../src/editor/highlight.ts', import.meta.url).pathname], bundle: true, format: 'esm', write: false });
const { highlightLines } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);

const check = (path, text, expected) => test(`${path}: ${JSON.stringify(text)}`, () => assert.deepEqual(highlightLines(path, text), expected));

check('a.js', "let a = 'x'", ['<i class="k">let</i> a <i class="o">=</i> <i class="s">\'x\'</i>']);
check('a.js', '// <b>\n1', ['<i class="c">// &lt;b&gt;</i>', '<i class="n">1</i>']);
check('a.json', '{"a":1}', ['<i class="o">{</i><i class="p">&quot;a&quot;</i><i class="o">:</i><i class="n">1</i><i class="o">}</i>']);
check('a.txt', 'a < b\n', ['a &lt; b', '']);
