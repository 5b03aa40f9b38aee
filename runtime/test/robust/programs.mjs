/** Programs with a bad client inside: each must print in the sandbox what it prints in Node. They end by themselves. */

const app = (code) => `
const express = require('express');
const http = require('http');
const app = express();
const log = (...words) => console.log(...words);
${code}
app.use((error, req, res, next) => { log('error layer', error.status, error.type, error.message); if (res.headersSent) next(error); else res.status(error.status ?? 500).json({ error: error.message }); });
const server = app.listen(3000, async () => { await main(); server.close(); server.closeAllConnections(); });
/** Sends pieces \`gap\` ms apart; resolves with what came back. */
const send = (path, headers, pieces, { gap = 15, end = true } = {}) => new Promise((resolve) => {
  const req = http.request({ port: 3000, method: 'POST', path, headers: { connection: 'close', ...headers } }, (res) => {
    let text = '';
    res.on('data', (part) => (text += part));
    res.on('end', () => resolve(log('client', res.statusCode, text)));
    res.on('error', (error) => resolve(log('client, response', error.code)));
  });
  req.on('error', (error) => resolve(log('client', error.code)));
  const next = (at) => {
    if (at < pieces.length) {
      req.write(pieces[at]);
      setTimeout(next, gap, at + 1);
    } else if (end) req.end();
    else req.destroy();
  };
  next(0);
});
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;
const JSON_TYPE = "{ 'content-type': 'application/json' }";

export const programs = [
  ['bodies over the limit', app(`
app.use('/json', express.json({ limit: 20 }));
app.use('/form', express.urlencoded({ limit: 20 }));
app.use('/text', express.text({ limit: 20 }));
app.use('/raw', express.raw({ limit: 20, type: '*/*' }));
app.post('/*rest', (req, res) => res.json({ body: String(req.body) }));
async function main() {
  const body = JSON.stringify('x'.repeat(30));
  for (const [path, type] of [['/json', 'application/json'], ['/form', 'application/x-www-form-urlencoded'], ['/text', 'text/plain'], ['/raw', 'a/b']]) {
    await send(path, { 'content-type': type, 'content-length': body.length }, [body]);
    await send(path, { 'content-type': type }, [body]);
    await send(path, { 'content-type': type }, [body.slice(0, 10), body.slice(10, 25), body.slice(25)]);
    await send(path, { 'content-type': type }, ['[1]']);
  }
}`)],
  ['a slow body is whole in the end', app(`
app.use(express.json());
app.post('/', (req, res) => res.json(req.body));
app.post('/stream', (req, res) => {
  let text = '';
  req.on('data', (part) => (text += part));
  req.on('end', () => res.json({ text }));
});
async function main() {
  await send('/', ${JSON_TYPE}, ['{"a"', ':[1,', '2]}']);
  await send('/', { ...${JSON_TYPE}, 'content-length': 9 }, ['{"a":', '1234']);
  await send('/stream', { 'content-type': 'x/y' }, ['a', 'b', 'c']);
}`)],
  ['a client that goes away while it sends', app(`
app.use('/json', express.json());
app.post('/json', (req, res) => res.json(req.body));
app.post('/stream', (req, res) => {
  let length = 0;
  req.on('data', (part) => {
    length += part.length;
    if (length === 5) log('all that comes');
  });
  req.on('end', () => log('end'));
  req.on('aborted', () => log('aborted'));
  req.on('error', (error) => log('error', error.code, error.message));
  req.on('close', () => log('close', req.destroyed, req.complete));
  res.on('close', () => log('response close', res.writableEnded));
});
async function main() {
  await send('/stream', { 'content-type': 'x/y' }, ['abc', 'de'], { end: false });
  await wait(30);
  await send('/json', ${JSON_TYPE}, ['{"a":'], { end: false });
  await wait(30);
}`)],
  ['a client that goes away while it waits', app(`
let open = 0;
let cut;
app.get('/', (req, res) => {
  open += 1;
  const timer = setInterval(() => res.write('tick'), 5);
  // The client goes once it has seen something.
  res.on('close', () => { clearInterval(timer); open -= 1; log('gone', res.writableFinished, res.destroyed, req.destroyed); });
  res.on('finish', () => log('never'));
});
let asked;
app.get('/late', (req, res) => asked() ?? setTimeout(() => { res.send('too late'); log('sent', res.headersSent, res.writableEnded); }, 40));
async function main() {
  for (const path of ['/', '/late']) {
    await new Promise((resolve) => {
      asked = resolve;
      const req = http.get({ port: 3000, path }, (res) => res.on('data', resolve).on('error', (error) => log('client', error.code)).on('close', () => log('client close', res.complete)));
      req.on('error', (error) => log('client', error.code));
      cut = () => req.destroy();
    });
    cut();
    await wait(100);
  }
  log({ open });
}`)],
  ['a handler that cuts the connection', app(`
app.get('/cut', (req, res) => req.socket.destroy());
app.get('/half', (req, res) => { res.write('half'); setTimeout(() => res.destroy(), 5); });
app.get('/throws', (req, res) => { res.write('half'); throw new Error('after the head'); });
async function main() {
  for (const path of ['/cut', '/half', '/throws']) {
    await new Promise((resolve) => http.get({ port: 3000, path }, (res) => {
      let text = '';
      res.on('data', (part) => (text += part)).on('error', (error) => log(path, text, error.code)).on('close', () => resolve(log(path, 'close', res.complete)));
    }).on('error', (error) => resolve(log(path, error.code))));
    await wait(20);
  }
}`)],
];
