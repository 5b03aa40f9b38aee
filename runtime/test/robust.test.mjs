/** Bad clients, much work and long runs: as in Node, in order, and without growing. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fromSandbox } from './oracle/answers.mjs';
import { startNode, workFolder, writeProject } from './oracle/node.mjs';
import { programs } from './robust/programs.mjs';
import { requests, server } from './robust/requests.mjs';
import { started } from './support.mjs';

const work = workFolder();
after(() => work.remove());

/** Without an answer for so long, a client gives up. */
const PATIENCE = 500;

/** Writes a request as it stands; reads the answer until the other side closes. */
function sendRaw(port, { method, target, headers, body }) {
  return new Promise((resolve) => {
    const head = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
    const socket = connect(port, 'localhost');
    let text = '';
    const timer = setTimeout(() => socket.destroy(), PATIENCE);
    socket.setEncoding('latin1').on('data', (data) => {
      text += data;
      // A connection that is kept open says so; then the answer is there whole.
      if (/\r\nConnection: keep-alive\r\n/.test(text) && /\r\n\r\n(?!HTTP)/.test(text)) setTimeout(() => socket.destroy(), 50);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text === '' ? { hang: true } : parsed(text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')));
    });
    socket.write(Buffer.from(head + body, 'latin1'));
  });
}

function parsed(text) {
  const [, status, statusMessage, head, body] = /^HTTP\/1\.1 (\d+) (.*)\r\n((?:.+\r\n)*)\r\n([^]*)$/.exec(text);
  const headers = head.split('\r\n').filter(Boolean).map((line) => line.split(/: (.*)/s).slice(0, 2));
  const chunked = headers.some(([name]) => name === 'Transfer-Encoding');
  return { status: Number(status), statusMessage, headers, body: chunked ? body.replace(/^[\da-f]+\r\n/gm, '').replaceAll('\r\n', '') : body };
}

const compared = (answer) => answer.status === undefined ? answer : { ...answer, body: Buffer.from(answer.body).toString('latin1'), headers: answer.headers.filter(([name]) => name !== 'Date') };

describe('requests that are not as they should be', async () => {
  const real = await startNode(writeProject(work.folder, { 'server.js': server }), ['server.js'], { servers: 3 });
  const own = await started(server);
  after(async () => {
    await real.stop();
    await own.close();
  });
  const both = async (port, { method, target, headers, body }) => {
    const all = [...headers, ['User-Agent', 'raw'], ['Accept', '*/*'], ['X-Port', String(port)]];
    const connection = headers.some(([key]) => key === 'Connection') ? [] : [['Connection', 'keep-alive']];
    const [got, expected] = await Promise.all([
      own.send({ method, url: `http://localhost:${port}${target}`, headers: all, body: Buffer.from(body, 'latin1') }),
      sendRaw(real.ports.get(port), { method, target, headers: [...all, ...connection], body }),
    ]);
    return [compared(fromSandbox(got)), compared(expected)];
  };
  for (const [name, request] of requests) {
    test(name, async () => {
      const answers = await Promise.all([3000, 3001, 3002].map((port) => both(port, request)));
      assert.deepEqual(answers.map(([got]) => got), answers.map(([, expected]) => expected));
    });
  }
});

/** What each side printed, without stack frames: which of two ends of a connection hears first that it is gone, is chance. */
function sides(printed) {
  const lines = printed.trimEnd().split('\n').filter((line) => !line.startsWith('    at '));
  return [true, false].map((isClient) => lines.filter((line) => line.startsWith('client') === isClient));
}

describe('clients that misbehave', () => {
  for (const [name, code] of programs) {
    test(name, async () => {
      const real = await startNode(writeProject(work.folder, { 'server.js': code }), ['server.js']);
      const own = await started(code);
      await own.advance(3000);
      await real.ended;
      assert.deepEqual(sides(own.printed()), sides(real.printed));
      await own.close();
    });
  }
});

test('200 requests at once are answered in order of readiness', async () => {
  const own = await started("const app = require('express')(); app.get('/:ms', (req, res) => setTimeout(() => res.send(req.params.ms), Number(req.params.ms))); app.listen(3000)");
  const order = [];
  const delays = Array.from({ length: 200 }, (_, at) => ((at * 83) % 200) + 1);
  await Promise.all(delays.map(async (ms) => {
    const answer = await own.send({ method: 'GET', url: `http://localhost:3000/${ms}`, headers: [] });
    order.push(Number(Buffer.from(answer.body).toString()));
  }));
  assert.deepEqual(order, delays.toSorted((a, b) => a - b));
  await own.close();
});

test('memory does not grow over 100 000 requests', async () => {
  const script = fileURLToPath(new URL('robust/memory.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script], { maxBuffer: 1e8 });
  const { early, late, answers } = JSON.parse(stdout.trim().split('\n').at(-1));
  assert.deepEqual(answers, { 200: 48_000, 201: 25_000, 404: 25_000, 500: 2000 });
  assert.ok(late < early + 2_000_000, `${early} bytes after 20 000 requests, ${late} after 100 000`);
});
