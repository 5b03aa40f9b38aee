const express = require('express');
const { readFile, writeFile } = require('node:fs/promises');
const app = express();
app.use(express.json());

const read = () => readFile('notes.json', 'utf8').then(JSON.parse, () => []);

app.get('/notes', async (req, res) => {
  res.json(await read());
});

app.post('/notes', async (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  const notes = await read();
  const note = { id: String(notes.length + 1), text };
  notes.push(note);
  await writeFile('notes.json', JSON.stringify(notes));
  res.status(201).json(note);
});

app.listen(3000);
