/** The worker's program: races every case, and posts the numbers. The other two scripts stand before it, as `ours` and `real`. */
import { CASES } from '../cases.mjs';
import { ourSubjects } from '../ours.mjs';
import { race } from '../rounds.mjs';

async function main(engine) {
  const createSandbox = await globalThis.ours.sandboxMaker(engine);
  const { express, expressInTasks } = globalThis.real;
  const subjects = { 'real Express': express, 'same, a task each': expressInTasks, ...ourSubjects(createSandbox) };
  for (const [name, one] of Object.entries(CASES)) postMessage({ name, rows: await race(name, one, subjects) });
}

onmessage = ({ data }) => main(data).then(() => postMessage({ over: undefined }), (error) => postMessage({ over: error.stack }));
