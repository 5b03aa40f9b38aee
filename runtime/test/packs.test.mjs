/** Each pack in a small program: the sandbox answers and prints what Node does with the real package. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { startNode, workFolder, writeProject } from './oracle/node.mjs';
import { programs } from './packs/programs.mjs';
import { createSandbox } from './support.mjs';

const work = workFolder();
after(() => work.remove());

const NOT_COMPARED = ['date', 'connection', 'keep-alive'];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What both sides must agree on. */
function seen({ status, statusMessage, headers, body }, program) {
  const kept = headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => ![...NOT_COMPARED, ...(program.ignore ?? [])].includes(name));
  const coding = kept.find(([name]) => name === 'content-encoding')?.[1];
  const whole = program.unpack && coding ? { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[coding](body) : body;
  return { status, statusMessage, headers: kept, body: Buffer.from(whole).toString('latin1') };
}

/** Adds the cookies set so far, or the body of the first answer as a bearer token. */
function complete(sent, answers) {
  const headers = { 'user-agent': 'test', accept: '*/*', cookie: '', ...sent.headers };
  const set = answers.flatMap((answer) => answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value.split(';')[0]));
  const jar = new Map(set.map((pair) => [pair.split('=')[0], pair]));
  if (sent.cookie && jar.size > 0) headers.cookie = [...jar.values()].join('; ');
  if (sent.bearer) headers.authorization = `Bearer ${Buffer.from(answers[0].body).toString()}`;
  if (sent.method !== 'GET') headers['content-length'] = String(Buffer.byteLength(sent.body ?? ''));
  return { ...sent, headers };
}

async function ask(program, send) {
  const answers = [];
  for (const sent of program.requests) answers.push(await send(complete(sent, answers)));
  return answers.map((answer) => seen(answer, program));
}

async function inNode(program, folder) {
  const real = await startNode(folder, ['server.js']);
  const isServer = program.requests.length > 0;
  if (isServer && real.ports.size === 0) throw new Error(`the program did not start: ${real.printed}`);
  if (!isServer) await real.ended;
  const answers = isServer ? await ask(program, ({ headers, ...sent }) => real.ask(3000, { ...sent, headers: Object.entries({ connection: 'close', ...headers }) })) : [];
  await wait(20);
  await real.stop();
  return { answers, printed: real.printed };
}

async function inSandbox(program, files) {
  const sandbox = await createSandbox({ files, clock: 'real' });
  try {
    const result = await sandbox.start();
    assert.equal(result.error, undefined, result.error?.stack);
    const answers = await ask(program, ({ method, path, headers, body }) =>
      sandbox.send({ method, url: `http://localhost:3000${path}`, headers: Object.entries({ connection: 'close', ...headers }), ...(body === undefined ? {} : { body }) }));
    if (program.requests.length === 0) while (sandbox.exitCode === undefined) await wait(10);
    await wait(20);
    return { answers, printed: sandbox.console.map(({ text }) => `${text}\n`).join('') };
  } finally {
    await sandbox.close();
  }
}

describe('packs as in Node', () => {
  for (const program of programs) {
    test(program.name, async () => {
      const files = program.files ?? { 'server.js': program.code };
      const folder = writeProject(work.folder, files);
      const [real, own] = [await inNode(program, folder), await inSandbox(program, files)];
      const hidden = (value) => (program.hide ?? []).reduce((text, pattern) => text.replaceAll(pattern, '…'), JSON.stringify(value, null, 1).replaceAll(folder, '/app').replaceAll('\\"', '"'));
      assert.equal(hidden(own.answers), hidden(real.answers));
      assert.equal(hidden(own.printed), hidden(real.printed));
    });
  }
});
