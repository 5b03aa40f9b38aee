/** The pages around the lessons: resume, practice, playground, reference. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, check, editor, hello, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

test('home leads back to where one was', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page, site }) => {
    await write(page, hello('Hello Backen'));
    await check(page, '1 of 2 pass');
    await page.goto(site.url);
    const resume = page.getByRole('region', { name: 'Hello, Express' });
    await shows(resume, '1 of 2 checks pass');
    await resume.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL(/lessons\/express-hello\//);
    await shows(editor(page), "res.send('Hello Backen');");
  }));

test('practice filters by topic, kind and state', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page, site }) => {
    await write(page, hello('Hello Backend'));
    await check(page, '2 of 2 pass');
    await page.goto(`${site.url}practice/`);
    const rows = page.locator('.tasks li');
    const count = page.locator('.filters [role=status]');
    const all = await rows.count();
    assert.ok(all > 20);
    await shows(count, `${all} of ${all} tasks`);

    await button(page, 'Passed').click();
    await shows(count, `1 of ${all} tasks`);
    await button(page, 'Not tried').click();
    await shows(count, `${all - 1} of ${all} tasks`);
    await button(page, 'All').click();
    await page.getByLabel('Kind').selectOption('debug');
    const debug = await rows.count();
    assert.ok(debug > 0 && debug < all);
    await page.getByLabel('Topic').selectOption({ index: 1 });
    assert.ok((await rows.count()) < debug);
    await button(page, 'Passed').click();
    await shows(page.getByRole('main'), 'No task fits these filters');
    await button(page, 'Clear the filters').click();
    await shows(count, `${all} of ${all} tasks`);
    await rows.first().getByRole('link').click();
    await page.waitForURL(/lessons\/.*#task-/);
  }));

test('playground projects are kept by name', () =>
  visit({ path: 'playground/' }, async ({ page, site }) => {
    await page.getByRole('button', { name: /REST users/ }).click();
    await page.waitForURL(/playground\/\?project=/);
    await page.locator('.crumbs').getByText('REST users').waitFor();
    await button(page, 'New file').click();
    await page.getByRole('textbox', { name: 'Name of the new file' }).fill('mine.js');
    await page.keyboard.press('Enter');
    await shows(page.getByText('Saved', { exact: true }), 'Saved');
    await page.reload();
    await page.getByRole('navigation', { name: 'Project files' }).getByRole('button', { name: 'mine.js', exact: true }).waitFor();

    await page.goto(`${site.url}playground/`);
    await button(page, 'Rename REST users').click();
    const name = page.getByRole('textbox', { name: 'Name of the project' });
    await name.fill(' ');
    await button(page, 'Keep this name').click();
    await shows(page.getByRole('alert'), 'A project needs a name.');
    await name.fill('shop');
    await button(page, 'Keep this name').click();
    const row = page.getByRole('listitem').filter({ hasText: 'shop' });
    await shows(row, '4 files');
    await button(page, 'Delete shop').click();
    await shows(page.getByRole('main'), 'No projects yet');
    await button(page, 'Undo').click();
    await row.getByRole('link').click();
    await page.getByRole('navigation', { name: 'Project files' }).getByRole('button', { name: 'mine.js', exact: true }).waitFor();

    await page.goto(`${site.url}playground/?project=never%20made`);
    await shows(page.getByRole('alert'), 'There is no project called never made in this browser');
  }));

test('every route of the mock API can be tried', () =>
  visit({ path: 'reference/', allow: /^$/ }, async ({ page }) => {
    const rows = page.locator('.api > li');
    await rows.first().waitFor();
    const count = await rows.count();
    assert.ok(count > 20);
    for (let at = 0; at < count; at += 1) {
      const row = rows.nth(at);
      await row.getByRole('button', { name: /^Try / }).click();
      const status = row.locator('.answer .st');
      await status.waitFor();
      const route = await row.locator('.route code').innerText();
      // Two routes exist to fail.
      if (!/status|flaky/.test(route)) assert.match(await status.innerText(), /^2\d\d/, route);
    }
  }));
