/** Work leaves by a file and comes in by a file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { button, check, editor, hello, shows, task, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';

/** Saves a backup by the settings dialog; resolves to its text. */
async function save(page) {
  await button(page, 'Settings').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save a backup').click()]);
  assert.equal(download.suggestedFilename(), 'backlab-backup.json');
  await page.keyboard.press('Escape');
  return readFile(await download.path(), 'utf8');
}

async function restore(page, name, text) {
  await button(page, 'Settings').click();
  await page.getByLabel('Restore').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.keyboard.press('Escape');
}

test('code and progress move to another browser, and the move can be undone', async () => {
  let saved;
  await visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Hello Backend'));
    await check(page, '2 of 2 pass');
    await shows(task(page, 'first-server'), 'Passed');
    saved = await save(page);
  });
  await visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Here before'));
    await restore(page, 'backlab-backup.json', saved);
    await shows(page.getByRole('status'), 'The backup is restored');
    await shows(editor(page), "res.send('Hello Backend');");
    await shows(task(page, 'first-server'), 'Passed');
    await button(page, 'Undo').click();
    await shows(editor(page), "res.send('Here before');");
    await task(page, 'first-server').getByText('Passed').first().waitFor({ state: 'detached' });
  });
});

test('another file is refused with the reason', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await restore(page, 'shopping.json', '{"tea":1}');
    await shows(page.getByRole('alert'), 'shopping.json is not a backup file of this course');
  }));

test('everything is deleted only after the word was typed', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Gone soon'));
    await shows(page.getByText('Saved', { exact: true }), 'Saved');
    await button(page, 'Settings').click();
    const remove = button(page, 'Delete everything');
    assert.ok(await remove.isDisabled());
    await page.getByRole('textbox', { name: 'Type delete to confirm' }).fill('delete');
    await Promise.all([page.waitForEvent('load'), remove.click()]);
    await shows(editor(page), 'express');
    assert.ok(!(await editor(page).innerText()).includes('Gone soon'));
  }));
