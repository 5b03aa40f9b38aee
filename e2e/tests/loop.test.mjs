/** A loop that never ends is stopped and named; the page, the code and the data go on. */
import { test } from 'node:test';
import { button, editor, hello, responseOf, run, listens, send, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
const USERS = 'http://localhost:4000/api/users';
const ENDLESS = /never ends|stopped after/i;

test('a loop at the start of the program', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await addUser(page);
    await write(page, "const port = 3000;\nwhile (true) {}\nconsole.log('never here');\n");
    await run(page);
    await shows(page.getByRole('alert'), ENDLESS);
    await button(page, 'Go to line 2').waitFor();
    await goesOn(page, 'while (true) {}');
  }));

test('a loop inside a handler', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await addUser(page);
    await write(page, hello('x').replace("res.send('x');", 'while (true) {}'));
    await run(page);
    await listens(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), ENDLESS);
    await shows(responseOf(page), 'server.js:6');
    await goesOn(page, 'while (true) {}');
  }));

async function addUser(page) {
  await send(page, 'POST', USERS, JSON.stringify({ name: 'Written Before', email: 'before@example.com' }));
  await shows(responseOf(page), '201');
}

async function goesOn(page, code) {
  await shows(editor(page), code);
  await send(page, 'GET', `${USERS}?email=before@example.com`);
  await shows(responseOf(page), 'Written Before');
  await write(page, hello('On again'));
  await run(page);
  await listens(page);
  await send(page, 'GET', 'http://localhost:3000/');
  await shows(responseOf(page), 'On again');
}
