/** The keyboard map, key by key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, editor, hello, responseOf, runServer, send, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const selected = (page, name) => page.getByRole('tablist', { name: 'Tools' }).getByRole('tab', { name: new RegExp(`^${name}`), selected: true }).waitFor();
/** Puts the focus where single keys are shortcuts. */
const leaveText = (page) => page.locator('#status').focus();
const focusedRegion = (page) => page.evaluate(() => document.activeElement.closest('#lesson, #tree, #editor, #dock, #status')?.id);

test('g and a letter open each tool', () =>
  visit({ path: LESSON }, async ({ page }) => {
    for (const [key, name] of [['t', 'Trace'], ['c', 'Console'], ['d', 'Database'], ['k', 'Checks'], ['p', 'Preview'], ['r', 'Requests']]) {
      await leaveText(page);
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await selected(page, name);
    }
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('gt');
    await shows(editor(page), 'gt');
    await selected(page, 'Requests');
  }));

test('F6 walks the regions, there and back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await editor(page).waitFor();
    await page.locator('#lesson').focus();
    for (const id of ['tree', 'editor', 'dock', 'status', 'lesson']) {
      await page.keyboard.press('F6');
      assert.equal(await focusedRegion(page), id);
    }
    for (const id of ['status', 'dock', 'editor', 'tree', 'lesson']) {
      await page.keyboard.press('Shift+F6');
      assert.equal(await focusedRegion(page), id);
    }
  }));

test('Ctrl Enter runs in code and sends in Requests, Shift Ctrl Enter checks', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Hello Backend'));
    await page.keyboard.press('Control+Enter');
    await shows(page.locator('#status'), 'Running on localhost:3000');
    await page.getByRole('textbox', { name: 'URL', exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await shows(responseOf(page), 'Hello Backend');
    await page.keyboard.press('Shift+Control+Enter');
    await selected(page, 'Checks');
    await shows(page.getByRole('tabpanel', { name: /^Checks/ }), '2 of 2 pass');
  }));

test('brackets step through past requests', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Hi'));
    await runServer(page);
    for (const path of ['one', 'two', 'three']) {
      await send(page, 'GET', `http://localhost:3000/${path}`);
      await shows(page.locator('.rq-list'), path);
    }
    await page.getByRole('tab', { name: 'Trace', exact: true }).click();
    const url = page.locator('.tr-url');
    await shows(url, '/three');
    await leaveText(page);
    await page.keyboard.press('[');
    await shows(url, '/two');
    await page.keyboard.press('[');
    await shows(url, '/one');
    await page.keyboard.press(']');
    await shows(url, '/two');
  }));

test('? lists the keys, Ctrl K searches, Ctrl S saves, Escape closes and gives the focus back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await leaveText(page);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    await shows(dialog, 'Run all checks');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await focusedRegion(page), 'status');

    await page.keyboard.press('Control+k');
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.fill('middleware');
    await shows(page.getByRole('option'), /middleware/i);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/lessons\/middleware\//);
    await page.getByRole('heading', { name: /middleware/i, level: 1 }).waitFor();

    await editor(page).click();
    await page.keyboard.press('Control+s');
    await shows(page.locator('[aria-live="polite"]'), 'Saved');
  }));

test('single keys can be switched off', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await button(page, 'Settings').click();
    await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await leaveText(page);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.keyboard.press('?');
    await selected(page, 'Requests');
    assert.equal(await page.getByRole('dialog').count(), 0);
  }));

test('after Escape the next Tab leaves the editor', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await editor(page).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await focusedRegion(page), 'editor');
  }));
