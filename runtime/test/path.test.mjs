/** `path` and `path.win32` beside Node's own: what they answer, and how they refuse. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { createSandbox } from './support.mjs';

const TEXTS = ['', '.', '..', '/', '/a/../b', 'a//b/./c/', '/app/x.tar.gz', '.env', 'C:\\a\\..\\b', '\\\\host\\share\\x', 'c:x', 'C:/a\\b.txt'];
/** What no function takes, each instead of a text. */
const REFUSED = [undefined, null, 3, {}, ['a']];
const PAIRS = ['resolve', 'relative', 'join', 'basename'];
const SINGLES = ['normalize', 'isAbsolute', 'dirname', 'extname', 'parse', 'toNamespacedPath'];

const outcome = (run) => {
  try {
    return run();
  } catch ({ name, code, message }) {
    return { name, code, message };
  }
};

/** What Node changed on Windows after the version that path-unified follows: a drive in the middle of `join`, and what is no name of Windows. */
const isNewer = (kind, name, texts) => kind === 'win32' && ((name === 'join' && /^[a-z]:/i.test(texts.at(-1))) || (name === 'toNamespacedPath' && !/^(?:\\\\|C:)/.test(texts[0])));

const sandbox = await createSandbox({ files: {} });
const ours = sandbox.require('path');

for (const kind of ['posix', 'win32']) {
  for (const name of SINGLES) {
    await test(`${kind}.${name}`, () => {
      for (const text of [...TEXTS, ...REFUSED]) {
        if (!isNewer(kind, name, [text])) assert.deepEqual(outcome(() => ours[kind][name](text)), outcome(() => path[kind][name](text)), JSON.stringify(text));
      }
    });
  }
  for (const name of PAIRS) {
    await test(`${kind}.${name}`, () => {
      // With a root, as what has none is resolved from the working directory, which is the program's own.
      const first = (text) => (PAIRS.indexOf(name) < 2 && typeof text === 'string' ? `${kind === 'posix' ? '/base/' : 'D:\\base\\'}${text}` : text);
      for (const one of [...TEXTS, ...REFUSED]) {
        for (const two of [...TEXTS, ...REFUSED]) {
          if (isNewer(kind, name, [one, two])) continue;
          assert.deepEqual(outcome(() => ours[kind][name](first(one), first(two))), outcome(() => path[kind][name](first(one), first(two))), JSON.stringify([one, two]));
        }
      }
    });
  }
  await test(`${kind}.format, and what else is there`, () => {
    for (const parts of [{ root: '/', base: 'a.b' }, { dir: '/x', name: 'f', ext: 'txt' }, {}, null, 'a', []]) {
      assert.deepEqual(outcome(() => ours[kind].format(parts)), outcome(() => path[kind].format(parts)));
    }
    const { sep, delimiter } = ours[kind];
    assert.deepEqual({ sep, delimiter }, { sep: path[kind].sep, delimiter: path[kind].delimiter });
    assert.ok(ours[kind].posix === ours.posix && ours[kind].win32 === ours.win32);
  });
}

await test('a path is resolved from the working directory of the program that asks', async () => {
  const asking = await createSandbox({ files: { 'server.js': "const path = require('path'); process.chdir('/tmp'); console.log(path.resolve('a'), path.relative('b', '/app/c'), path === path.posix);" } });
  await asking.start();
  assert.deepEqual(asking.console.map(({ text }) => text), ['/tmp/a ../../app/c true']);
  await asking.close();
});
await sandbox.close();
