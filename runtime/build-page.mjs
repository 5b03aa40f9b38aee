/** Bundles what the page loads: `node build-page.mjs <outdir> [debug]`. */
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimeOptions } from './build.mjs';

const [out = 'page', mode = 'release'] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const source = (path) => join(here, 'src', path);
const common = { bundle: true, minify: mode === 'release', target: 'es2022', logLevel: 'warning', legalComments: 'none' };

/** A bundle as text, to be put into an HTML file whose policy allows no file of its own. */
async function script(entry) {
  const result = await build({ ...common, entryPoints: [source(entry)], format: 'iife', write: false });
  return result.outputFiles[0].text.replaceAll('</script', '<\\/script');
}

async function page(name, entry, mark) {
  const html = await readFile(source(name), 'utf8');
  const bundled = await script(entry);
  await writeFile(join(out, name.slice(name.lastIndexOf('/') + 1)), html.replace(mark, () => bundled));
}

/** The sandbox's script stands in an attribute, as a document of its own. */
async function sandbox() {
  const html = await readFile(source('frame/sandbox.html'), 'utf8');
  const inner = `<!doctype html><script>${await script('frame/index.ts')}</script>`;
  const escaped = inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await writeFile(join(out, 'sandbox.html'), html.replace('/*FRAME*/', () => escaped));
}

await mkdir(out, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: [source('host/index.ts')], outfile: join(out, 'host.js'), format: 'esm' }),
  build({ ...common, entryPoints: [source('editor/index.ts')], outfile: join(out, 'editor.js'), format: 'esm' }),
  build({ ...common, entryPoints: [source('offline/index.ts')], outfile: join(out, 'sw.js'), format: 'iife' }),
  build({ ...common, ...runtimeOptions(), entryPoints: [source('worker/index.ts')], outfile: join(out, 'worker.js'), format: 'iife' }),
  sandbox(),
  page('preview/preview.html', 'preview/index.ts', '/*PREVIEW*/'),
  copyFile(source('engine/engine_bg.wasm'), join(out, 'engine_bg.wasm')),
]);
