/** `url` beside Node's own: what it prints, formats and refuses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printsAsNode, started } from './support.mjs';

const told = (calls) => `
  const url = require('url');
  for (const call of [${calls.map((call) => `() => ${call}`).join(', ')}]) {
    try { console.log(call()); } catch ({ name, code, message, input }) { console.log(name, code, message, input); }
  }`;

await printsAsNode('url.parse', told([
  "url.parse('http://a:b@x:81/p/q?r=1&r=2#h')", "url.parse('/users?page=2', true)", "url.parse('http://\\nx')", "url.parse('javascript:alert(1)').href", "url.parse('//host/path', false, true).host",
  'url.parse(5)', 'url.parse()', "url.resolve('http://a/b', 'c')", "url.resolve('/one/two', '../three')",
]));
await printsAsNode('url.format', told([
  "url.format({ protocol: 'http', host: 'a.b', pathname: 'p', query: { x: [1, 2] } })", "url.format('http://a?b')", "url.format(new URL('http://u:p@é.com:8/x?y#z'))", "url.format(new URL('http://u:p@é.com:8/x?y#z'), { unicode: true, fragment: false, auth: false, search: false })",
  'url.format()', 'url.format(5)', 'url.format(null)', "url.format(new URL('http://a/'), 5)", "url.format(new URL('http://a/'), null)",
]));
await printsAsNode('files and options', told([
  "url.fileURLToPath('file:///a%20b')", "url.fileURLToPath('http://a')", 'url.fileURLToPath(5)', "url.fileURLToPath('file://host/a')", "url.fileURLToPath('file:///a%2fb')", "url.pathToFileURL('/a b#?').href", 'url.pathToFileURL(5)',
  "url.urlToHttpOptions(new URL('http://u:p%40@[::1]:8/x?y#z'))", "url.urlToHttpOptions(new URL('http://a/'))", "url.domainToASCII('é.com')", "url.domainToUnicode('xn--9ca.com')",
]));
await printsAsNode('punycode', "const { ucs2, toASCII, toUnicode, encode, decode } = require('punycode'); console.log(toASCII('mañana.com'), toUnicode('xn--maana-pta.com'), encode('mañana'), decode('maana-pta'), ucs2.decode('a'))");
await test('a port that is no number is warned of once in each program', async () => {
  for (let run = 0; run < 2; run += 1) {
    const sandbox = await started("const url = require('url'); url.parse('http://a:x/'); url.parse('http://a:y/');");
    assert.match(sandbox.printed(), /^\(node:\d+\) \[DEP0170\] DeprecationWarning: The URL http:\/\/a:x\/ is invalid\. Future versions of Node\.js will throw an error\.(?:\n|$)(?!.*a:y)/);
    await sandbox.close();
  }
});
