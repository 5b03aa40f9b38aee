/**
 * Requests per second through Express of the packaged runtime, beside real Express and other ways to ask a server without a
 * socket, in this process; then ours beside real Express in a worker of Chromium.
 *
 *     node bench/http.mjs            target/package/backlab-runtime, as `node build.mjs` writes it
 *     node bench/http.mjs <folder>   another build of the package
 *
 * All serve the same applications one request at a time. The best of several rounds counts; the ratio is to real Express, above 1
 * is faster. The engine should be a release build. `CHROMIUM` is the browser's path.
 */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { raceInWorker } from './browser.mjs';
import { CASES } from './cases.mjs';
import { ourSubjects } from './ours.mjs';
import { express, fastify, hono, lightMyRequest, msw } from './peers.mjs';
import { race, table } from './rounds.mjs';

const folder = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../target/package/backlab-runtime/', import.meta.url));
const { createSandbox } = await import(pathToFileURL(resolve(folder, 'index.js')).href);

const SUBJECTS = {
  'real Express': express,
  ...ourSubjects(createSandbox),
  'light-my-request': lightMyRequest,
  'fastify inject': fastify,
  'hono request': hono,
  'msw and fetch': msw,
};

console.log(`Node ${process.versions.node}`);
for (const [name, one] of Object.entries(CASES)) console.log(table(name, await race(name, one, SUBJECTS)));
await raceInWorker((line) => console.log(line));
