/** Room for what one is doing: splitters, Fold, Maximise, Hide, and what of it stays after a reload. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { here } from '../lib/person.mjs';
import { button, editor, shows, tool } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const splitter = (page, name) => page.getByRole('separator', { name, exact: true });
const size = async (line) => Number(await line.getAttribute('aria-valuenow'));
const height = async (page) => Math.round((await page.locator('#dock').boundingBox()).height);

/** Waits until a splitter says a size, and the pane has it. */
const becomes = (page, name, value) => page.locator(`[role=separator][aria-label="${name}"][aria-valuenow="${value}"]`).waitFor();

test('a splitter moves by keys and by hand, and stays where it was put', () =>
  visit({ path: LESSON }, async ({ page }) => {
    const [lesson, tools] = ['Resize lesson', 'Resize editor and tools'];
    // Until the workbench is there, the line is the ready-made page's, and what has the focus goes with it.
    await editor(page).waitFor();
    const first = await size(splitter(page, lesson));
    await splitter(page, lesson).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await becomes(page, lesson, first + 32);
    await page.keyboard.press('ArrowLeft');
    await becomes(page, lesson, first + 16);

    const dock = await size(splitter(page, tools));
    const { x, y, width } = await splitter(page, tools).boundingBox();
    await page.mouse.move(x + width / 2, y + 1);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 61, { steps: 5 });
    await page.mouse.up();
    await becomes(page, tools, dock - 60);
    assert.equal(await height(page), dock - 60);

    await page.reload();
    await becomes(page, lesson, first + 16);
    await becomes(page, tools, dock - 60);
    await splitter(page, tools).dblclick();
    await becomes(page, tools, dock);
    await splitter(page, lesson).dblclick();
    await becomes(page, lesson, first);
  }));

test('tools fold away, fill the work area, and come back; the lesson hides', () =>
  visit({ path: LESSON }, async ({ page }) => {
    const before = await height(page);
    await button(page, 'Fold tools away').click();
    await button(page, 'Unfold tools').waitFor();
    assert.ok((await height(page)) < 60);
    await tool(page, 'Console');
    await button(page, 'Fold tools away').waitFor();
    assert.equal(await height(page), before);

    await button(page, 'Maximise tools').click();
    await button(page, 'Give the editor its room back').click();
    await button(page, 'Maximise tools').waitFor();
    assert.equal(await height(page), before);

    await button(page, 'Hide the lesson').click();
    await page.locator('article.lesson').waitFor({ state: 'detached' });
    await button(page, 'Show the lesson').click();
    await page.getByRole('heading', { name: 'Hello, Express', level: 1 }).waitFor();
    await shows(editor(page), 'express');
  }));

/** Opens `path` and calls `before` while the app is still on its way, then lets it come. */
async function early({ page, context, site }, path, before) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url + path);
  await before();
  release();
  await here(page);
}

test('a press before the app is there is done when it is', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    await early({ page, ...rest }, 'practice/', () => button(page, 'Settings').click());
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  }));

test('what is filled in before the app is there stays, and counts', () =>
  visit({ path: 'reference/' }, async ({ page, ...rest }) => {
    const box = page.locator('form.predict input').first();
    await early({ page, ...rest }, 'lessons/http-server/', () => box.pressSequentially('A B'));
    await page.keyboard.type(' C');
    assert.equal(await box.inputValue(), 'A B C');

    const radio = page.locator('form.lesson-quiz').getByRole('radio').nth(1);
    const sort = page.locator('#which-kind');
    await early({ page, ...rest }, 'lessons/responses/', async () => {
      await radio.check();
      await sort.locator('select').first().selectOption('Notes');
    });
    assert.ok(await radio.isChecked());
    const placed = await sort.locator('select').evaluateAll((all) => all.filter((one) => one.value !== '').map((one) => one.selectedOptions[0].text));
    assert.deepEqual(placed, ['Notes']);
    await page.waitForFunction(() => Object.entries(localStorage).some(([key, value]) => key.endsWith(':progress') && value.includes('"which-kind":{"version"')));
  }));
