/**
 * Requests per second through Express of the packaged runtime, beside real Express and other ways to ask a server without a
 * socket, in this process.
 *
 *     node bench/http.mjs            target/package/backlab-runtime, as `node build.mjs` writes it
 *     node bench/http.mjs <folder>   another build of the package
 *
 * All serve the same applications one request at a time. Ours goes through `sandbox.dispatch`: without traces, with traces that
 * nobody reads, and with traces that are made text for a listener. Answers are compared before and after. The best of several
 * rounds counts; the ratio is to real Express, above 1 is faster. The engine should be a release build.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CASES, source } from './cases.mjs';
import { express, fastify, hono, lightMyRequest, msw } from './peers.mjs';

const ROUNDS = 8;
/** Milliseconds of a round, and how many requests go between two looks at the clock. */
const ROUND = 200;
const BATCH = 20;

const folder = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../target/package/backlab-runtime/', import.meta.url));
const { createSandbox } = await import(pathToFileURL(resolve(folder, 'index.js')).href);

/** Answers a function that performs one request, and one that reads what it resolved with. */
async function ours({ app, request }, options) {
  const sandbox = await createSandbox({ ...options, env: { NODE_ENV: 'production' }, files: { 'app.js': source(app) } });
  const handler = sandbox.require('/app/app.js');
  return {
    send: () => sandbox.dispatch(handler, { headers: [['Host', 'localhost']], ...request }),
    read: ({ status, body }) => ({ status, body: new TextDecoder().decode(body) }),
    close: () => sandbox.close(),
  };
}

const SUBJECTS = {
  'real Express': express,
  ours: (one) => ours(one, { trace: false }),
  'ours, traced': (one) => ours(one, {}),
  'ours, traces read': (one) => ours(one, { onTrace() {} }),
  'light-my-request': lightMyRequest,
  'fastify inject': fastify,
  'hono request': hono,
  'msw and fetch': msw,
};

/** Requests per second of one round. */
async function measure({ send }) {
  const begun = performance.now();
  let done = 0;
  for (let now = begun; now - begun < ROUND; now = performance.now()) {
    for (let at = 0; at < BATCH; at += 1) await send();
    done += BATCH;
  }
  return (done / (performance.now() - begun)) * 1000;
}

for (const [name, one] of Object.entries(CASES)) {
  const subjects = [];
  for (const [label, make] of Object.entries(SUBJECTS)) subjects.push({ label, best: 0, ...(await make(one)) });
  // The first answers, and those after everything is warm.
  const same = async () => {
    const [expected, ...seen] = await Promise.all(subjects.map(async ({ send, read }) => read(await send())));
    assert.ok(expected.status < 300 && expected.body.length > 0, `${name}: Express answers ${expected.status} ${expected.body}`);
    for (const [at, answer] of seen.entries()) assert.deepEqual(answer, expected, `${name}: ${subjects[at + 1].label} answers differently`);
  };
  await same();
  // Round by round in turn, so that a busy machine slows all.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const subject of subjects) subject.best = Math.max(subject.best, await measure(subject));
  }
  await same();
  console.log(`${name.padEnd(20)}${'requests/s'.padStart(11)}   ratio`);
  for (const { label, best } of subjects) {
    console.log(`  ${label.padEnd(18)}${Math.round(best).toLocaleString('en').padStart(11)}${(best / subjects[0].best).toFixed(2).padStart(8)}`);
  }
  for (const subject of subjects) await subject.close?.();
}
