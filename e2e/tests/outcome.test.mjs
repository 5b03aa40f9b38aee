/** A newcomer's first quarter of an hour: read, edit, run, request, trace, check, fix, come back. */
import { test } from 'node:test';
import { DESKTOP, PHONE } from '../lib/person.mjs';
import { button, check, editor, hello, listens, pane, responseOf, run, shows, task, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

for (const base of ['/', '/some/sub/path/']) {
  for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    test(`the whole loop under ${base} on a ${size}`, () => visit({ base, viewport }, loop));
  }
}

async function loop({ page }) {
  await page.getByRole('button', { name: /Express and REST/ }).click();
  await page.getByRole('link', { name: /Hello, Express/ }).click();
  await page.getByRole('heading', { name: 'Hello, Express', level: 1 }).waitFor();
  const card = task(page, 'first-server');
  await card.getByRole('button', { name: /^(Open task|Check this task)$/ }).waitFor();
  const open = card.getByRole('button', { name: 'Open task' });
  if (await open.count()) await open.click();

  await write(page, hello('Hello Backen'));
  await run(page);
  await listens(page);

  await tool(page, 'Requests');
  await button(page, 'Send').click();
  await shows(responseOf(page), '200');
  await shows(responseOf(page), 'Hello Backen');

  await tool(page, 'Trace');
  const trace = page.getByRole('tabpanel', { name: 'Trace' });
  await shows(trace, /handler|GET \//);
  await shows(trace, '200');

  await check(page, '1 of 2 pass');
  const checks = page.getByRole('tabpanel', { name: /^Checks/ });
  await shows(checks, /expected\s*Hello Backend, got\s*Hello Backen/);

  await write(page, hello('Hello Backend'));
  await check(page, '2 of 2 pass');
  await pane(page, 'Lesson');
  await shows(card, 'Passed');

  await page.reload();
  await pane(page, 'Lesson');
  await shows(card, 'Passed');
  await pane(page, 'Code');
  await shows(editor(page), "res.send('Hello Backend');");
}
