/** `net` and `dns` over the ports of a sandbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

const cases = [
  ['a server and a client of one program', `
const net = require('net');
const server = net.createServer((socket) => {
  socket.on('data', (data) => socket.write('echo ' + data));
  socket.on('end', () => socket.end('bye'));
});
server.listen(5000, () => {
  console.log(server.address().port);
  const client = net.connect({ port: 5000, host: '127.0.0.1' }, () => {
    console.log(client.remotePort, client.remoteAddress, client.readyState);
    client.write('hello');
  });
  client.setEncoding('utf8');
  client.once('data', (text) => {
    console.log(text);
    client.end();
  });
  client.on('close', (failed) => {
    console.log('closed', failed);
    server.close(() => console.log('over'));
  });
});
`, '5000\n5000 127.0.0.1 open\necho hello\nclosed false\nover'],
  ['nobody listens', `
const net = require('net');
net.connect(5001).on('error', ({ message, code, errno, syscall, port }) => console.log(message, code, errno, syscall, port));
net.connect(80, 'nowhere.example').on('error', ({ message, code }) => console.log(message, code));
`, 'connect ECONNREFUSED 127.0.0.1:5001 ECONNREFUSED -111 connect 5001\ngetaddrinfo ENOTFOUND nowhere.example ENOTFOUND'],
  ['a port is taken', `
const net = require('net');
net.createServer().listen(5000);
net.createServer().on('error', ({ message }) => { console.log(message); process.exit(); }).listen(5000);
`, 'listen EADDRINUSE: address already in use :::5000'],
  ['a timeout', `
const net = require('net');
net.createServer().listen(5000);
const socket = new net.Socket();
socket.setTimeout(2000, () => { console.log('timeout', socket instanceof net.Socket); process.exit(); });
socket.connect(5000, 'localhost');
`, 'timeout true'],
  ['bytes that are no message end the connection', `
const net = require('net');
const socket = net.connect(27017, () => socket.write(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])));
socket.on('data', () => console.log('data')).on('end', () => console.log('end'));
`, 'end'],
  ['a printed socket shows nothing of the sandbox', `
const socket = new (require('net').Socket)();
console.log(require('util').inspect(socket, { depth: 9, showHidden: true }).includes('tracer'), typeof socket.remotePort);
`, 'false undefined'],
  ['names', `
const dns = require('dns');
(async () => {
  console.log(await dns.promises.lookup('localhost'), await dns.promises.resolveSrv('_mongodb._tcp.c0.ab.mongodb.net'));
  await dns.promises.resolve4('nowhere.example').catch(({ message, code }) => console.log(message, code));
  dns.lookup('localhost', (error, address, family) => console.log(error, address, family));
})();
`, "{ address: '127.0.0.1', family: 4 } [\n  {\n    name: 'c0-shard-00-00.ab.mongodb.net',\n    port: 27017,\n    priority: 0,\n    weight: 0\n  }\n]\nqueryA ENOTFOUND nowhere.example ENOTFOUND\nnull 127.0.0.1 4"],
];

for (const [name, code, prints] of cases) {
  await test(name, async () => {
    const sandbox = await started(code);
    assert.equal(sandbox.printed(), prints);
    assert.equal(sandbox.exitCode, 0);
    await sandbox.close();
  });
}
