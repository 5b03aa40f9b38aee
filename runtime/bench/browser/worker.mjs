/** The worker's program: races one of our ways in one case, and posts the numbers. The other two scripts stand before it, as `ours` and `real`. */
import { CASES } from '../cases.mjs';
import { OURS } from '../ours.mjs';
import { measure, race } from '../rounds.mjs';

async function main({ engine, name, label }) {
  const one = CASES[name];
  const { express, expressInTasks } = globalThis.real;
  const made = {
    'real Express': express(one),
    'same, a task each': expressInTasks(one),
    [label]: await OURS[label](await globalThis.ours.sandboxMaker(engine), one),
  };
  const subjects = Object.entries(made).map(([label, subject]) => ({
    label,
    round: () => measure(subject),
    answer: async () => subject.read(await subject.send()),
  }));
  return race(name, subjects);
}

onmessage = ({ data }) => main(data).then((rows) => postMessage({ rows }), ({ stack }) => postMessage({ failure: stack }));
