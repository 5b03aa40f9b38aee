/** Races subjects that serve the same: round by round in turn, so that a busy machine slows all. Runs in Node and in a worker. */

const ROUNDS = 40;
/** Milliseconds of a round, short enough for some to be left alone by a busy machine, and how many requests go between two looks at the clock. */
const ROUND = 40;
const BATCH = 20;

/** Requests per second of one round. */
export async function measure({ send }) {
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
  const [expected, ...seen] = await Promise.all(subjects.map(({ answer }) => answer()));
  if (!(expected.status < 300 && expected.body.length > 0)) throw new Error(`${name}: Express answers ${expected.status} ${expected.body}`);
  for (const [at, { status, body }] of seen.entries()) {
    if (status === expected.status && body === expected.body) continue;
    throw new Error(`${name}: ${subjects[at + 1].label} answers ${status} ${body}, Express ${expected.status} ${expected.body}`);
  }
}

/**
 * The best requests per second of each subject: `label`, `round`, which measures one round, and `answer`, which performs one request
 * and reads it. The answers are compared first, and again once everything is warm.
 */
export async function race(name, subjects) {
  const rows = subjects.map(({ label }) => ({ label, best: 0 }));
  await agree(name, subjects);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, subject] of subjects.entries()) rows[at].best = Math.max(rows[at].best, await subject.round());
  }
  await agree(name, subjects);
  return rows.map(({ label, best }) => ({ label, best, ratio: best / rows[0].best }));
}

/** The rows as text; the ratio is to real Express, above 1 is faster. */
export function table(name, rows) {
  const lines = rows.map(({ label, best, ratio }) => {
    return `  ${label.padEnd(24)}${Math.round(best).toLocaleString('en').padStart(11)}${ratio.toFixed(2).padStart(8)}`;
  });
  return [`${name.padEnd(26)}${'requests/s'.padStart(11)}   ratio`, ...lines].join('\n');
}
