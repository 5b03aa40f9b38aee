/** Addresses lead where they say: a lesson, a task in it, and a way back from nowhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/visit.mjs';

for (const base of ['/', '/some/sub/path/']) {
  test(`deep links under ${base}`, () =>
    // A static host answers an unknown address with its 404 page.
    visit({ base, path: 'lessons/middleware/', allow: /no-such-lesson|status of 404/ }, async ({ page, site }) => {
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

      // The 404 page cannot know how deep it stands: below a path of its own it needs `cargo xtask build --base`.
      if (base !== '/') return;
      await page.goto(`${site.url}lessons/no-such-lesson/`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('main').getByRole('link', { name: /course map/i }).first().click();
      await page.getByRole('heading', { name: 'Backend, one request at a time' }).waitFor();
      assert.equal(page.url().split('#')[0], site.url);
    }));
}
