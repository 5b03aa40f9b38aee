/** A tab that dies in the middle of writes: every write that was answered is found again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carried, userNames } from '../lib/mock.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
/** Answered writes after which the tab is killed: before, around and after the journal's first compaction. */
const ROUNDS = [5, 40, 75];

test('a killed tab loses no acknowledged write', () =>
  visit({ path: LESSON }, async ({ page, context, open }) => {
    const acknowledged = [];
    let told = () => {};
    await context.exposeBinding('acknowledge', (_, name) => {
      acknowledged.push(name);
      told();
    });
    for (const [round, writes] of ROUNDS.entries()) {
      await carried(page);
      const from = acknowledged.length;
      const enough = new Promise((resolve) => {
        told = () => acknowledged.length - from >= writes && resolve();
      });
      const died = new Promise((resolve) => page.once('crash', resolve));
      const writing = page.evaluate(keepWriting, round).catch(() => {});
      await Promise.race([enough, writing.then(() => assert.fail('writing stopped by itself'))]);
      kill(await context.newCDPSession(page));
      await died;
      await page.close();
      page = await open(LESSON);
      await carried(page);
      const found = new Set(await userNames(page));
      assert.deepEqual(acknowledged.filter((name) => !found.has(name)), []);
      assert.ok(acknowledged.length - from >= writes);
    }
  }));

/** In the page: writes without end, and tells of each write after its answer. */
async function keepWriting(round) {
  for (let number = 0; ; number += 1) {
    const name = `Round ${round} write ${number}`;
    const response = await fetch(new URL('api/users', document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, email: `r${round}w${number}@example.com` }),
    });
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
    window.acknowledge(name);
  }
}

/** The command is never answered: the process that would answer it is gone. */
function kill(session) {
  session.send('Page.crash').catch(() => {});
}
