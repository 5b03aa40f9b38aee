/** The names by which people with a screen reader, and tests from outside, find their way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, editor, hello, responseOf, run, listens, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const MOCK = 'http://localhost:4000';

test('buttons and tools have their names', () =>
  visit({ path: LESSON }, async ({ page }) => {
    for (const name of ['Run', 'Check', 'Send']) await button(page, name).waitFor();
    for (const name of ['Requests', 'Trace', 'Console', 'Database', 'Checks', 'Preview']) {
      await page.getByRole('tab', { name, exact: true }).click();
      await page.getByRole('tab', { name, exact: true, selected: true }).waitFor();
    }
  }));

test('the editor takes typed and pasted text', () =>
  visit({ path: LESSON }, async ({ page, site, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(site.url).origin });
    await editor(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type("console.log('typed by hand')");
    await shows(editor(page), "console.log('typed by hand')");
    await page.evaluate((text) => navigator.clipboard.writeText(text), hello('Pasted'));
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    await shows(editor(page), "res.send('Pasted');");
    await editor(page).fill(hello('Filled'));
    await shows(editor(page), "res.send('Filled');");
    await run(page);
    await listens(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'Filled');
  }));

test('a request is written with method, URL, params, headers, body and auth', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, ECHO);
    await run(page);
    await listens(page);
    await tool(page, 'Requests');
    for (const name of ['Params', 'Headers', 'Body', 'Auth']) {
      await page.getByRole('tab', { name, exact: true }).click();
      await page.getByRole('tab', { name, exact: true, selected: true }).waitFor();
    }
    await send(page, 'POST', 'http://localhost:3000/echo?page=2', '{"title":"Dune"}');
    await shows(responseOf(page), '201');
    const answer = await responseOf(page).innerText();
    for (const part of ['POST', '"page"', '"2"', 'Dune']) assert.ok(answer.includes(part), `${part} in ${answer}`);
  }));

test('the mock API answers from the start', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await send(page, 'GET', `${MOCK}/api/health`);
    await shows(responseOf(page), '200');
    await send(page, 'GET', `${MOCK}/api/nothing-here`);
    await shows(responseOf(page), '404');
  }));

const ECHO = `const express = require('express');
const app = express();
app.use(express.json());
app.post('/echo', (req, res) => {
  res.status(201).json({ method: req.method, query: req.query, body: req.body });
});
app.listen(3000);
`;
