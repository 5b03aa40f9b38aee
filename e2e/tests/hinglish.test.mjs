/** The whole workbench in Hinglish: no word of the screens is left in English but technical ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, check, hello, runServer, send, responseOf, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

/** Small English words that no Hinglish text needs. */
const ENGLISH = /\b(the|your|this|that|with|from|which|has|have|was|were|its|you|are|of|and|not)\b/i;

/** Texts of the workbench, without code, data and what the lesson or a program says. */
const texts = (page) =>
  page.evaluate(() => {
    const skipped = 'code, samp, pre, .code, .lesson, .crumbs, .ed-host, .rs-body, .rq-list li span, .ck-what, .ck-cause, .ck-why, .ck-tabs, .ck-t h3, .hints, .toast, svg, kbd, textarea, .line, [role=status], .work-row dd, .chg dd, .ck-con, .ck-steps, .stations, .why-stop, .searchbtn, .tr-url, .hop, .lane-back, .spent-bar, .db';
    const walker = document.createTreeWalker(document.querySelector('.wb-page'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest(skipped) && node.textContent.trim()) found.push(node.textContent.trim());
    }
    for (const element of document.querySelectorAll('.wb-page [aria-label], .wb-page [title], .wb-page [placeholder]')) {
      if (!element.closest(skipped)) found.push(...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)).filter(Boolean));
    }
    return found;
  });

async function chooseHinglish(page) {
  await button(page, 'Settings').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hinglish' }).click();
  await page.keyboard.press('Escape');
}

test('the workbench speaks Hinglish in every tool', () =>
  visit({ path: 'lessons/middleware/' }, async ({ page }) => {
    await chooseHinglish(page);
    await shows(page.locator('#status'), 'Server shuru nahi hua');
    await write(page, hello('Namaste'));
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/');
    await shows(responseOf(page), 'Namaste');
    await check(page, / pass/);
    for (const name of ['Requests', 'Trace', 'Console', 'Checks', 'Preview']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      const english = (await texts(page)).filter((text) => ENGLISH.test(text));
      assert.deepEqual(english, [], name);
    }
    await tool(page, 'Trace').catch(() => {});
  }));

test('checks and the Reference speak Hinglish too', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page, site }) => {
    await chooseHinglish(page);
    await write(page, "console.log('Namaste');\n");
    await check(page, / pass/);
    const checks = page.getByRole('tabpanel', { name: /^Checks/ });
    await shows(checks, 'Khule ports: kuch jismein 3000 ho.');
    await shows(checks, 'Koi port khula nahi hai.');
    await page.goto(`${site.url}reference/`);
    await shows(page.locator('.api .about'), 'Saare routes dikhata hai.');
    await shows(page.locator('.modules'), 'Chhoti random ids');
  }));

test('a report that stands there is told again in the language that is chosen', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await write(page, hello('hello backend'));
    await check(page, 'The answer is close to the text of the task');
    await chooseHinglish(page);
    const checks = page.getByRole('tabpanel', { name: /^Checks/ });
    await shows(checks, 'Text lagbhag wahi hai');
    await shows(checks, 'Task se copy kar lo');
    await checks.getByText('The answer is close').waitFor({ state: 'detached' });
  }));
