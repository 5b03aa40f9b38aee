/** Bundles our Express for Node and hands it Node's own modules. */
import { build } from 'esbuild';
import { EventEmitter } from 'node:events';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import { fileURLToPath, pathToFileURL } from 'node:url';

const runtime = fileURLToPath(new URL('../../', import.meta.url));
const bundle = path.join(runtime, '../target/runtime-test/express.mjs');

export async function loadExpress(more = {}) {
  const folder = process.env.BACKLAB_ENGINE ?? path.join(runtime, 'src/engine');
  if (!fs.existsSync(path.join(folder, 'engine.js'))) {
    throw new Error('The engine is not built. Run `node scripts/engine.mjs` in runtime/ first.');
  }
  await build({ entryPoints: [path.join(runtime, 'src/express/index.ts')], bundle: true, format: 'esm', keepNames: true, outfile: bundle, logLevel: 'error' });
  const engine = await import(pathToFileURL(path.join(folder, 'engine.js')).href);
  const { memory } = engine.initSync({ module: fs.readFileSync(path.join(folder, 'engine_bg.wasm')) });
  const { createPackages, Recorder } = await import(pathToFileURL(bundle).href);
  const { express } = createPackages({ http, fs, path, EventEmitter, Buffer, process, setImmediate, console, engine, memory, crypto, zlib, ...more });
  return { express, Recorder };
}
