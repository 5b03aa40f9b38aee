/** A previewed page stores things and has cookies, as in a tab of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, previewed, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';

/** A server whose page runs `script`, at `/` and at `/next`. */
const server = (script) => `const express = require('express');
const app = express();
app.use(express.json());
const page = (title) => ${JSON.stringify('<h1>TITLE</h1><p id="out"></p><a href="/next">Next</a><script>SCRIPT</script>').replace('SCRIPT', () => JSON.stringify(script).slice(1, -1))}.replace('TITLE', title);
app.get('/', (req, res) => res.cookie('first', 'page').send(page('Page')));
app.get('/next', (req, res) => res.send(page('Next')));
app.post('/login', (req, res) => res.cookie('session', 's1', { httpOnly: true }).cookie('name', 'Asha').json({ token: 'jwt' }));
app.get('/told', (req, res) => res.json([req.headers.cookie, req.headers.authorization]));
app.listen(3000);
`;

async function open(page, script) {
  await write(page, server(script));
  await runServer(page);
  await tool(page, 'Preview');
  await shows(previewed(page).locator('h1'), 'Page');
}

test('a token in localStorage is there on the next page and after a reload', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, LOGIN);
    const out = previewed(page).locator('#out');
    await shows(out, 'signed in');
    await previewed(page).getByRole('link', { name: 'Next' }).click();
    await shows(previewed(page).locator('h1'), 'Next');
    await shows(out, 'Bearer jwt');
    await button(page, 'Reload').click();
    await shows(out, 'Bearer jwt');
  }));

const LOGIN = `
const out = document.getElementById('out');
const token = localStorage.getItem('token');
(async () => {
  if (token === null) {
    const answer = await fetch('/login', { method: 'POST' });
    localStorage.setItem('token', (await answer.json()).token);
    out.textContent = 'signed in';
  } else {
    const answer = await fetch('/told', { headers: { Authorization: 'Bearer ' + token } });
    out.textContent = (await answer.json())[1];
  }
})();
`;

test('storages behave as Storage does', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, STORAGE);
    assert.deepEqual(JSON.parse(await previewed(page).locator('#out').textContent()), [
      ['7', 'Asha', null, null, 2, 'count', ['count', 'name'], '{"count":"7","name":"Asha"}'],
      [1, true, false, 'QuotaExceededError', '[object Storage]'],
      [0, 1, '{}'],
    ]);
  }));

const STORAGE = `
localStorage.clear();
sessionStorage.clear();
localStorage.setItem('count', 7);
localStorage.name = 'Asha';
const seen = [[localStorage.count, localStorage.getItem('name'), localStorage.getItem('none'), localStorage.none ?? null,
  localStorage.length, localStorage.key(0), Object.keys(localStorage), JSON.stringify(localStorage)]];
delete localStorage.count;
let refusal;
try { localStorage.setItem('big', 'x'.repeat(6_000_000)); } catch (error) { refusal = error.name; }
seen.push([localStorage.length, 'name' in localStorage, 'count' in localStorage, refusal, String(localStorage)]);
sessionStorage.setItem('a', '{}');
localStorage.removeItem('name');
seen.push([localStorage.length, sessionStorage.length, sessionStorage['a']]);
document.getElementById('out').textContent = JSON.stringify(seen);
`;

test('document.cookie holds what the server set for scripts, and sends what they set', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await open(page, COOKIES);
    const out = previewed(page).locator('#out');
    await shows(out, 'Done');
    assert.deepEqual(JSON.parse(await out.getAttribute('title')), [
      'first=page',
      'first=page; theme=dark',
      'first=page; name=Asha; theme=dark',
      'first=page; name=Asha; session=s1; theme=dark',
      'first=page; name=Asha',
    ]);
  }));

const COOKIES = `
const sorted = (text) => text.split('; ').sort().join('; ');
(async () => {
  const seen = [document.cookie];
  document.cookie = 'theme=dark; path=/';
  seen.push(document.cookie);
  await fetch('/login', { method: 'POST' });
  document.cookie = 'session=stolen';
  seen.push(sorted((await (await fetch('/told')).json(), document.cookie)));
  seen.push(sorted((await (await fetch('/told')).json())[0]));
  document.cookie = 'theme=; max-age=0; path=/';
  await fetch('/told');
  seen.push(sorted(document.cookie));
  const out = document.getElementById('out');
  out.title = JSON.stringify(seen);
  out.textContent = 'Done';
})();
`;
