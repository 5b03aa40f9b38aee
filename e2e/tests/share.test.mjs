/** A project in a link: it waits for the reader's word, has its own data, and is kept only as a copy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, editor, responseOf, send, shows, write, hello } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const USERS = 'http://localhost:4000/api/users';
const NOT_YOURS = 'You did not write this code, and it has not run yet';
const status = (page) => page.locator('#status');

/** Makes a project, and resolves to the link that Share copies. */
async function link(page, context, site) {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(site.url).origin });
  await page.getByRole('button', { name: /Hello, Express/ }).click();
  await write(page, hello('From a link'));
  await button(page, 'Share or export this project').click();
  await button(page, 'Share as a link').click();
  await shows(page.getByRole('status'), 'The link is copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

test('shared code waits, runs when asked, and is kept as a copy', () =>
  visit({ path: 'playground/' }, async ({ page, context, site }) => {
    const address = await link(page, context, site);
    assert.ok(address.startsWith(`${site.url}playground/#share=`), address);
    await send(page, 'POST', USERS, JSON.stringify({ name: 'Nandita', email: 'nandita@example.com' }));
    await shows(responseOf(page), '201');

    await page.goto(address);
    await shows(page.getByRole('status'), NOT_YOURS);
    await shows(editor(page), "res.send('From a link');");
    assert.ok(await button(page, 'Run').isDisabled());
    await editor(page).click();
    await page.keyboard.press('Control+Enter');
    await send(page, 'GET', `${USERS}?email=nandita@example.com`);
    await shows(responseOf(page), '200');
    assert.ok(!(await responseOf(page).innerText()).includes('Nandita'));
    await shows(status(page), 'Server not started');

    await button(page, 'Run it').click();
    await shows(status(page), 'Running on localhost:3000');
    await shows(page.getByRole('status'), 'Close the tab and it is gone');
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'From a link');

    await page.reload();
    await shows(page.getByRole('status'), NOT_YOURS);
    await button(page, 'Keep a copy').click();
    await page.waitForURL(/\?project=Hello%2C%20Express%202/);
    await shows(editor(page), "res.send('From a link');");
    await send(page, 'GET', `${USERS}?email=nandita@example.com`);
    await shows(responseOf(page), 'Nandita');
  }));

test('a broken link says so', () =>
  visit({ path: 'playground/#share=no-project' }, async ({ page }) => {
    await shows(page.getByRole('alert'), 'The code in this link could not be read');
    await page.getByRole('button', { name: /REST users/ }).waitFor();
  }));
