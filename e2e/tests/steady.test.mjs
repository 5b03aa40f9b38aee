/** Nothing moves when the app takes over the page that came ready-made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, person } from '../lib/person.mjs';
import { host } from '../lib/server.mjs';

/** Sum of shifts that nobody sees; web.dev calls up to 0.1 good. */
const UNSEEN = 0.01;

for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  test(`nothing shifts on a ${size}`, async () => {
    const site = await host('/');
    const someone = await person({ viewport });
    try {
      await someone.context.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.parentElement?.className ?? '')]);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      for (const [path, ready] of [['', '.status, footer'], ['lessons/middleware/', '.lesson h1']]) {
        const page = await someone.page(site.url + path);
        await page.locator(ready).first().waitFor();
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => document.fonts.ready));
        const shifts = await page.evaluate(() => window.shifts);
        assert.ok(shifts.reduce((sum, [value]) => sum + value, 0) <= UNSEEN, JSON.stringify(shifts));
        await page.close();
      }
    } finally {
      await someone.leave();
      site.close();
    }
  });
}
