/**
 * Requests per second through Express of the packaged runtime, beside real Express and other ways to ask a server without a
 * socket, in Node, each in a thread of its own; then ours beside real Express in a worker of Chromium.
 *
 *     node bench/http.mjs            target/package/backlab-runtime, as `node build.mjs` writes it
 *     node bench/http.mjs <folder>   another build of the package
 *
 * All serve the same applications one request at a time. The best of several rounds counts; the ratio is to real Express, above 1
 * is faster. The engine should be a release build. `CHROMIUM` is the browser's path.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { raceInWorker } from './browser.mjs';
import { CASES } from './cases.mjs';
import { OURS } from './ours.mjs';
import { race, table } from './rounds.mjs';

const folder = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../target/package/backlab-runtime/', import.meta.url));
const entry = pathToFileURL(resolve(folder, 'index.js')).href;
const LABELS = ['real Express', ...Object.keys(OURS), 'light-my-request', 'fastify inject', 'hono request', 'msw and fetch'];

/** A subject of `race`. */
function thread(label, name) {
  const worker = new Worker(new URL('thread.mjs', import.meta.url), { workerData: { label, name, entry } });
  const ask = async (what) => {
    worker.postMessage(what);
    const [answer] = await once(worker, 'message');
    return answer;
  };
  return { label, round: () => ask('round'), answer: () => ask('answer'), close: () => worker.terminate() };
}

console.log(`Node ${process.versions.node}`);
for (const name of Object.keys(CASES)) {
  const subjects = LABELS.map((label) => thread(label, name));
  console.log(table(name, await race(name, subjects)));
  await Promise.all(subjects.map(({ close }) => close()));
}
await raceInWorker((line) => console.log(line));
