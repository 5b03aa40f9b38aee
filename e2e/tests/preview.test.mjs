/** The Preview shows what the learner's server serves, and works as a browser does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shop } from '../lib/shop.mjs';
import { button, previewed, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

for (const base of ['/', '/some/sub/path/']) {
  test(`a page of the learner's server under ${base}`, () =>
    visit({ base, path: 'lessons/express-hello/' }, async ({ page }) => {
      await write(page, shop);
      await runServer(page);
      await tool(page, 'Preview');
      const shown = previewed(page);
      const address = page.getByRole('textbox', { name: 'Address', exact: true });

      await shows(shown.locator('#items'), 'Tea');
      assert.equal(await shown.locator('h1').evaluate((heading) => getComputedStyle(heading).color), 'rgb(1, 2, 3)');
      assert.equal(await shown.getByAltText('Dot').evaluate((image) => image.naturalWidth), 7);
      assert.equal(await shown.locator('h1').evaluate(() => origin), 'null');

      await shown.getByRole('link', { name: 'Down' }).click();
      await shown.getByRole('textbox', { name: 'Item' }).fill('Milk');
      await shown.getByRole('button', { name: 'Add' }).click();
      await shows(shown.locator('#items'), 'Tea, Milk by me');

      await shown.getByRole('link', { name: 'About' }).click();
      await shows(shown.locator('h1'), 'About');
      assert.equal(await address.inputValue(), 'http://localhost:3000/about');
      await button(page, 'Back').click();
      await shows(shown.locator('h1'), 'Shop');

      await shown.getByRole('textbox', { name: 'Words' }).fill('green tea');
      await shown.getByRole('button', { name: 'Search' }).click();
      await shows(shown.locator('h1'), 'Found green tea');
      assert.equal(await address.inputValue(), 'http://localhost:3000/search?q=green+tea');

      await address.fill('localhost:3000/about');
      await address.press('Enter');
      await shows(shown.locator('h1'), 'About');
    }));
}
