/** When the network goes, a reload, lessons, the server, the checks and the preview go on. */
import { test } from 'node:test';
import { carried } from '../lib/mock.mjs';
import { check, hello, previewed, responseOf, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

for (const base of ['/', '/some/sub/path/']) {
  test(`goes on without network under ${base}`, () =>
    // The browser reports its own look for a newer service worker as failed.
    visit({ base, allow: /sw\.js/ }, async ({ page, site, context }) => {
      await carried(page);
      await context.setOffline(true);
      site.close();
      await page.goto(new URL('lessons/express-hello/', page.url()).href);
      await page.reload();
      await page.getByRole('heading', { name: 'Hello, Express', level: 1 }).waitFor();
      await write(page, hello('Hello Backend'));
      await runServer(page);
      await send(page, 'GET', 'http://localhost:3000/');
      await shows(responseOf(page), 'Hello Backend');
      await check(page, '2 of 2 pass');
      await tool(page, 'Preview');
      await shows(previewed(page).locator('body'), 'Hello Backend');
      await page.goto(new URL('../no-such-lesson/', page.url()).href);
      await page.getByRole('heading', { name: 'Nothing lives at this address' }).waitFor();
    }));
}
