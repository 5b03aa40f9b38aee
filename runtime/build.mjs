/** Bundles the runtime: `--package <outdir>` writes the npm-style package, `--test` the copy that the tests load. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildPacks, packDefines } from './build-packs.mjs';
import { acorn } from './scripts/acorn.mjs';
import { inspect } from './scripts/inspect.mjs';
import { path } from './scripts/path.mjs';
import { streams } from './scripts/streams.mjs';
import { url } from './scripts/url.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = (path) => join(here, 'src', path);
const dependency = (path) => join(here, 'node_modules', path);

/** What libraries get for Node's modules; the runtime's own files never import them, save `package/`. */
const builtins = {
  'process/': source('node/shims/process.ts'),
  process: source('node/shims/process.ts'),
  util: source('node/shims/util.ts'),
  path: dependency('path-unified/src/index.js'),
  querystring: dependency('unenv/dist/runtime/node/querystring.mjs'),
  events: source('node/events/index.ts'),
  buffer: dependency('buffer/index.js'),
  'string_decoder/': source('node/string-decoder.ts'),
  string_decoder: source('node/string-decoder.ts'),
  stream: dependency('readable-stream/lib/ours/browser.js'),
  'abort-controller': source('node/shims/abort.ts'),
};

const libraries = {
  name: 'libraries',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      const name = path.replace(/^node:/, '');
      if (importer.includes(`${join('src', 'package')}`) && path.startsWith('node:')) return { path, external: true };
      return builtins[name] ? { path: builtins[name] } : undefined;
    });
  },
};

/** Options that every bundle with the sandbox in it needs. */
export function runtimeOptions() {
  return {
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    // Libraries and learners look at the names of classes and functions.
    keepNames: true,
    define: { global: 'globalThis', ...packDefines },
    plugins: [acorn, inspect, path(source('node/path-checks.ts')), streams, url(source('node/url-errors.ts')), libraries],
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/** How esbuild gives functions and classes the names that they had, and a way that leaves those alone that have theirs still: to define one makes what it is put on slow. */
const NAMES = ['var __name = (target, value) => __defProp(', 'var __name = (target, value) => target.name === value ? target : __defProp('];

/** Writes `backlab-runtime`: `.` is createSandbox, `./grader` reads commands on stdin. */
export async function buildPackage(out) {
  await mkdir(out, { recursive: true });
  const { outputFiles } = await build({
    ...runtimeOptions(),
    format: 'esm',
    entryPoints: { index: source('package/index.ts'), grader: source('package/grader.ts') },
    splitting: true,
    chunkNames: 'core',
    outdir: out,
    write: false,
  });
  await Promise.all(outputFiles.map(({ path, text }) => writeFile(path, text.replace(...NAMES))));
  if (!outputFiles.some(({ text }) => text.includes(NAMES[0]))) throw new Error('esbuild names functions in another way. Adapt NAMES in build.mjs.');
  const engine = process.env.BACKLAB_ENGINE ?? source('engine');
  if (!existsSync(join(engine, 'database.js'))) {
    throw new Error('The engine is not built. Run `node runtime/scripts/engine.mjs` first.');
  }
  for (const file of ['engine.js', 'engine_bg.wasm', 'database.js', 'database_bg.wasm']) await copyFile(join(engine, file), join(out, file));
  await buildPacks(out);
  const { version, license, description } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const manifest = {
    name: 'backlab-runtime',
    version,
    description,
    license,
    type: 'module',
    engines: { node: '>=20' },
    exports: { '.': './index.js', './grader': './grader.js', './package.json': './package.json' },
    bin: { 'backlab-grader': './grader.js' },
  };
  await writeFile(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [mode, out] = process.argv.slice(2);
  const target = mode === '--test' ? '../target/runtime-test' : '../target/package/backlab-runtime';
  await buildPackage(mode === '--package' && out ? resolve(out) : join(here, target));
}
