/** readable-stream without a named function that each stream makes as it ends: the bundler would name it at run time, which takes longer than the end. */
import { patched } from './patch.mjs';

/** What stands in its text, and what is there instead. */
const CHANGES = [
  ['  function onDestroy(err) {', '  const [onDestroy] = [function (err) {'],
  ['  }\n  try {\n    self._destroy(err || null, onDestroy)', '  }]\n  try {\n    self._destroy(err || null, onDestroy)'],
];

export const streams = {
  name: 'streams',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]readable-stream[\\/]lib[\\/]internal[\\/]streams[\\/]destroy\.js$/ }, async ({ path }) => ({ contents: await patched(path, CHANGES, 'CHANGES in scripts/streams.mjs'), loader: 'js' }));
  },
};
