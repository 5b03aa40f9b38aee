/**
 * The document database of the packaged runtime beside others in JavaScript, on the same documents, in this process.
 *
 *     node bench/docdb.mjs            target/package/backlab-runtime, as `node build.mjs` writes it
 *     node bench/docdb.mjs <folder>   another build of the package
 *     node bench/docdb.mjs <folder> 10000
 *
 * Ours is asked as the driver asks it, by commands in BSON; writes leave journal records, as in the page. Answers are compared.
 * The best of several rounds counts, in processor time, after rounds enough that what is compiled while it runs is compiled; the
 * ratio is to ours, above 1 is slower. Where ours is not ahead, a line says of whom, by how much, and why. The engine should be a
 * release build.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CASES, people, person } from './docdb-cases.mjs';
import { openOurs } from './docdb-ours.mjs';
import { loki, lokiShared, mingo, nedb } from './docdb-peers.mjs';

/** Rounds, and milliseconds of work after which there are enough. */
const ROUNDS = { fewest: 3, most: 40, enough: 600 };
const SINGLE_WRITES = 2000;

const folder = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../target/package/backlab-runtime/', import.meta.url));
const sizes = process.argv[3] ? [Number(process.argv[3])] : [10_000, 100_000];
const SUBJECTS = { ours: () => openOurs(folder), mingo, NeDB: nedb, LokiJS: loki, 'LokiJS, shared': lokiShared };

/** A store with these documents. */
async function filled(open, documents) {
  const store = await open();
  if (store.load) store.load(documents);
  else await store.insert(store.prepare?.(documents) ?? documents);
  return store;
}

/** Milliseconds that this process has worked: on a busy machine others do not count. */
function worked() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of one run, and its answer. */
async function timed({ fresh, run }, open, store, documents) {
  const asked = fresh ? await open() : store;
  const given = fresh ? (asked.prepare?.(documents) ?? documents) : documents;
  const begun = worked();
  const answer = await run(asked, given);
  const took = worked() - begun;
  return { took, answer, asked };
}

function shown(milliseconds) {
  if (milliseconds >= 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(2)} ms` : `${(milliseconds * 1000).toFixed(2)} µs`;
}

async function measure(name, one, stores, documents) {
  const rows = Object.keys(SUBJECTS).map((label) => ({ label, best: Infinity, whole: 0 }));
  let expected;
  // Round by round in turn, so that a busy machine slows all.
  for (let round = 0; round < ROUNDS.most; round += 1) {
    for (const row of rows) {
      const store = stores[row.label];
      if (!store[one.method] || (round >= ROUNDS.fewest && row.whole >= ROUNDS.enough)) continue;
      const { took, answer, asked } = await timed(one, SUBJECTS[row.label], store, documents);
      row.best = Math.min(row.best, took);
      row.whole += took;
      const same = await one.same(answer, asked);
      expected ??= same;
      assert.deepEqual(same, expected, `${name}: ${row.label} answers differently`);
      if (one.fresh) asked.close?.();
    }
  }
  const count = one.count(documents);
  console.log(`\n${name}, ${documents.length.toLocaleString('en')} documents`);
  for (const { label, best } of rows) {
    const text = best === Infinity ? 'has no such thing'.padStart(29) : `${shown(best / count).padStart(14)}${(best / rows[0].best).toFixed(2).padStart(15)}`;
    console.log(`  ${label.padEnd(18)}${text}`);
  }
  const ahead = rows.filter(({ best }) => best < rows[0].best).map(({ label, best }) => `${label} by ${(rows[0].best / best).toFixed(1)}`);
  if (ahead.length > 0) console.log(`  behind ${ahead.join('; ')}: ${one.why}`);
}

/** What the trace adds that the page keeps of each command. */
async function traces() {
  const store = await filled(SUBJECTS.ours, people(1000));
  const best = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS.most; round += 1) {
    [() => undefined, () => store.trace()].forEach((after, way) => {
      const begun = worked();
      for (let id = 0; id < 500; id += 1) {
        store.byId(id);
        after();
      }
      best[way] = Math.min(best[way], worked() - begun);
    });
  }
  console.log(`\ntrace of a find by _id\n  ${shown((best[1] - best[0]) / 500)}`);
}

/** What writes of one document each cost with their journal records. */
async function journal() {
  const store = await openOurs(folder);
  const begun = worked();
  for (let id = 0; id < SINGLE_WRITES; id += 1) store.insert([person(id)]);
  const took = worked() - begun;
  const { records, bytes } = store.journal();
  console.log(`\njournal, ${records.toLocaleString('en')} records of ${SINGLE_WRITES.toLocaleString('en')} writes`);
  console.log(`  ${shown(took / SINGLE_WRITES)} and ${Math.round(bytes / SINGLE_WRITES)} bytes of journal per write`);
}

for (const size of sizes) {
  const documents = people(size);
  const stores = {};
  for (const [label, open] of Object.entries(SUBJECTS)) stores[label] = await filled(open, documents);
  for (const [name, one] of Object.entries(CASES)) await measure(name, one, stores, documents);
}
await traces();
await journal();
