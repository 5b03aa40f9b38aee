/** Races subjects that serve the same: round by round in turn, so that a busy machine slows all. Runs in Node and in a worker. */

const ROUNDS = 40;
/** Milliseconds of a round, short enough for some to be left alone by a busy machine, and how many requests go between two looks at the clock. */
const ROUND = 40;
const BATCH = 20;

/** Requests per second of one round. */
async function measure({ send }) {
  const begun = performance.now();
  let done = 0;
  for (let now = begun; now - begun < ROUND; now = performance.now()) {
    for (let at = 0; at < BATCH; at += 1) await send();
    done += BATCH;
  }
  return (done / (performance.now() - begun)) * 1000;
}

/** All answer what the first does, which is real Express. */
async function agree(name, subjects) {
  const [expected, ...seen] = await Promise.all(subjects.map(async ({ send, read }) => read(await send())));
  if (!(expected.status < 300 && expected.body.length > 0)) throw new Error(`${name}: Express answers ${expected.status} ${expected.body}`);
  for (const [at, { status, body }] of seen.entries()) {
    if (status === expected.status && body === expected.body) continue;
    throw new Error(`${name}: ${subjects[at + 1].label} answers ${status} ${body}, Express ${expected.status} ${expected.body}`);
  }
}

/**
 * The best requests per second of each subject. `makers` by label: each answers, for a case, `send`, which performs one request,
 * `read`, which reads what that resolved with, and `close`. The answers are compared first, and again once everything is warm.
 */
export async function race(name, one, makers) {
  const subjects = [];
  for (const [label, make] of Object.entries(makers)) subjects.push({ label, best: 0, ...(await make(one)) });
  await agree(name, subjects);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const subject of subjects) subject.best = Math.max(subject.best, await measure(subject));
  }
  await agree(name, subjects);
  for (const subject of subjects) await subject.close?.();
  return subjects.map(({ label, best }) => ({ label, best }));
}

/** The rows as text; the ratio is to the first, above 1 is faster. */
export function table(name, rows) {
  const lines = rows.map(({ label, best }) => {
    const ratio = (best / rows[0].best).toFixed(2);
    return `  ${label.padEnd(18)}${Math.round(best).toLocaleString('en').padStart(11)}${ratio.padStart(8)}`;
  });
  return [`${name.padEnd(20)}${'requests/s'.padStart(11)}   ratio`, ...lines].join('\n');
}
