/** path-unified, whose functions ask the running program for its working directory and refuse arguments in Node's words. */
import { readFile } from 'node:fs/promises';

/** The name of an argument that has another one since. The mark is of the pinned version. */
const [BEFORE, AFTER] = ["validateString(suffix, 'ext')", "validateString(suffix, 'suffix')"];

export const path = (checks) => ({
  name: 'path',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/validators\.js$/ }, ({ importer }) => (/[\\/]path-unified[\\/]src[\\/]/.test(importer) ? { path: checks } : undefined));
    onLoad({ filter: /[\\/]path-unified[\\/]src[\\/](?:path|isWindows)\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (path.endsWith('path.js') && !text.includes(BEFORE)) throw new Error(`path-unified's text has changed: "${BEFORE}" is not in it. Adapt scripts/path.mjs.`);
      return { contents: `import process from 'process';\n${text.replaceAll(BEFORE, AFTER)}`, loader: 'js' };
    });
  },
});
