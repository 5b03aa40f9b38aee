/** Connections that a program takes over, by `upgrade` and CONNECT: each program prints what it prints in Node. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

const check = (name, code, prints) =>
  test(name, async () => {
    const sandbox = await started(`const http = require('http');\n${code}`);
    await sandbox.advance(1000);
    assert.deepEqual(sandbox.printed().split('\n'), prints);
    await sandbox.close();
  });

const UPGRADE = "headers: { Connection: 'Upgrade', Upgrade: 'echo' }";
const HEAD = "'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n'";

await check('bytes go both ways once both have upgraded', `
  const server = http.createServer((req, res) => res.end('plain'));
  server.on('upgrade', (req, socket, head) => {
    console.log('server', req.method, req.headers.upgrade, req.upgrade, head.length);
    socket.write(${HEAD} + 'first');
    socket.on('data', (data) => socket.write('echo ' + data)).on('end', () => socket.end()).on('close', () => console.log('server side closed'));
  });
  server.listen(3000, () => {
    const req = http.request({ port: 3000, ${UPGRADE} });
    req.on('response', () => console.log('never')).on('close', () => console.log('request closed'));
    req.on('upgrade', (res, socket, head) => {
      console.log('client', res.statusCode, res.headers.upgrade, res.upgrade, String(head));
      socket.on('data', (data) => { console.log(String(data)); socket.end(); }).on('close', () => server.close(() => console.log('server closed')));
      socket.write('hi');
    });
    req.end();
  });
`, ['server GET echo true 0', 'client 101 echo true first', 'request closed', 'echo hi', 'server side closed', 'server closed']);
await check('a server may refuse', `
  const server = http.createServer().on('upgrade', (req, socket) => socket.end('HTTP/1.1 401 Unauthorized\\r\\nContent-Length: 2\\r\\n\\r\\nno'));
  server.listen(3000, () => http.get({ port: 3000, ${UPGRADE} }, (res) => res.on('data', (data) => { console.log(res.statusCode, String(data)); process.exit(); })));
`, ['401 no']);
await check('a server may cut', `
  const server = http.createServer().on('upgrade', (req, socket) => socket.destroy());
  server.listen(3000, () => http.get({ port: 3000, ${UPGRADE} }).on('error', (error) => { console.log(error.code, error.message); process.exit(); }));
`, ['ECONNRESET socket hang up']);
await check('who does not listen for it answers as ever', `
  const server = http.createServer((req, res) => res.end('plain ' + req.headers.upgrade));
  server.listen(3000, () => http.get({ port: 3000, ${UPGRADE} }, (res) => res.on('data', (data) => { console.log(String(data)); process.exit(); })));
`, ['plain echo']);
await check('a client that does not listen for it is closed', `
  const server = http.createServer().on('upgrade', (req, socket) => socket.write(${HEAD}));
  server.listen(3000, () => http.get({ port: 3000, ${UPGRADE} }).on('error', () => console.log('never')).on('close', () => { console.log('closed'); process.exit(); }));
`, ['closed']);
await check('CONNECT makes a tunnel', `
  const server = http.createServer();
  const tunnel = (then) => http.request({ port: 3000, method: 'CONNECT', path: 'example.com:80' }).on('connect', (res, socket) => {
    console.log(res.statusCode);
    socket.on('data', (data) => console.log(String(data))).on('close', then).end('ping');
  }).on('error', (error) => { console.log(error.message); then(); }).end();
  server.listen(3000, () => tunnel(() => {
    server.on('connect', (req, socket) => {
      socket.write('HTTP/1.1 200 Connection Established\\r\\n\\r\\n');
      socket.on('data', (data) => socket.end(req.url + ' ' + data));
    });
    tunnel(() => process.exit());
  }));
`, ['socket hang up', '200', 'example.com:80 ping']);

await test('a client outside sees the head, and the trace who took over', async () => {
  const sandbox = await started(`require('http').createServer().on('upgrade', (req, socket) => socket.write(${HEAD})).listen(3000)`);
  const { status, headers } = await sandbox.send({ method: 'GET', url: 'http://localhost:3000/', headers: [['Connection', 'Upgrade'], ['Upgrade', 'echo']] });
  assert.deepEqual([status, headers], [101, [['Upgrade', 'echo'], ['Connection', 'Upgrade']]]);
  await sandbox.settled();
  const [{ layers, answered, stopped }] = sandbox.traces;
  assert.deepEqual([layers.map(({ at, does }) => `${at} ${does}`), answered.at, stopped], [['upgrade answers'], 'upgrade', undefined]);
  await sandbox.close();
});
