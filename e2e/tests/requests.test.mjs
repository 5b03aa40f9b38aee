/** The Requests tool with answers that take their time. */
import { test } from 'node:test';
import { button, responseOf, runServer, send, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const TICKS = `const express = require('express');
const app = express();
app.get('/ticks', (req, res) => {
  res.set('Content-Type', 'text/event-stream').flushHeaders();
  let count = 0;
  const timer = setInterval(() => res.write(\`data: tick \${(count += 1)}\\n\\n\`), 50);
  req.on('close', () => clearInterval(timer));
});
app.get('/breaks', (req, res) => {
  res.write('half of it');
  setTimeout(() => res.destroy(), 300);
});
app.get('/endless', (req, res) => res.write('no end'));
app.listen(3000);
`;

test('what came of an answer stays when the rest is given up, breaks off or never comes', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await write(page, TICKS);
    await runServer(page);
    await send(page, 'GET', 'http://localhost:3000/ticks');
    await shows(responseOf(page), '200 OK');
    await shows(responseOf(page), 'data: tick 3');
    await shows(responseOf(page), 'More is coming');
    await button(page, 'Cancel').click();
    await shows(responseOf(page), 'You did not wait for the rest of this answer.');
    await shows(responseOf(page), 'data: tick 3');
    await send(page, 'GET', 'http://localhost:3000/breaks');
    await shows(responseOf(page), 'half of it');
    await shows(responseOf(page), 'The connection broke before the end of this answer:');
    await shows(responseOf(page), 'half of it');
    await send(page, 'GET', 'http://localhost:3000/endless');
    await shows(responseOf(page), 'Is res.end() missing?');
    await shows(responseOf(page), 'no end');
  }));
