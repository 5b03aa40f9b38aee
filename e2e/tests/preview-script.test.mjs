/** Scripts of a previewed page ask, send and fail as in a tab of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewed, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const log = (page) => page.getByRole('log', { name: 'Console output' });

const server = (script, attributes = '') => `const express = require('express');
const app = express();
app.use(express.json());
let items = ['Tea'];
app.get('/', (req, res) => res.send(${JSON.stringify(`<h1>Page</h1><p id="out"></p><button>Go</button><script${attributes}>${script}</script>`)}));
app.get('/items', (req, res) => res.set('X-Note', 'seen').json(items));
app.post('/items', (req, res) => res.status(201).json({ got: req.body, type: req.get('content-type') }));
app.delete('/items', (req, res) => { items = []; res.json(items); });
app.listen(3000);
`;

/** Opens the page that `code` serves. */
async function open(page, code) {
  await write(page, code);
  await runServer(page);
  await tool(page, 'Preview');
  await shows(previewed(page).locator('h1'), 'Page');
}

test('a page asks before it deletes', () =>
  visit({ path: LESSON }, async ({ page }) => {
    const asked = [];
    page.on('dialog', (dialog) => {
      asked.push(`${dialog.type()}: ${dialog.message()}`);
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept('Asha'));
    });
    await open(page, server(ASKS));
    const out = previewed(page).locator('#out');
    await previewed(page).getByRole('button', { name: 'Go' }).click();
    await shows(out, 'Kept');
    await previewed(page).getByRole('button', { name: 'Go' }).click();
    await shows(out, 'Asha left []');
    assert.deepEqual(asked, ['confirm: Sure?', 'confirm: Sure?', 'prompt: Who?', 'alert: Gone']);
  }));

test('XMLHttpRequest asks the server', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, server(XHR));
    await shows(previewed(page).locator('#out'), 'Done');
    assert.deepEqual(JSON.parse(await previewed(page).locator('#out').getAttribute('title')), [
      [200, 'application/json; charset=utf-8', 'seen', ['Tea']],
      [201, { got: { name: 'Milk' }, type: 'application/json' }],
      ['readyState 1', 'readyState 4', 'abort'],
      'no answer from elsewhere',
      ['state 1', 'InvalidStateError', 'uploaded 2', 'state 2', 'state 4', 'abort', 'loadend'],
    ]);
  }));

test('the Console tool says what went wrong in the page', () =>
  visit({ path: LESSON, allow: /^console: |^uncaught: |^failed: / }, async ({ page }) => {
    await open(page, server(MISTAKES));
    await tool(page, 'Console');
    for (const line of [
      '[page] Error: told',
      '[page] Uncaught ReferenceError: nowhere is not defined',
      '[page] Uncaught (in promise) TypeError: later',
      '[page] EventSource /events was not opened',
      '[page] /gone.js did not load',
    ]) await shows(log(page), line);
  }));

test('the Console tool says that the imports of a module did not load', () =>
  visit({ path: LESSON, allow: /^console: |^uncaught: |^failed: / }, async ({ page }) => {
    await open(page, server("import { x } from '/x.js';", ' type="module"'));
    await tool(page, 'Console');
    await shows(log(page), '[page] A module script did not load');
  }));

const ASKS = `
document.querySelector('button').onclick = async () => {
  const out = document.getElementById('out');
  if (!confirm('Sure?')) return void (out.textContent = 'Kept');
  const name = prompt('Who?');
  const answer = await fetch('/items', { method: 'DELETE' });
  alert('Gone');
  out.textContent = name + ' left ' + (await answer.text());
};
`;

const MISTAKES = `
console.error(new Error('told'));
const circle = {}; circle.self = circle; console.log(circle);
new EventSource('/events');
Promise.reject(new TypeError('later'));
document.body.append(Object.assign(document.createElement('script'), { src: '/gone.js' }));
nowhere();
`;

const XHR = `
const ask = (method, url, body, prepare = () => {}) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open(method, url);
  prepare(request);
  request.onload = () => resolve(request);
  request.addEventListener('error', reject);
  request.send(body);
});
(async () => {
  const list = await ask('GET', 'items', null, (request) => (request.responseType = 'json'));
  const made = await ask('post', '/items', JSON.stringify({ name: 'Milk' }), (request) => request.setRequestHeader('Content-Type', 'application/json'));
  const heard = [];
  const given = new XMLHttpRequest();
  given.onreadystatechange = () => heard.push('readyState ' + given.readyState);
  given.onabort = () => heard.push('abort');
  given.open('GET', '/items');
  given.send();
  given.abort();
  const elsewhere = await ask('GET', 'https://example.com/').catch(() => 'no answer from elsewhere');
  const cut = [];
  await new Promise((done) => {
    const request = new XMLHttpRequest();
    for (const type of ['load', 'abort', 'loadend']) request.addEventListener(type, () => cut.push(type));
    request.upload.onload = ({ loaded }) => cut.push('uploaded ' + loaded);
    request.onloadend = done;
    request.onreadystatechange = () => {
      cut.push('state ' + request.readyState);
      if (request.readyState === 2) request.abort();
    };
    request.open('POST', '/items');
    request.send('{}');
    try {
      request.send();
    } catch (error) {
      cut.push(error.name);
    }
  });
  const out = document.getElementById('out');
  out.title = JSON.stringify([
    [list.status, list.getResponseHeader('content-type'), list.getResponseHeader('X-Note'), list.response],
    [made.status, JSON.parse(made.responseText)], heard, elsewhere, cut]);
  out.textContent = 'Done';
})();
`;
