/**
 * Generated applications on real Express in real Node and in the sandbox: same status, same headers, same bytes. A seed makes the
 * same corpus on every machine; `ORACLE_SEED` and `ORACLE_APPS` make another one.
 */
import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fromSandbox, pair } from './oracle/answers.mjs';
import { application, SHARED } from './oracle/generate.mjs';
import { startNode, workFolder, writeProject } from './oracle/node.mjs';
import { createSandbox } from './support.mjs';

const SEED = Number(process.env.ORACLE_SEED ?? 5_003_000);
const APPS = Number(process.env.ORACLE_APPS ?? 300);
const REQUESTS = 10;
/** What the sandbox's clock begins with; in Node it stands still there. */
const NOW = '2026-01-05T09:00:00.000Z';

const work = workFolder();
const apps = Array.from({ length: APPS }, (_, at) => ({ name: `apps/app${at}.js`, ...application(SEED + at, 10_000 + at, REQUESTS) }));
const files = {
  ...SHARED,
  ...Object.fromEntries(apps.map(({ name, source }) => [name, source])),
  'package.json': '{"name":"corpus"}',
  'server.js': `process.on('uncaughtException', () => {});\nconsole.error = () => {};\n${apps.map(({ name }) => `require('./${name}');`).join('\n')}\n`,
};

/** Files of both sides are of the same time. */
function setTimes(folder) {
  const time = new Date(NOW);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    utimesSync(path, time, time);
    if (statSync(path).isDirectory()) setTimes(path);
  }
}

let folder;
let real;
let own;
before(async () => {
  folder = writeProject(work.folder, files);
  setTimes(folder);
  real = await startNode(folder, ['server.js'], { env: { NOW }, servers: APPS });
  assert.equal(real.ports.size, APPS, real.printed);
  own = await createSandbox({ files, clock: 'virtual', now: NOW, seed: 'oracle' });
  const started = await own.start();
  assert.equal(started.error, undefined, started.error?.stack);
});
after(async () => {
  await real.stop();
  await own.close();
  work.remove();
});

const hidden = (body) => body.replaceAll(folder, '/app');

async function askOwn({ method, path, headers, body }, port) {
  return fromSandbox(await own.send({ method, url: `http://localhost:${port}${path}`, headers, ...(body === undefined ? {} : { body }) }));
}

/** Sends a request to both; answers what each was seen to answer. */
async function both(sent, port) {
  const headers = sent.headers.some(([name]) => name === 'Host') ? sent.headers : [['Host', 'localhost:3000'], ...sent.headers];
  const [expected, got] = await Promise.all([real.ask(port, { ...sent, headers }), askOwn({ ...sent, headers }, port)]);
  const [one, other] = pair(got, expected, { method: sent.method, text: hidden });
  return { got: one, expected: other, etag: expected.headers?.find(([name]) => name === 'ETag')?.[1] };
}

describe(`${APPS} generated applications answer as on real Express`, () => {
  for (const { name, source, requests, port } of apps) {
    test(name, async () => {
      for (const sent of requests) {
        const { expected, got, etag } = await both(sent, port);
        const label = () => `${source}\n${JSON.stringify(sent)}`;
        assert.deepEqual(got, expected, label());
        // The client has it already.
        if (!etag || sent.method !== 'GET') continue;
        const again = await both({ ...sent, headers: [...sent.headers.filter(([key]) => key !== 'If-None-Match'), ['If-None-Match', etag]] }, port);
        assert.deepEqual(again.got, again.expected, `again, conditional: ${label()}`);
      }
    });
  }
});
