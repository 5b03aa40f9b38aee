/** Bundles what the page loads: `node build-page.mjs <outdir> [debug]`. */
import { build } from 'esbuild';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { buildPacks, packDefines } from './build-packs.mjs';
import { runtimeOptions } from './build.mjs';
import { writeFrames } from './frames.mjs';

const [out = 'page', mode = 'release'] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const source = (path) => join(here, 'src', path);
const common = { bundle: true, minify: mode === 'release', target: 'es2022', logLevel: 'warning', legalComments: 'none', define: packDefines };

/** A bundle as text, for pages whose policy allows no file. */
async function bundle(entry) {
  const result = await build({ ...common, entryPoints: [source(entry)], format: 'iife', write: false });
  return result.outputFiles[0].text;
}

/** The worker is by far the largest script: Terser takes a twentieth off what esbuild leaves. */
async function worker() {
  const options = { ...common, ...runtimeOptions(), entryPoints: [source('worker/index.ts')], format: 'iife', write: false };
  const [{ text }] = (await build(options)).outputFiles;
  const small = mode === 'release' ? await minify(text, { ecma: 2020, compress: { passes: 3 } }) : { code: text };
  await writeFile(join(out, 'worker.js'), small.code);
}

await mkdir(out, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: [source('host/index.ts')], outfile: join(out, 'host.js'), format: 'esm' }),
  build({ ...common, entryPoints: [source('editor/index.ts')], outfile: join(out, 'editor.js'), format: 'esm' }),
  build({ ...common, entryPoints: [source('project/page.ts')], outfile: join(out, 'project.js'), format: 'esm' }),
  build({ ...common, entryPoints: [source('offline/index.ts')], outfile: join(out, 'sw.js'), format: 'iife' }),
  worker(),
  writeFrames(out, source(''), bundle),
  ...['engine_bg.wasm', 'database_bg.wasm'].map((file) => copyFile(source(`engine/${file}`), join(out, file))),
  buildPacks(out),
]);
