/** path-unified, whose functions ask the running program for its working directory and refuse arguments in Node's words. */
import { patched } from './patch.mjs';

/** What stands in its text, and what is there instead: Node 20's name of an argument. */
const CHANGES = [["validateString(suffix, 'ext')", "validateString(suffix, 'suffix')"]];

export const path = (checks) => ({
  name: 'path',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/validators\.js$/ }, ({ importer }) => (/[\\/]path-unified[\\/]src[\\/]/.test(importer) ? { path: checks } : undefined));
    onLoad({ filter: /[\\/]path-unified[\\/]src[\\/](?:path|isWindows)\.js$/ }, async ({ path }) => {
      const text = await patched(path, path.endsWith('path.js') ? CHANGES : [], 'CHANGES in scripts/path.mjs');
      return { contents: `import process from 'process';\n${text}`, loader: 'js' };
    });
  },
});
