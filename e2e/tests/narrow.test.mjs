/** Narrow windows, which a zoom of 200 % makes too: one pane at a time, and nothing but code scrolls sideways. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../lib/person.mjs';
import { check, hello, pane, responseOf, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const ZOOMED = { width: 720, height: 450 };
const TOOLS = ['Requests', 'Trace', 'Console', 'Database', 'Checks', 'Preview'];

/** What sticks out of the window to the side, or scrolls sideways though it is no code. */
const sideways = (page) =>
  page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`page ${document.documentElement.scrollWidth}`);
    for (const element of document.querySelectorAll('body *')) {
      const scrolls = element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
      const isCode = element.closest('.code, pre, .snip-ed, .cm-editor, table, [role=tablist], .keysrow, .lane, .seg') || element.querySelector(':scope > table, :scope > .code, :scope > [role=tablist]');
      if (scrolls && !isCode && element.checkVisibility()) found.push(`${element.tagName}.${element.className} ${element.scrollWidth} in ${element.clientWidth}`);
    }
    return found;
  });

for (const [name, viewport] of [['a window zoomed to 200 %', ZOOMED], ['a phone', PHONE]]) {
  test(`nothing but code scrolls sideways in ${name}`, () =>
    visit({ viewport }, async ({ page, site }) => {
      for (const path of ['', 'practice/', 'playground/', 'reference/', 'lessons/middleware/']) {
        await page.goto(site.url + path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        assert.deepEqual(await sideways(page), [], path);
      }
      await page.goto(`${site.url}lessons/express-hello/`);
      await write(page, hello('Hello Backen'));
      assert.deepEqual(await sideways(page), [], 'code');
      assert.ok(!(await page.locator('article.lesson').isVisible()));
      await runServer(page);
      await send(page, 'GET', 'http://localhost:3000/');
      await shows(responseOf(page), '200');
      await check(page, '1 of 2 pass');
      for (const one of TOOLS) {
        await tool(page, one);
        assert.deepEqual(await sideways(page), [], one);
      }
      await pane(page, 'Lesson');
      await page.getByRole('heading', { name: 'Hello, Express', level: 1 }).waitFor();
    }));
}

test('forced colours keep edges, states and the focus visible', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.focus();
    const look = await run.evaluate((element) => {
      const { borderTopStyle, borderTopWidth, outlineStyle, outlineWidth } = getComputedStyle(element);
      return { border: borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0, outline: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 };
    });
    assert.deepEqual(look, { border: true, outline: true });
  }));

test('without wished motion nothing moves', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await write(page, hello('Still'));
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await tool(page, 'Trace');
    await page.locator('.lane').waitFor();
    const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.effect.getComputedTiming().activeDuration > 1).map((animation) => animation.animationName ?? animation.transitionProperty));
    assert.deepEqual(moving, []);
  }));
