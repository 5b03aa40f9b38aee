/** The files of a project: add, rename, delete, reset, and the way back from each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, editor, hello, runServer, send, responseOf, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const tree = (page) => page.getByRole('navigation', { name: 'Project files' });
const file = (page, name) => tree(page).getByRole('button', { name, exact: true });

test('a file is added, renamed, deleted and brought back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await button(page, 'New file').click();
    const name = page.getByRole('textbox', { name: 'Name of the new file' });
    await name.fill('server.js');
    await page.keyboard.press('Enter');
    await shows(page.getByRole('alert'), 'server.js is there already');
    await name.fill('lib/words.js');
    await page.keyboard.press('Enter');
    await file(page, 'words.js').waitFor();
    await page.getByRole('tab', { name: 'words.js', selected: true }).waitFor();
    await write(page, "module.exports = 'From a file';\n");

    await tree(page).getByRole('listitem').filter({ hasText: 'words.js' }).hover();
    await button(page, 'Rename lib/words.js').click();
    await page.getByRole('textbox', { name: 'New name' }).fill('lib/text.js');
    await page.keyboard.press('Enter');
    await file(page, 'text.js').waitFor();
    await shows(editor(page), 'From a file');

    await tree(page).getByRole('listitem').filter({ hasText: 'text.js' }).hover();
    await button(page, 'Delete lib/text.js').click();
    await file(page, 'text.js').waitFor({ state: 'detached' });
    await shows(page.getByRole('status'), 'lib/text.js was deleted');
    await button(page, 'Undo').click();
    await file(page, 'text.js').waitFor();

    await file(page, 'server.js').click();
    await write(page, hello('x').replace("'x'", "require('./lib/text')"));
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'From a file');
    await shows(page.getByText('Saved', { exact: true }), 'Saved');
    await page.reload();
    await file(page, 'text.js').waitFor();
  }));

test('a reset file comes back with Undo', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await editor(page).waitFor();
    const start = await editor(page).innerText();
    await write(page, hello('Mine'));
    await button(page, 'Reset file').click();
    await shows(page.getByRole('status'), 'back to the lesson’s start');
    await page.waitForFunction(() => !document.querySelector('.ed-host').shadowRoot.textContent.includes('Mine'));
    assert.equal((await editor(page).innerText()).trim(), start.trim());
    await button(page, 'Undo').click();
    await shows(editor(page), "res.send('Mine');");
  }));

test('the status bar says where the caret is', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, 'one\ntwo\nthree');
    await shows(page.locator('#status'), 'Ln 3, Col 6');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await shows(page.locator('#status'), 'Ln 2, Col 1');
  }));
