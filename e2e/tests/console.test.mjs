/** The console: commands of a terminal, a prompt into the server, links to the code, and floods. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, hello, pane, responseOf, run, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const log = (page) => page.getByRole('log', { name: 'Console output' });

async function type(page, line) {
  await tool(page, 'Console');
  await page.getByRole('textbox', { name: 'Evaluate in the server' }).fill(line);
  await page.keyboard.press('Enter');
}

test('commands run files, and the prompt asks the server', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await button(page, 'New file').click();
    await page.getByRole('textbox', { name: 'Name of the new file' }).fill('sum.js');
    await page.keyboard.press('Enter');
    await write(page, "const [a, b] = process.argv.slice(2).map(Number);\nconsole.log('sum is', a + b);\n");
    await type(page, 'node sum.js 19 23');
    await shows(log(page), 'sum is 42');
    await log(page).getByRole('button', { name: 'sum.js:2' }).click();
    await shows(page.locator('#status'), 'Ln 2');
    await type(page, 'node none.js');
    await shows(log(page), /none\.js/);
    await type(page, '1 + 1');
    await shows(log(page), '2');
    await type(page, "await fetch('/api/health').then((response) => response.status)");
    await shows(log(page).locator('.res').last(), '200');
    await page.getByRole('textbox', { name: 'Evaluate in the server' }).press('ArrowUp');
    assert.match(await page.getByRole('textbox', { name: 'Evaluate in the server' }).inputValue(), /health/);
    await button(page, 'Clear console').click();
    await shows(log(page), 'Nothing printed yet');
  }));

test('npm run dev starts the server', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Started by npm'));
    await type(page, 'npm run dev');
    await shows(log(page), 'Server running on http://localhost:3000');
    await shows(page.locator('#status'), 'Running on localhost:3000');
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'Started by npm');
  }));

test('ten thousand lines and five megabytes leave the page awake', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, FLOOD);
    await runServer(page);
    await tool(page, 'Console');
    await page.getByRole('textbox', { name: 'Evaluate in the server' }).fill("fetch('http://localhost:3000/lines')");
    await page.keyboard.press('Enter');
    // The page answers while the lines come.
    await button(page, 'Settings').click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await shows(log(page), 'line 9999');
    await page.getByRole('searchbox', { name: 'Filter console' }).fill('line 9998');
    await shows(log(page), 'line 9998');
    assert.equal(await log(page).locator('.line').count(), 1);

    await send(page, 'GET', 'http://localhost:3000/large');
    await shows(responseOf(page), '200');
    await shows(responseOf(page), /5\.\d MB/);
    await button(page, 'Raw').click();
    await shows(responseOf(page), 'HTTP/1.1 200 OK');
    await tool(page, 'Trace');
    await shows(page.locator('.tr-url'), '/large');
  }));

const FLOOD = `const express = require('express');
const app = express();
app.get('/lines', (req, res) => {
  for (let line = 0; line < 10000; line += 1) console.log('line ' + line);
  res.send('printed');
});
app.get('/large', (req, res) => {
  res.json(Array.from({ length: 50000 }, (_, id) => ({ id, name: 'Name number ' + id, text: 'x'.repeat(64) })));
});
app.listen(3000);
`;
