/** axe finds nothing wrong: every screen and every tool, on a desk and on a phone, light and dark. */
import { test } from 'node:test';
import { DESKTOP, PHONE } from '../lib/person.mjs';
import { assertAccessible } from '../lib/axe.mjs';
import { button, check, hello, pane, responseOf, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const PAGES = [
  ['', 'Backend, one request at a time'],
  ['practice/', 'Practice'],
  ['reference/', 'Reference'],
  ['lessons/middleware/', /middleware/i],
  ['not-found/', /./],
];
const TOOLS = ['Requests', 'Trace', 'Console', 'Database', 'Checks', 'Preview'];

for (const theme of ['light', 'dark']) {
  for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    test(`pages, ${theme}, ${size}`, () =>
      visit({ theme, viewport }, async ({ page, site }) => {
        for (const [path, name] of PAGES) {
          await page.goto(site.url + path);
          await page.getByRole('heading', { name, level: 1 }).waitFor();
          await assertAccessible(page, path || 'home');
        }
        await page.goto(`${site.url}playground/`);
        await page.getByRole('main').getByRole('button').first().waitFor();
        await assertAccessible(page, 'playground');
      }));

    test(`tools, ${theme}, ${size}`, () =>
      visit({ theme, viewport, path: 'lessons/express-hello/' }, async ({ page }) => {
        await write(page, hello('Hello Backen'));
        await assertAccessible(page, 'code');
        await runServer(page);
        await tool(page, 'Requests');
        await button(page, 'Send').click();
        await shows(responseOf(page), '200');
        await check(page, '1 of 2 pass');
        for (const name of TOOLS) {
          await tool(page, name);
          await assertAccessible(page, name);
        }
        await pane(page, 'Lesson');
        await assertAccessible(page, 'lesson');
        await button(page, 'Share or export this project').click();
        await button(page, 'Share as a link').waitFor();
        await assertAccessible(page, 'project menu');
        await page.keyboard.press('Escape');
        await button(page, 'Settings').click();
        await assertAccessible(page, 'settings');
        await button(page, 'Make room').click();
        await page.getByRole('dialog', { name: 'Make room' }).getByRole('button', { name: /^Remove/ }).first().waitFor();
        await assertAccessible(page, 'make room');
      }));
  }
}
