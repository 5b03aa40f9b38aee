/** Back in time: past requests, what they ran, and the way back to the latest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, editor, hello, responseOf, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const head = (page) => page.locator('.tr-head');

test('the slider leads to past requests, says which edit they ran, and Latest leads back', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, hello('Old'));
    await runServer(page);
    for (const path of ['first', '']) {
      await send(page, 'GET', `http://localhost:3000/${path}`);
      await shows(responseOf(page), path ? '404' : 'Old');
    }
    await write(page, hello('New'));
    await page.waitForFunction(() => !document.querySelector('#status').textContent.includes('the server runs edit'));
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'New');

    await tool(page, 'Trace');
    await shows(head(page), '#3');
    assert.ok(!(await head(page).innerText()).includes('code as of edit'));
    const slider = page.getByRole('slider', { name: 'Past requests' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await shows(head(page), '#2');
    await shows(head(page), 'code as of edit 1');
    assert.match(await slider.getAttribute('aria-valuetext'), /Request 2, GET \/, 200 OK/);
    await page.keyboard.press('Home');
    await shows(head(page), '#1');

    // A new request does not pull the learner out of the past.
    await send(page, 'GET', 'http://localhost:3000/later');
    await shows(responseOf(page), '404');
    await tool(page, 'Trace');
    await shows(head(page), '#1');
    await button(page, 'Latest').click();
    await shows(head(page), '#4');
    await page.locator('.tick').first().click();
    await shows(head(page), '#1');
  }));

test('the code shows what the request ran, with its values', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, VALUES);
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'Asha');
    await shows(editor(page).locator('.cm-lens'), 'req.user = ');
    await shows(editor(page).locator('.cm-lens'), 'seen /');
    await shows(editor(page).locator('.cm-lens'), '200 OK');
    assert.equal(await editor(page).locator('.cm-ran').count(), 3);

    await send(page, 'GET', 'http://localhost:3000/bad');
    await shows(responseOf(page), '500');
    await shows(editor(page).locator('.cm-lens-bad'), 'TypeError');
    await editor(page).locator('.cm-fail').waitFor();
    await page.getByRole('button', { name: /^Show what request/ }).click();
    await editor(page).locator('.cm-lens').first().waitFor({ state: 'detached' });

    // Marks of older code would stand at the wrong lines.
    await page.getByRole('button', { name: /^Show what request/ }).click();
    await editor(page).locator('.cm-lens').first().waitFor();
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// new\n');
    await editor(page).locator('.cm-lens').first().waitFor({ state: 'detached' });
  }));

test('of a storm of requests some are followed, and the rest is told of', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, STORM);
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/storm');
    await shows(responseOf(page), '300 answered');
    await tool(page, 'Trace');
    await shows(page.locator('.tr'), 'requests that came too fast to be followed.');
  }));

test('a request that stops shows where its function ended, and the way there', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await write(page, GUARDED);
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'never answered');
    await tool(page, 'Trace');
    const detail = page.locator('#hop-detail');
    await shows(detail, 'server.js:5');
    await shows(detail.locator('.ln.del'), 'it ended, nothing called');
    await button(page, 'Open in editor').click();
    await shows(page.locator('#status'), 'Ln 5');
  }));

const VALUES = `const express = require('express');
const app = express();
app.use((req, res, next) => {
  req.user = 'Asha';
  console.log('seen', req.path);
  next();
});
app.get('/', (req, res) => res.send(req.user));
app.get('/bad', (req, res) => {
  res.send(req.missing.name);
});
app.listen(3000);
`;

const STORM = `const express = require('express');
const app = express();
app.get('/', (req, res) => res.json(1));
app.get('/storm', async (req, res) => {
  const all = await Promise.all(Array.from({ length: 300 }, () => fetch('http://localhost:3000/')));
  res.send(all.length + ' answered');
});
app.listen(3000);
`;

const GUARDED = `const express = require('express');
const app = express();
function guard(req, res, next) {
  if (req.get('authorization')) next();
}
app.use(guard);
app.get('/', (req, res) => res.send('in'));
app.listen(3000);
`;
