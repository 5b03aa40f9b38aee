/** Each pack in a small program: the sandbox answers and prints what Node does with the real package. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateSync } from 'node:zlib';
import { programs } from './packs/programs.mjs';
import { createSandbox } from './support.mjs';

const runtime = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'packs-'));
after(() => rmSync(work, { recursive: true, force: true }));

// Node's modules folder: the real packages, and the Express that ours is held to.
mkdirSync(join(work, 'node_modules'));
for (const folder of [join(runtime, '../packs/node_modules'), join(runtime, 'node_modules')]) {
  for (const name of readdirSync(folder)) if (!name.startsWith('.') && !existsSync(join(work, 'node_modules', name))) symlinkSync(join(folder, name), join(work, 'node_modules', name));
}

const NOT_COMPARED = ['date', 'connection', 'keep-alive'];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What both sides must agree on. */
function seen({ status, statusMessage, headers, body }, program) {
  const kept = headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => ![...NOT_COMPARED, ...(program.ignore ?? [])].includes(name));
  const coding = kept.find(([name]) => name === 'content-encoding')?.[1];
  const whole = program.unpack && coding ? { gzip: gunzipSync, deflate: inflateSync }[coding](body) : body;
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

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function opens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost', () => resolve(socket.destroy()));
    socket.on('error', () => resolve(false));
  });
}

function sendReal(port, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const req = request({ port, method, path, headers: { host: 'localhost:3000', connection: 'close', ...headers } }, (res) => {
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => {
        const pairs = Array.from({ length: res.rawHeaders.length / 2 }, (_, at) => res.rawHeaders.slice(at * 2, at * 2 + 2));
        resolve({ status: res.statusCode, statusMessage: res.statusMessage, headers: pairs, body: Buffer.concat(chunks) });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

async function inNode(program, files, folder) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const port = await freePort();
  const child = spawn(process.execPath, ['server.js'], { cwd: folder, env: { PATH: process.env.PATH, PORT: String(port), TZ: 'UTC' } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  if (program.requests.length === 0) {
    await ended;
    return { answers: [], printed };
  }
  for (let tries = 0; ; tries += 1) {
    if (await opens(port)) break;
    if (tries > 200) throw new Error(`the program did not start: ${printed}`);
    await wait(50);
  }
  const answers = await ask(program, (sent) => sendReal(port, sent));
  await wait(20);
  child.kill();
  await ended;
  return { answers, printed };
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
      const folder = mkdtempSync(join(work, 'p-'));
      const [real, own] = [await inNode(program, files, folder), await inSandbox(program, files)];
      const hidden = (value) => (program.hide ?? []).reduce((text, pattern) => text.replaceAll(pattern, '…'), JSON.stringify(value, null, 1).replaceAll(folder, '/app').replaceAll('\\"', '"'));
      assert.equal(hidden(own.answers), hidden(real.answers));
      assert.equal(hidden(own.printed), hidden(real.printed));
    });
  }
});
