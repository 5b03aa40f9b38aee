/** When the page itself is in trouble, or a newer one waits: what it says, and the way out. */
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import assert from 'node:assert/strict';
import { carried } from '../lib/mock.mjs';
import { here } from '../lib/person.mjs';
import { button, editor, hello, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';

test('a newer version waits until it is taken, and the code stays', () =>
  visit({ path: LESSON }, async ({ page, site }) => {
    await write(page, hello('Before the update'));
    await carried(page);
    site.changed.set('sw.js', (text) => text.replace('"version":"', '"version":"newer-'));
    await page.reload();
    const banner = page.getByRole('status').filter({ hasText: 'A new version is ready.' });
    await banner.getByRole('button', { name: 'Later' }).click();
    await banner.waitFor({ state: 'detached' });
    await page.reload();
    await Promise.all([page.waitForEvent('load'), banner.getByRole('button', { name: 'Reload' }).click()]);
    await here(page);
    await shows(editor(page), "res.send('Before the update');");
    const caches = await page.evaluate(() => caches.keys());
    assert.ok(caches.length === 1 && caches[0].includes('newer-'), String(caches));
  }));

test('when the app breaks, the page says so, saves a backup and starts again', () =>
  visit({ path: LESSON, allow: /panicked|unreachable|failed to insert node/ }, async ({ page }) => {
    await write(page, hello('Safe'));
    await shows(page.getByText('Saved', { exact: true }), 'Saved');
    // What no extension should do: take away what the app is about to draw beside.
    await page.evaluate(() => {
      Node.prototype.insertBefore = function () {
        throw new DOMException('The node before which the new node is to be inserted is not a child of this node.', 'NotFoundError');
      };
    });
    await button(page, 'Settings').click();
    const broken = page.getByRole('alert');
    await shows(broken, 'The page stopped working');
    await broken.getByText('Details').click();
    await shows(broken.locator('pre'), /\w/);
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save a backup').click()]);
    assert.match(await readFile(await download.path(), 'utf8'), /Safe/);
    await Promise.all([page.waitForEvent('load'), button(page, 'Reload').click()]);
    await shows(editor(page), "res.send('Safe');");
  }));
