/** What is tried inside a lesson stays: changed examples, answers, predictions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
