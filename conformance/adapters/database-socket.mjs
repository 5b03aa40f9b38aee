/** The thread that talks to the database while the one that asked waits: `state` is 1 for a reply, -1 for none, with its length beside. */
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const { port, shared } = workerData;
const state = new Int32Array(shared, 0, 2);
const reply = new Uint8Array(shared, 8);
const socket = connect(port, '127.0.0.1').setNoDelay(true);
let length = 0;

function answer(value) {
  state[1] = length;
  length = 0;
  Atomics.store(state, 0, value);
  Atomics.notify(state, 0);
}

socket.on('data', (chunk) => {
  reply.set(chunk, length);
  length += chunk.length;
  if (length >= 4 && length >= Buffer.from(reply.buffer, reply.byteOffset, 4).readInt32LE()) answer(1);
});
socket.on('error', () => answer(-1));
socket.on('close', () => answer(-1));
parentPort.on('message', (message) => {
  if (socket.destroyed) answer(-1);
  else socket.write(message);
});
