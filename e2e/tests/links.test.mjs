/** Addresses lead where they say: a lesson, a task in it, and a way back from nowhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/visit.mjs';

const ABSENT = /status of 404|^404: .*(no-such-lesson|unknown|one\/two|styles-)/;

for (const base of ['/', '/some/sub/path/']) {
  test(`deep links under ${base}`, () =>
    // A static host answers an unknown address with its 404 page, which asks each folder above it for its styles.
    visit({ base, path: 'lessons/middleware/', allow: ABSENT }, async ({ page, site }) => {
      await page.getByRole('heading', { name: /middleware/i, level: 1 }).waitFor();

      await page.goto(`${site.url}practice/`);
      await page.goto(`${site.url}lessons/middleware/#task-hanging`);
      const task = page.locator('#task-hanging');
      await task.waitFor();
      await page.waitForFunction(() => {
        const { top } = document.getElementById('task-hanging').getBoundingClientRect();
        return top >= 0 && top < innerHeight;
      });
      await page.getByText('hanging', { exact: true }).first().waitFor();

      await page.goto(`${site.url}lessons/no-such-lesson/`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('main').getByRole('link', { name: /course map/i }).first().click();
      await page.getByRole('heading', { name: 'Backend, one request at a time' }).waitFor();
      assert.equal(page.url().split('#')[0], site.url);
    }));

  for (const path of ['unknown', 'unknown/', 'one/two/three/four.html?x=1#there']) {
    test(`a way back from ${base}${path}`, () =>
      visit({ base, path, allow: ABSENT }, async ({ page, site }) => {
        await page.getByRole('heading', { name: 'Nothing lives at this address', level: 1 }).waitFor();
        const link = page.getByRole('main').getByRole('link', { name: 'Open the course map' });
        // A dialog opens once the app has taken over: from then on the link stays in its place.
        await page.getByRole('button', { name: 'Settings' }).first().click();
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        assert.equal(await link.evaluate((element) => element.href), site.url);
        assert.equal(await link.evaluate((element) => getComputedStyle(element).textDecorationLine), 'none');
        await link.click();
        await page.getByRole('heading', { name: 'Backend, one request at a time' }).waitFor();
        assert.equal(page.url(), site.url);
      }));
  }
}
