/** One subject serving one case, in a thread of its own: nobody else's garbage and no other program's habits slow it. */
import { parentPort, workerData } from 'node:worker_threads';
import { CASES } from './cases.mjs';
import { OURS } from './ours.mjs';
import { PEERS } from './peers.mjs';
import { measure } from './rounds.mjs';

const { label, name, entry } = workerData;
const one = CASES[name];
const subject = await (OURS[label] ? OURS[label]((await import(entry)).createSandbox, one) : PEERS[label](one));

const asked = { round: () => measure(subject), answer: async () => subject.read(await subject.send()) };
parentPort.on('message', (what) => asked[what]().then((value) => parentPort.postMessage(value)));
