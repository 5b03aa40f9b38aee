/** The Database tool: querying, writing, indexes and plans, the diagram, snapshots, files, and many documents. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PHONE } from '../lib/person.mjs';
import { openShell, type } from '../lib/shell.mjs';
import { button, shows, tool } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const tab = (page, name) => page.getByRole('tablist', { name: 'Collections' }).getByRole('tab', { name });
const rows = (page) => page.getByRole('region', { name: 'Documents' }).locator('tbody tr[tabindex]');
const note = (page) => page.locator('.db-note');
const filter = (page) => page.getByRole('combobox', { name: 'Filter', exact: true });
const bar = (page, name) => page.locator('.qbar').getByRole('button', { name, exact: true });
const undo = (page) => page.getByRole('status').getByRole('button', { name: 'Undo' });

async function find(page, text) {
  await filter(page).fill(text);
  await filter(page).press('Escape');
  await bar(page, 'Run').click();
}

/** Opens a collection of the mock API. */
async function open(page, name) {
  await tool(page, 'Database');
  await tab(page, name).click();
  await rows(page).first().waitFor();
}

for (const [size, viewport] of [['desktop', undefined], ['phone', PHONE]]) {
  test(`a query and its mistakes, on ${size}`, () =>
    visit({ path: LESSON, viewport }, async ({ page }) => {
      await open(page, /^books/);
      await shows(note(page), '24 found');
      await find(page, "{ genre: 'novel' }");
      await page.waitForFunction(() => !document.querySelector('.db-note').textContent.includes('24 found'));
      await find(page, '{ genre: novel }');
      await shows(page.locator('.qwhy'), 'texts stand in quotes');
      await find(page, '{ price: { $bigger: 3 } }');
      await shows(note(page), 'unknown operator: $bigger');
      await find(page, "{ genre: 'no such' }");
      await shows(page.locator('.empty'), 'No document fits');
      // A query that found nothing does not make completion forget the fields.
      await filter(page).fill('{ pri');
      await filter(page).press('Tab');
      assert.equal(await filter(page).inputValue(), '{ price: ');
    }));
}

test('fields and sort', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, /^books/);
    await bar(page, 'Options').click();
    await page.getByRole('combobox', { name: 'Fields' }).fill('{ price: 1, _id: 0 }');
    await page.getByRole('combobox', { name: 'Sort' }).fill('{ price: -1 }');
    await page.getByRole('combobox', { name: 'Sort' }).press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.db-main th').length === 2);
    const prices = await rows(page).locator('td:nth-child(2)').allTextContents();
    assert.deepEqual(prices, [...prices].sort((a, b) => b - a));
  }));

test('a document is written, changed, refused, deleted and brought back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, /^users/);
    await shows(note(page), '10 found');
    await bar(page, 'Add').click();
    const text = page.getByRole('textbox', { name: 'Document', exact: true });
    await text.fill("{ _id: 'mine', name: 'Meera', email: 'new@example.com', at: ISODate('2026-01-05') }");
    await button(page, 'Insert').click();
    await shows(note(page), '11 found');
    await bar(page, 'Add').click();
    await text.fill("{ _id: 'mine' }");
    await button(page, 'Insert').click();
    await shows(page.locator('#doc-why'), 'E11000 duplicate key error');
    await button(page, 'Close').click();
    await find(page, "{ _id: 'mine' }");
    await shows(note(page), '1 found');
    await rows(page).first().click();
    await page.waitForFunction((element) => element.value.includes('Meera'), await text.elementHandle());
    await text.fill((await text.inputValue()).replace('Meera', 'Meera R'));
    await text.press('Control+s');
    await shows(rows(page), 'Meera R');
    await rows(page).first().focus();
    await page.keyboard.press('Enter');
    await button(page, 'Delete').click();
    await shows(page.locator('.empty'), 'No document fits');
    await undo(page).last().click();
    await shows(rows(page), 'Meera R');
  }));

test('an index changes the plan', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, /^books/);
    await find(page, "{ price: -5 }");
    await shows(page.locator('.empty'), 'No document fits');
    const side = page.getByRole('region', { name: 'Details' });
    await side.getByRole('button', { name: 'Explain' }).click();
    await shows(side, /COLLSCAN.*Documents examined24/s);
    await side.getByRole('button', { name: 'Add' }).click();
    await side.getByRole('textbox', { name: 'Keys' }).fill('{ price: }');
    await side.getByRole('button', { name: 'Create' }).click();
    await shows(side, 'Keys look like { email: 1 }');
    await side.getByRole('textbox', { name: 'Keys' }).fill('{ price: 1 }');
    await side.getByRole('button', { name: 'Create' }).click();
    await shows(side, 'price_1');
    await side.getByRole('button', { name: 'Explain' }).click();
    await shows(side, /IXSCAN.*Documents examined0/s);
    await side.getByRole('button', { name: 'Drop index price_1' }).click();
    await shows(page.getByRole('status'), 'The index price_1 was dropped');
  }));

test('the diagram shows what the documents refer to', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await openShell(page);
    await type(page, 'use shop', 'switched');
    await type(page, "const id = db.users.insertOne({ name: 'A' }).insertedId");
    await type(page, 'db.orders.insertMany([{ by: id, lines: [{ n: 1 }] }, { by: id }]).acknowledged', 'true');
    await tab(page, /How it fits together/).click();
    await shows(page.locator('.er-big'), 'orders.by refers to users');
    await page.getByRole('img', { name: 'orders.by refers to users' }).waitFor();
  }));

test('snapshots and a reset can be taken back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await tool(page, 'Database');
    await tab(page, /Snapshots/).click();
    await button(page, 'Take a snapshot').click();
    await shows(page.locator('.snaps'), 'Taken at');
    await openShell(page);
    await type(page, 'use mock', 'switched');
    await type(page, 'db.users.deleteMany({}).deletedCount > 0', 'true');
    await tab(page, /Snapshots/).click();
    await button(page, 'Restore').click();
    await shows(page.getByRole('status'), 'The data is as it was at');
    await open(page, /^users/);
    await undo(page).last().click();
    await shows(page.locator('.empty'), 'No document fits');
    await button(page, 'Reset to start').click();
    await rows(page).first().waitFor();
    await page.reload();
    await tool(page, 'Database');
    await tab(page, /Snapshots/).click();
    await shows(page.locator('.snaps'), 'Taken at');
  }));

test('a collection goes out as a file and comes in again', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, /^books/);
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export books').click()]);
    const books = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(books.length, 24);
    const buffer = Buffer.from(JSON.stringify(books.slice(0, 3)));
    await page.locator('#db-import').setInputFiles({ name: 'shop.copies.json', mimeType: 'application/json', buffer });
    await shows(page.getByRole('status'), '3 documents imported');
    await tab(page, /^copies/).click();
    await shows(note(page), '3 found');
  }));

test('all of the data goes out as an archive of mongodump and comes in again', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, /^books/);
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export for mongorestore').click()]);
    const buffer = await readFile(await download.path());
    assert.equal(buffer.readUInt32LE(0), 0x8199e26d);
    await openShell(page);
    await type(page, 'use mock', 'switched');
    await type(page, 'db.books.deleteMany({}).deletedCount', '24');
    await page.locator('#db-import').setInputFiles({ name: 'database.archive', mimeType: 'application/octet-stream', buffer });
    await shows(page.getByRole('status'), 'database.archive imported');
    await open(page, /^books/);
    await shows(note(page), '24 found');
  }));

test('fifty thousand documents: only what is in sight is asked for', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await openShell(page);
    await type(page, 'use big', 'switched');
    // In parts: the page ends a program that gives no sign of life for seconds.
    for (let from = 0; from < 50_000; from += 5_000) {
      await type(page, `db.many.insertMany(Array.from({ length: 5000 }, (_, i) => ({ _id: ${from} + i, n: (${from} + i) % 97 }))); 'up to ${from}'`, `up to ${from}`);
    }
    await tab(page, /^many/).click();
    await shows(note(page), '50000 found');
    const region = page.getByRole('region', { name: 'Documents' });
    await region.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await shows(rows(page), '49999');
    assert.ok((await rows(page).count()) < 100);
    await region.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
    await shows(rows(page), /^2[45]\d\d\d/);
    await find(page, '{ n: 96 }');
    await shows(note(page), '515 found');
  }));
