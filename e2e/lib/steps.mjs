/** Steps that several flows share, named after what a person does. Each waits for what that person would see. */

const ONE_PANE_BELOW = 960;

/** The first server of lesson `express-hello`, answering with `text`. */
export const hello = (text) => `const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('${text}');
});

app.listen(3000, () => {
  console.log('Server running on http://localhost:3000');
});
`;

export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const editor = (page) => page.getByRole('textbox', { name: 'Code editor', exact: true });
export const responseOf = (page) => page.getByRole('region', { name: 'Response', exact: true });
/** The page of the learner's server, inside the Preview. */
export const previewed = (page) => page.frameLocator('iframe[title="Page of your server"]').frameLocator('iframe');
/** The card of a task in the lesson. */
export const task = (page, id) => page.locator(`#task-${id}`);

/** Waits until `locator` holds a text, or something that a pattern describes. */
export const shows = (locator, hasText) => locator.filter({ hasText }).first().waitFor();

/** On a phone one pane shows at a time; on a desk there is nothing to switch. */
export async function pane(page, name) {
  if (page.viewportSize().width >= ONE_PANE_BELOW) return;
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).click();
}

/** Brings a tool of the dock to the front. */
export async function tool(page, name) {
  await pane(page, 'Run');
  await page.getByRole('tablist', { name: 'Tools' }).getByRole('tab', { name, exact: true }).click();
}

/** Types over the open file. */
export async function write(page, code) {
  await pane(page, 'Code');
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(code);
  await shows(editor(page), code.trim().split('\n').at(-1));
}

export async function run(page) {
  await pane(page, 'Code');
  await button(page, 'Run').click();
}

/** Runs the open project and waits for its server to listen. */
export async function runServer(page) {
  await run(page);
  await listens(page);
}

/** Waits until the server listens: the status bar says so, or where there is none, the button that stops it appears. */
export const listens = async (page) => {
  if (page.viewportSize().width >= ONE_PANE_BELOW) return shows(page.locator('#status'), 'Running on localhost:');
  await pane(page, 'Code');
  await button(page, 'Stop the server').waitFor();
};

/** Sends a request, with Requests in front. */
export async function send(page, method, url, body) {
  await tool(page, 'Requests');
  await page.getByLabel('Method', { exact: true }).selectOption(method);
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(url);
  if (body !== undefined) {
    await page.getByRole('tab', { name: 'Body', exact: true }).click();
    await page.getByRole('textbox', { name: 'Request body' }).fill(body);
  }
  await button(page, 'Send').click();
}

/** Checks the open task, and waits for the number of checks that pass. */
export async function check(page, passed) {
  await pane(page, 'Code');
  await button(page, 'Check').click();
  await shows(page.getByRole('tabpanel', { name: /^Checks/ }), passed);
}
