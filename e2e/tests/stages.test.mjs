/** A lesson answers before its exercises and its workbench are there; they come by themselves, or for who wants them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, here, PHONE } from '../lib/person.mjs';
import { button, editor, pane, responseOf, shows, task } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const PREDICTED = 'lessons/http-server/';
const SORTED = 'lessons/http-anatomy/';
const WORKBENCH = '**/split_workbench*.wasm';
const EXERCISES = '**/split_exercises*.wasm';

/** Opens a lesson with a part held back; answers what lets it come. */
async function without(part, { page, context, site }, lesson = LESSON) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(part, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url + lesson);
  await here(page);
  return release;
}

const withoutWorkbench = (visited) => without(WORKBENCH, visited);

test('the lesson answers while its workbench is on its way', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    const release = await withoutWorkbench({ page, ...rest });
    await task(page, 'first-server').getByRole('button', { name: /hint/i }).first().click();
    await shows(task(page, 'first-server'), '1 of 3');
    await button(page, 'Switch between light and dark').click();
    await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
    release();
    await editor(page).waitFor();
  }));

test('what is filled in and pressed in the ready-made workbench is done in the real one', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    const release = await withoutWorkbench({ page, ...rest });
    await page.getByRole('textbox', { name: 'URL', exact: true }).fill('http://localhost:4000/api/users?limit=2');
    await button(page, 'Send').click();
    assert.ok(page.url().endsWith(LESSON), page.url());
    release();
    await shows(responseOf(page), '200');
  }));

test('a shortcut that was typed before the workbench is there counts', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    const release = await withoutWorkbench({ page, ...rest });
    await page.locator('#status').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    release();
    await page.getByRole('tab', { name: /^Console/, selected: true }).waitFor();
  }));

test('what the lesson asks of the workbench waits for it', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    const release = await withoutWorkbench({ page, ...rest });
    await task(page, 'three-paths').getByRole('button', { name: 'Open task' }).click();
    await task(page, 'three-paths').locator('button[aria-busy="true"]').waitFor();
    release();
    await shows(page.locator('.tree'), 'three-paths');
  }));

test('a phone loads the workbench when the code is shown', () =>
  visit({ path: 'reference/', viewport: PHONE }, async ({ page, site }) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(site.url + LESSON);
    await here(page);
    await page.waitForTimeout(1500);
    const workbench = () => asked.filter((url) => url.includes('split_workbench')).length;
    assert.equal(workbench(), 0);
    await pane(page, 'Code');
    await editor(page).waitFor();
    assert.equal(workbench(), 1);
  }));

for (const viewport of [DESKTOP, PHONE]) {
  test(`what is pressed in a task's ready-made card is done in the real one, ${viewport.width} wide`, () =>
    visit({ path: 'reference/', viewport }, async (visited) => {
      const { page } = visited;
      const release = await without(EXERCISES, visited);
      // The second of two cards with buttons of the same names.
      await task(page, 'three-paths').getByRole('button', { name: /hint/i }).first().click();
      await page.locator('.snip.run').first().getByRole('button', { name: 'Run this example', exact: true }).click();
      release();
      await page.locator('.snip.run').first().getByRole('log').waitFor();
      await shows(task(page, 'three-paths'), '1 of 3');
      await shows(task(page, 'first-server'), '0 of 3');
    }));

  test(`nothing moves when the exercises come, ${viewport.width} wide`, () =>
    visit({ path: 'reference/', viewport }, async (visited) => {
      const { page } = visited;
      const release = await without(EXERCISES, visited);
      const height = () => page.locator('#lesson').evaluate((pane) => pane.scrollHeight);
      const before = await height();
      release();
      await page.waitForFunction(() => document.querySelector('#lesson [data-waits]') === null);
      assert.equal(await height(), before);
    }));
}

test('a task that is opened before its card is there opens when the workbench is', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const release = await without(EXERCISES, visited);
    await task(page, 'three-paths').getByRole('button', { name: 'Open task' }).click();
    release();
    await shows(page.locator('.tree'), 'three-paths');
  }));

test('a prediction typed before its card is there stays', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const release = await without(EXERCISES, visited, PREDICTED);
    const field = page.locator('form.predict').first().getByRole('textbox').first();
    await field.fill('hello');
    release();
    await page.waitForFunction(() => document.querySelector('#lesson [data-waits]') === null);
    assert.equal(await field.inputValue(), 'hello');
  }));

test('what was done with the exercises is drawn with the lesson', () =>
  visit({ path: LESSON }, async ({ page, context }) => {
    await task(page, 'first-server').getByRole('button', { name: /hint/i }).first().click();
    await shows(task(page, 'first-server'), '1 of 3');
    await context.route(WORKBENCH, () => undefined);
    await page.reload();
    await here(page);
    assert.match(await task(page, 'first-server').innerText(), /1 of 3/);
  }));

test('a sort that is moved before its code is there is moved after', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const release = await without(EXERCISES, visited, SORTED);
    const lists = page.locator('.lesson-quiz:has(.sort)').first().getByRole('combobox');
    const chosen = await lists.evaluateAll((lists) => lists.slice(0, 2).map((list) => list.getAttribute('aria-label')));
    for (const index of [0, 1]) await lists.nth(index).selectOption({ index: 1 });
    release();
    await page.waitForFunction(() => document.querySelector('#lesson [data-waits]') === null);
    const bucket = page.locator('.sort-bucket').first();
    for (const label of chosen) await bucket.getByRole('combobox', { name: label, exact: true }).waitFor();
  }));

test('an example that is run before its code is there runs', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const release = await without(EXERCISES, visited);
    const example = page.locator('.snip.run').nth(1);
    await example.getByRole('button', { name: 'Run this example', exact: true }).click();
    release();
    await example.getByRole('log').waitFor();
  }));

test('an answer that is marked before its question is there stays marked', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const release = await without(EXERCISES, visited);
    const quiz = page.locator('.lesson-quiz').filter({ has: page.getByRole('radio') }).first();
    await quiz.getByRole('radio').nth(1).check();
    release();
    await quiz.getByRole('button', { name: 'Answer' }).click();
    assert.ok(await quiz.getByRole('radio').nth(1).isChecked());
  }));

test('the workbench comes after the exercises', () =>
  visit({ path: 'reference/' }, async (visited) => {
    const { page } = visited;
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const release = await without(EXERCISES, visited);
    await page.waitForTimeout(1500);
    assert.deepEqual(asked.filter((url) => url.includes('split_workbench')), []);
    release();
    await editor(page).waitFor();
  }));
