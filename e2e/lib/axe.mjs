/** Runs axe in the page. Its source is evaluated: the page's own policy takes no script from elsewhere. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asserts that axe finds nothing in what `page` shows; `where` names it. */
export async function assertAccessible(page, where) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => axe.run(document, { iframes: false, resultTypes: ['violations'] }));
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${where}: ${id} (${help}) at ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
  assert.deepEqual(found, []);
}
