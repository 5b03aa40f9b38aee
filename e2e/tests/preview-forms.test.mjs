/** Forms of a previewed page arrive at the learner's server in the encoding that they name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, previewed, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const SERVER = `const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ storage: multer.memoryStorage() });

app.get('/', (req, res) => res.send('<h1>Forms</h1>' +
  '<form action="/upload" method="post" enctype="multipart/form-data"><input name="title" value="Größe" aria-label="Title"><input type="file" name="f" aria-label="File"><button>Upload</button></form>' +
  '<form action="/note" method="post" enctype="text/plain"><input name="a" value="1 & 2" aria-label="Note"><button>Note</button></form>' +
  '<form action="/nowhere" method="post"><input name="a" value="é b" aria-label="Word"><button formaction="/word">Word</button><button formaction="/moved">Moved</button></form>' +
  '<dialog open><form method="dialog"><button>Close</button></form></dialog>'));
app.post('/upload', upload.single('f'), (req, res) => {
  const { originalname, mimetype, buffer } = req.file;
  res.send('<p>' + [req.body.title, originalname, mimetype, buffer.toString('hex')].join(' | ') + '</p>');
});
app.post('/note', express.text(), (req, res) => res.send('<p>' + JSON.stringify(req.body) + '</p>'));
app.post('/word', express.urlencoded(), (req, res) => res.redirect(307, '/again'));
app.post('/again', express.urlencoded(), (req, res) => res.send('<p>Again ' + req.body.a + '</p>'));
app.post('/moved', (req, res) => res.redirect('/seen'));
app.get('/seen', (req, res) => res.format({ json: () => res.json({}), html: () => res.send('<p>Type ' + req.headers['content-type'] + '</p>') }));
app.listen(3000);
`;

test('a file goes to multer byte for byte, text as text, fields as fields', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await write(page, SERVER);
    await runServer(page);
    await tool(page, 'Preview');
    const shown = previewed(page);
    const answered = async () => {
      await shown.locator('p').waitFor();
      const text = await shown.locator('p').textContent();
      await button(page, 'Back').click();
      await shows(shown.locator('h1'), 'Forms');
      return text;
    };

    await shown.getByLabel('File').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from([0, 255, 137, 13, 10, 128]) });
    await shown.getByRole('button', { name: 'Upload' }).click();
    assert.equal(await answered(), 'Größe | dot.png | image/png | 00ff890d0a80');

    await shown.getByRole('button', { name: 'Note' }).click();
    assert.equal(await answered(), String.raw`"a=1 & 2\r\n"`);

    await shown.getByRole('button', { name: 'Word' }).click();
    assert.equal(await answered(), 'Again é b');

    await shown.getByRole('button', { name: 'Moved' }).click();
    assert.equal(await answered(), 'Type undefined');

    await shown.getByRole('button', { name: 'Close' }).click();
    await shown.locator('dialog').waitFor({ state: 'hidden' });
    await shows(shown.locator('h1'), 'Forms');
  }));
