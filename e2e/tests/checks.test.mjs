/** A task from the first failed try to the next lesson: evidence, hints, comparing, done. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, check, editor, hello, shows, task, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const checks = (page) => page.getByRole('tabpanel', { name: /^Checks/ });

test('a failing check shows its request, leads to the line, and gives hints one at a time', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Hello Backen'));
    await check(page, '1 of 2 pass');
    await shows(checks(page), 'First difference');

    const more = checks(page).getByRole('button', { name: /^Show hint 1/ });
    await more.click();
    await shows(checks(page), '1 of 3');
    await checks(page).getByRole('button', { name: /^Show hint 2: where to look/ }).click();
    await shows(checks(page), '2 of 3');
    assert.equal(await checks(page).locator('.hints li').count(), 3);
    await page.reload();
    await tool(page, 'Checks');
    await shows(checks(page), 'Not run yet');
    await shows(task(page, 'first-server'), '2 of 3');

    await check(page, '1 of 2 pass');
    await checks(page).getByRole('button', { name: 'Open in Requests' }).click();
    await page.getByRole('tab', { name: 'Requests', selected: true }).waitFor();
    assert.match(await page.getByRole('textbox', { name: 'URL', exact: true }).inputValue(), /^http:\/\/localhost:3000\//);
  }));

test('a cause leads to its line', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, `${hello('x')}\nmissing();\n`);
    await check(page, '0 of 2 pass');
    await shows(checks(page), 'Likely cause');
    await checks(page).getByRole('button', { name: 'Go to server.js line 13' }).click();
    await shows(page.locator('#status'), 'Ln 13');
  }));

test('comparing comes after the first failed try, and takes lines as one undo step', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Hello Backen'));
    assert.equal(await button(page, 'Compare with a solution').count(), 0);
    await check(page, '1 of 2 pass');
    await page.locator('.ed').getByRole('button', { name: 'Compare with a solution' }).click();
    const compare = page.getByRole('region', { name: 'Compare', exact: true });
    await shows(compare, 'One way to solve it');
    await shows(compare, 'Hello Backend');
    const uses = compare.getByRole('button', { name: /^(Use|Remove) line/ });
    const before = await uses.count();
    assert.ok(before > 0);
    await uses.first().click();
    await page.waitForFunction((count) => document.querySelectorAll('.cmp-use').length < count, before);
    await button(page, 'Undo').click();
    await page.waitForFunction((count) => document.querySelectorAll('.cmp-use').length === count, before);
    while ((await uses.count()) > 0) await uses.first().click();
    await shows(compare, 'No difference.');
    await page.keyboard.press('Escape');
    await compare.waitFor({ state: 'detached' });
    await check(page, '2 of 2 pass');
    await shows(task(page, 'first-server'), 'Passed, compared');
  }));

test('a lesson whose tasks pass offers the next one', () =>
  visit({ path: LESSON }, async ({ page, context, site }) => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    // As a learner who has passed them all before: the page reads it at its start.
    const tasks = await page.evaluate(() => [...document.querySelectorAll('section.task')].map((card) => `express-hello/${card.id.replace('task-', '')}`));
    await context.addInitScript((tasks) => {
      if (window !== top) return;
      const done = Object.fromEntries(tasks.map((task) => [task, { done: true, tries: 1, passed: 1, of: 1 }]));
      const key = Object.keys(localStorage).find((key) => key.endsWith(':progress')) ?? 'backlab:1:/:progress';
      localStorage[key] ??= '{}';
      const progress = JSON.parse(localStorage[key]);
      localStorage[key] = JSON.stringify({ ...progress, tasks: { ...progress.tasks, ...done } });
    }, tasks);
    await page.goto(site.url + LESSON);
    const done = page.locator('.done-c');
    await shows(done, 'The lesson is done.');
    const next = done.getByRole('link', { name: /^Next: / });
    assert.match(await next.getAttribute('class'), /marker/);
    await next.click();
    await page.waitForURL((url) => !url.pathname.includes('express-hello'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shows(editor(page), /./);
  }));
