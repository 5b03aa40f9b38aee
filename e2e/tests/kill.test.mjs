/** Tabs killed at random moments while Mongoose writes: every write that the program was told of is there afterwards, and the page starts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShell, output, type } from '../lib/shell.mjs';
import { button, runServer, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
/** Enough for each run; `KILLS=200` looks longer. */
const KILLS = Number(process.env.KILLS ?? 6);
/** Says the same for the same seed. */
const random = (() => {
  let state = 20260105;
  return () => ((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648);
})();

const writer = (life) => `const express = require('express');
const mongoose = require('mongoose');

const Write = mongoose.model('Write', new mongoose.Schema({ life: Number, number: Number, text: String }));

async function main() {
  await mongoose.connect('mongodb://localhost:27017/load');
  for (let number = 1; ; number += 1) {
    await Write.create({ life: ${life}, number, text: 'x'.repeat(number % 200) });
    console.log('stored ' + number);
  }
}

express().listen(3000);
main();
`;

/** In the page: the highest number that the console says was stored. */
const told = () => Math.max(0, ...[...document.querySelectorAll('.log .line')].map((line) => Number(/stored (\d+)/.exec(line.textContent)?.[1] ?? 0)));

test('a tab killed while Mongoose writes', () =>
  visit({ path: LESSON }, async ({ page, context, open }) => {
    for (let life = 1; life <= KILLS; life += 1) {
      await write(page, writer(life));
      await runServer(page);
      await tool(page, 'Console');
      const enough = 3 + Math.floor(random() * 60);
      let acknowledged = 0;
      while (acknowledged < enough) acknowledged = await page.evaluate(told);
      const died = new Promise((resolve) => page.once('crash', resolve));
      const session = await context.newCDPSession(page);
      // Never answered: the process that would answer it is gone.
      session.send('Page.crash').catch(() => {});
      await died;
      await page.close();
      page = await open(LESSON);
      await openShell(page);
      await type(page, 'use load', 'switched to db load');
      await type(page, `print('found', db.writes.find({ life: ${life} }).map((one) => one.number).toArray().join())`, /^found/);
      const found = (await output(page).locator('pre').last().textContent()).slice('found '.length).split(',').map(Number);
      const missing = Array.from({ length: acknowledged }, (_, at) => at + 1).filter((number) => !found.includes(number));
      assert.deepEqual(missing, [], `life ${life}: ${acknowledged} acknowledged`);
    }
    await button(page, 'Run').first().waitFor();
  }));
