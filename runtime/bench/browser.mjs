/** Ours beside real Express, both bundled into one dedicated worker of headless Chromium: one for each case and each of our ways, as a page has one program. */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runtimeOptions } from '../build.mjs';
import { CASES } from './cases.mjs';
import { OURS } from './ours.mjs';
import { table } from './rounds.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dependency = (path) => here(`../node_modules/${path}`);
const { chromium } = createRequire(here('../../e2e/package.json'))('playwright-core');

/** What a bundle of Express for browsers gets for Node's modules: npm's polyfills, and an `http` in memory. */
const POLYFILLS = {
  buffer: dependency('buffer/index.js'),
  crypto: here('browser/crypto.mjs'),
  events: dependency('events/events.js'),
  http: here('browser/http.mjs'),
  path: dependency('path-browserify/index.js'),
  process: dependency('process/browser.js'),
  stream: dependency('readable-stream/lib/ours/browser.js'),
  string_decoder: dependency('string_decoder/lib/string_decoder.js'),
};
/** unenv's stand-ins for the rest of them. */
const UNENV = /^(?:async_hooks|diagnostics_channel|fs(?:\/promises)?|net|querystring|tty|url|util(?:\/types)?|zlib)$/;

const polyfills = {
  name: 'polyfills',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => {
      const name = path.replace(/^node:/, '').replace(/\/$/, '');
      if (POLYFILLS[name]) return { path: POLYFILLS[name] };
      return UNENV.test(name) ? { path: dependency(`unenv/dist/runtime/node/${name}.mjs`) } : undefined;
    });
  },
};

/** A script that leaves what a module exports in a global. */
async function script(entry, globalName, options) {
  const { outputFiles } = await build({
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    ...options,
    format: 'iife',
    globalName,
    entryPoints: [here(`browser/${entry}`)],
    write: false,
  });
  return outputFiles[0].text;
}

/** Races in the workers, and tells the tables as they come. Real Express, which is in all of them, is shown at its best. */
export async function raceInWorker(print) {
  const [ours, real, worker, engine] = await Promise.all([
    script('ours.mjs', 'ours', runtimeOptions()),
    script('express.mjs', 'real', { plugins: [polyfills], inject: [here('browser/globals.mjs')], define: { global: 'globalThis' } }),
    script('worker.mjs', 'worker', {}),
    readFile(here('../src/engine/engine_bg.wasm'), 'base64'),
  ]);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    print(`Worker of Chromium ${browser.version()}`);
    const page = await browser.newPage();
    const text = [ours, real, worker].join('\n');
    for (const name of Object.keys(CASES)) {
      const rows = new Map();
      for (const label of Object.keys(OURS)) {
        const { rows: more, failure } = await page.evaluate(run, { text, engine, name, label });
        if (failure) throw new Error(`In the worker: ${failure}`);
        for (const row of more) if (!(rows.get(row.label)?.best > row.best)) rows.set(row.label, row);
      }
      print(table(name, [...rows.values()]));
    }
  } finally {
    await browser.close();
  }
}

/** Runs in the page: starts a worker and answers what it tells. */
function run({ text, engine, name, label }) {
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  const told = new Promise((done) => {
    worker.onerror = ({ message }) => done({ failure: message });
    worker.onmessage = ({ data }) => done(data);
    worker.postMessage({ engine: Uint8Array.from(atob(engine), (character) => character.charCodeAt(0)), name, label });
  });
  return told.finally(() => worker.terminate());
}
