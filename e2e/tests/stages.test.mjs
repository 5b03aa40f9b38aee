/** A lesson answers before its workbench is there; the workbench comes by itself, or for who wants it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { here, PHONE } from '../lib/person.mjs';
import { button, editor, pane, responseOf, shows, task } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const WORKBENCH = '**/split_workbench*.wasm';

/** Opens the lesson with its workbench held back; answers what lets it come. */
async function withoutWorkbench({ page, context, site }) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(WORKBENCH, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url + LESSON);
  await here(page);
  return release;
}

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
