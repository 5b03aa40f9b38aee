/** What a browser can do to saved work: damage it, run out of room, open it twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, carried, userNames } from '../lib/mock.mjs';
import { openShell, type } from '../lib/shell.mjs';
import { button, editor, hello, responseOf, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const USERS = 'http://localhost:4000/api/users';
const OTHER_TAB = 'Backlab is open in another tab';

const addUser = async (page, name) => {
  await send(page, 'POST', USERS, JSON.stringify({ name, email: `${name.toLowerCase()}@example.com` }));
};

/** Takes all the space that is left, as another page of the same host may. */
const fill = (page) =>
  page.evaluate(() => {
    let piece = 'x'.repeat(1 << 20);
    for (let number = 0; piece; number += 1) {
      try {
        localStorage.setItem(`filler${number}`, piece);
      } catch {
        piece = piece.slice(piece.length / 2 + 0.5);
      }
    }
  });

test('a damaged record is told of and set aside, the others are there', () =>
  visit({ path: LESSON }, async ({ page }) => {
    for (const name of ['Nandita', 'Zubin', 'Yamuna']) {
      await addUser(page, name);
      await shows(responseOf(page), name);
    }
    await page.evaluate(() => {
      const segments = Object.keys(localStorage).filter((key) => key.includes('journal:segment')).sort();
      const second = segments.at(-2);
      localStorage[second] = localStorage[second].slice(0, localStorage[second].length / 2);
    });
    await page.reload();
    await send(page, 'GET', `${USERS}?limit=50`);
    await shows(responseOf(page), 'Yamuna');
    await shows(page.getByRole('status'), 'A write to the database could not be read');
    await carried(page);
    const names = await userNames(page);
    assert.ok(names.includes('Nandita') && names.includes('Yamuna') && !names.includes('Zubin'), String(names));
  }));

test('a full browser refuses the write, says so, and loses nothing', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Kept'));
    await addUser(page, 'Nandita');
    await shows(responseOf(page), '201');
    await fill(page);
    await addUser(page, 'Refused');
    await shows(page.getByRole('alert'), /not saved/);
    await shows(page.getByRole('alert'), 'Save a backup');
    await shows(responseOf(page), /5\d\d|No answer|There is no answer/);
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key)));
    await page.reload();
    await shows(editor(page), "res.send('Kept');");
    await carried(page);
    const { body } = await call(page, 'users?limit=50');
    const names = body.data.map((user) => user.name);
    assert.ok(names.includes('Nandita') && !names.includes('Refused'), String(names));
  }));

test('a full browser is given room by the reader, and goes on', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('First'));
    await addUser(page, 'Nandita');
    await shows(responseOf(page), '201');
    await openShell(page);
    await type(page, 'use shop', 'switched');
    const text = "Array.from({ length: 400 }, () => Math.random().toString(36)).join('')";
    await type(page, `db.pictures.insertMany(Array.from({ length: 100 }, (_, n) => ({ _id: n, text: ${text} }))).acknowledged`, 'true');
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith('journal:snapshot')));
    await fill(page);

    await write(page, hello('A longer text than before, which does not fit any more'));
    const alert = page.getByRole('alert');
    await shows(alert, 'Your last edit to server.js is not saved');
    await button(page, 'Make room').click();
    const dialog = page.getByRole('dialog', { name: 'Make room' });
    await shows(dialog, 'Your code and lesson progress take');
    await shows(dialog, 'Other pages of this site’s host take');
    await button(dialog, 'Remove: Sent requests: 1').click();
    await shows(dialog.getByRole('status'), 'are free again');
    await alert.waitFor({ state: 'detached' });

    const database = button(dialog, 'Remove: Database shop, documents: 100');
    await database.click();
    await button(dialog, 'Keep').click();
    await database.click();
    await button(dialog, 'Save as a file').waitFor();
    await button(dialog, 'Remove for good').click();
    await database.waitFor({ state: 'detached' });
    await shows(dialog.getByRole('status'), /\d KB are free again/);
    await page.keyboard.press('Escape');

    await addUser(page, 'Zubin');
    await shows(responseOf(page), '201');
    await page.reload();
    await shows(editor(page), 'A longer text than before');
    await carried(page);
    const names = await userNames(page);
    assert.ok(names.includes('Nandita') && names.includes('Zubin'), String(names));
    await openShell(page);
    await type(page, 'show dbs', 'mock');
    assert.ok(!(await page.getByRole('log', { name: 'Output of the shell' }).innerText()).includes('shop'));
  }));

test('an edit that found no room is kept while the page is open, and the browser asks before it would be lost', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('First'));
    await shows(page.getByRole('banner'), 'Saved');
    await fill(page);
    await write(page, hello('A longer text than before, which does not fit any more'));
    await shows(page.getByRole('alert'), 'Your last edit to server.js is not saved');
    const asked = new Promise((resolve) => page.once('dialog', async (dialog) => {
      await dialog.dismiss();
      resolve(dialog.type());
    }));
    await page.evaluate(() => setTimeout(() => location.reload()));
    assert.equal(await asked, 'beforeunload');
    await page.getByRole('link', { name: /Ways to respond/ }).last().click();
    await shows(page.getByRole('heading', { level: 1 }), 'Ways to respond');
    await shows(page.getByRole('alert'), 'is not saved');
    await page.goBack();
    await shows(editor(page), 'which does not fit any more');
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key)));
    await write(page, hello('There is room again'));
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.reload();
    await shows(editor(page), 'There is room again');
  }));

test('of two tabs one writes, and the other can take over', () =>
  visit({ path: LESSON }, async ({ page, open }) => {
    await write(page, hello('From the first'));
    await shows(page.getByText('Saved', { exact: true }), 'Saved');
    const second = await open(LESSON);
    await shows(second.getByRole('status'), OTHER_TAB);
    await shows(editor(second), "res.send('From the first');");
    await editor(second).click();
    await second.keyboard.press('Control+a');
    await second.keyboard.insertText('typed where nothing is kept');
    await shows(editor(second), "res.send('From the first');");
    await button(second, 'Use this tab').click();
    await shows(page.getByRole('status'), OTHER_TAB);
    await write(second, hello('From the second'));
    await second.reload();
    await shows(editor(second), "res.send('From the second');");
  }));

test('a tab that looks on follows what the other one writes to the database', () =>
  visit({ path: LESSON }, async ({ page, open }) => {
    await openShell(page);
    await type(page, 'use shop', 'switched');
    await type(page, 'db.notes.insertOne({ _id: 1 }).insertedId', '1');
    const second = await open(LESSON);
    await shows(second.getByRole('status'), OTHER_TAB);
    await button(second, 'Look only').click();
    await tool(second, 'Database');
    await second.getByRole('tab', { name: /^notes/ }).click();
    await shows(second.locator('.db-note'), '1 found');
    await type(page, 'db.notes.insertMany([{ _id: 2 }, { _id: 3 }]).acknowledged', 'true');
    await shows(second.locator('.db-note'), '3 found');
  }));
