/** What is tried inside a lesson stays: changed examples, answers, predictions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { here } from '../lib/person.mjs';
import { shows } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

test('a changed example runs, stays over a reload, and can be reset', () =>
  visit({ path: 'lessons/middleware/' }, async ({ page }) => {
    const example = page.getByRole('group', { name: 'Runnable example' }).first();
    const code = example.getByRole('textbox', { name: 'Example code' });
    const original = await code.inputValue();
    await code.fill("console.log('changed by me');");
    await example.getByRole('button', { name: 'Run this example' }).click();
    await shows(example.getByRole('log'), 'changed by me');
    await shows(example, 'Edited');
    await page.waitForFunction(() => Object.entries(localStorage).some(([key, value]) => key.endsWith(':progress') && value.includes('changed by me')));
    await page.reload();
    await shows(example, 'Edited');
    assert.equal(await code.inputValue(), "console.log('changed by me');");
    await example.getByRole('button', { name: 'Reset example' }).click();
    assert.equal(await code.inputValue(), original);
    await page.waitForFunction(() => !Object.values(localStorage).some((value) => value.includes('changed by me')));
    await page.reload();
    await shows(example, 'Example');
    assert.equal(await code.inputValue(), original);
  }));

test('a quiz keeps its answer and its reason', () =>
  visit({ path: 'lessons/middleware/' }, async ({ page }) => {
    const quiz = page.locator('form.lesson-quiz').filter({ has: page.getByRole('radio') }).first();
    await quiz.getByRole('radio').last().check();
    await quiz.getByRole('button', { name: 'Answer' }).click();
    const why = quiz.locator('.why');
    await shows(why, /\w/);
    const said = await why.innerText();
    await page.reload();
    await shows(quiz.locator('.why'), /\w/);
    assert.equal(await why.innerText(), said);
  }));

/** Waits until the progress that is stored holds `text`. */
const kept = (page, text) =>
  page.waitForFunction((text) => Object.entries(localStorage).some(([key, value]) => key.endsWith(':progress') && value.includes(text)), text);

test('what was marked and not answered stays over a reload, and goes with the answer', () =>
  visit({ path: 'lessons/responses/' }, async ({ page }) => {
    const quiz = page.locator('form.lesson-quiz').filter({ has: page.getByRole('radio') }).first();
    const sort = page.locator('#which-kind');
    await quiz.getByRole('radio').nth(1).check();
    for (const bucket of ['Sends', 'Notes']) await sort.locator('select').first().selectOption(bucket);
    const lies = () => sort.locator('select').evaluateAll((all) => all.map((one) => [one.getAttribute('aria-label'), one.value]));
    const before = await lies();
    await kept(page, '"which-kind":{"version"');
    await page.reload();
    await here(page);
    assert.ok(await quiz.getByRole('radio').nth(1).isChecked());
    assert.ok(await quiz.getByRole('button', { name: 'Answer' }).isEnabled());
    assert.deepEqual(await lies(), before);

    const unplaced = () => sort.locator('select').evaluateAll((all) => all.findIndex((one) => one.value === ''));
    for (let at = await unplaced(); at >= 0; at = await unplaced()) await sort.locator('select').nth(at).selectOption('Sends');
    await sort.getByRole('button', { name: 'Answer' }).click();
    await shows(sort.getByRole('status'), /\d/);
    const said = await sort.getByRole('status').innerText();
    await page.reload();
    await shows(sort.getByRole('status'), /\d/);
    assert.equal(await sort.getByRole('status').innerText(), said);
  }));

test('a prediction that was typed and not tried stays over a reload', () =>
  visit({ path: 'lessons/http-server/' }, async ({ page }) => {
    const box = page.locator('form.predict input').first();
    await box.pressSequentially('A B C');
    await kept(page, 'A B C');
    await page.reload();
    await here(page);
    assert.equal(await box.inputValue(), 'A B C');
  }));
