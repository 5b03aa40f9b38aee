/** The MongoDB shell in the Database tool. */
import { shows, tool } from './steps.mjs';

export const prompt = (page) => page.getByRole('textbox', { name: 'Line for the MongoDB shell' });
export const output = (page) => page.getByRole('log', { name: 'Output of the shell' });

/** Brings the shell to the front. */
export async function openShell(page) {
  await tool(page, 'Database');
  await page.getByRole('tab', { name: 'Shell', exact: true }).click();
  await prompt(page).waitFor();
}

/** Types a line and waits for what it shows, in an entry of its own after the line. */
export async function type(page, line, wanted) {
  const before = await output(page).locator('pre').count();
  await prompt(page).fill(line);
  await prompt(page).press('Enter');
  if (wanted !== undefined) await shows(output(page).locator(`pre:nth-of-type(n + ${before + 2})`), wanted);
}
