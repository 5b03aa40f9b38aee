/** readable-stream without a named function that each stream makes as it ends: the bundler would name it at run time, which takes longer than the end. */
import { readFile } from 'node:fs/promises';

/** What stands in its text, and what is there instead. The marks are of the pinned version. */
const CHANGES = [
  ['  function onDestroy(err) {', '  const [onDestroy] = [function (err) {'],
  ['  }\n  try {\n    self._destroy(err || null, onDestroy)', '  }]\n  try {\n    self._destroy(err || null, onDestroy)'],
];

export const streams = {
  name: 'streams',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]readable-stream[\\/]lib[\\/]internal[\\/]streams[\\/]destroy\.js$/ }, async ({ path }) => {
      let text = await readFile(path, 'utf8');
      for (const [from, to] of CHANGES) {
        if (!text.includes(from)) throw new Error(`readable-stream's text has changed: "${from}" is not in it. Adapt CHANGES in scripts/streams.mjs.`);
        text = text.replace(from, () => to);
      }
      return { contents: text, loader: 'js' };
    });
  },
};
