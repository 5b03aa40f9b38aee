/** Our Express beside the real one, on real sockets: same status, same headers, same bytes. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, describe, test } from 'node:test';
import realExpress from 'express';
import { apps, refusals } from './express/apps.mjs';
import { loadExpress } from './express/own.mjs';

const quiet = { error() {} };
const { express: ownExpress } = await loadExpress({ console: quiet });
console.error = quiet.error;
const servers = [];
after(() => servers.forEach((server) => server.close()));

async function serve(express, setUp) {
  const app = express();
  setUp(app, express);
  const server = await new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
  servers.push(server);
  return server.address().port;
}

/** Frames of a stack differ; everything else of an error page must not. */
function withoutStack(text) {
  return text.replace(/<br> &nbsp; &nbsp;at .*?(?=<\/pre>)/s, ' at …');
}

function send(port, { method, path, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    // Node takes a path beyond ASCII only as bytes.
    const options = { port, method, path: Buffer.from(path).toString('latin1'), headers: { host: 'localhost:3000', connection: 'close', ...length, ...headers } };
    const req = request(options, (res) => {
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        const shown = withoutStack(text);
        const isHeadOfStack = method === 'HEAD' && res.statusCode === 500;
        const list = [];
        for (let at = 0; at < res.rawHeaders.length; at += 2) {
          const name = res.rawHeaders[at];
          if (name === 'Date' || (name === 'Content-Length' && (shown !== text || isHeadOfStack))) continue;
          list.push(`${name}: ${res.rawHeaders[at + 1]}`);
        }
        resolve({ status: `${res.statusCode} ${res.statusMessage}`, headers: list, body: shown });
      });
    });
    req.on('error', (error) => (error.code === 'ECONNRESET' ? resolve({ reset: true }) : reject(error)));
    req.end(body);
  });
}

for (const [name, setUp, requests] of apps) {
  describe(name, async () => {
    const [own, real] = await Promise.all([serve(ownExpress, setUp), serve(realExpress, setUp)]);
    for (const sent of requests) {
      const label = `${sent.method} ${sent.path} ${JSON.stringify(sent.headers ?? {})} ${String(sent.body ?? '').slice(0, 40)}`;
      test(label, async () => {
        assert.deepEqual(await send(own, sent), await send(real, sent));
      });
    }
  });
}

function refusal(express, setUp) {
  try {
    setUp(express(), express);
  } catch (error) {
    return `${error.constructor.name} ${error.name}: ${error.message}`;
  }
  return 'accepted';
}

describe('refusals', () => {
  for (const [name, setUp] of refusals) {
    test(name, () => {
      const expected = refusal(realExpress, setUp);
      assert.notEqual(expected, 'accepted');
      assert.equal(refusal(ownExpress, setUp), expected);
    });
  }
});
