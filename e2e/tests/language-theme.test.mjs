/** Language and theme: switched in place, kept over a reload. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, shows } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

test('a lesson turns to Hinglish and back', () =>
  visit({ path: 'lessons/middleware/' }, async ({ page }) => {
    const lesson = page.locator('article.lesson');
    await lesson.locator('p').first().waitFor();
    const english = await lesson.innerText();
    await button(page, 'Settings').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hinglish' }).click();
    await page.keyboard.press('Escape');
    await shows(page.locator('article.lesson[lang="hi-Latn"]'), /Iske baad aap kar paoge/);
    assert.notEqual(await lesson.innerText(), english);
    await page.reload();
    await shows(page.locator('article.lesson[lang="hi-Latn"]'), /Iske baad aap kar paoge/);
  }));

test('the dark theme stays after a reload', () =>
  visit({}, async ({ page }) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await button(page, 'Switch between light and dark').click();
    await page.locator('html[data-theme="dark"]').waitFor();
    const dark = await background();
    assert.notEqual(dark, light);
    await page.reload();
    await page.locator('html[data-theme="dark"]').waitFor();
    assert.equal(await background(), dark);
  }));
