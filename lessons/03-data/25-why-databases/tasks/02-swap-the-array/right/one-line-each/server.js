const express = require('express');
const fs = require('node:fs');
const app = express();
app.use(express.json());

const FILE = 'notes.jsonl';
const read = () => (fs.existsSync(FILE) ? fs.readFileSync(FILE, 'utf8').trim().split('\n') : []);

app.get('/notes', (req, res) => {
  res.json(read().map((line) => JSON.parse(line)));
});

app.post('/notes', (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  const note = { id: String(read().length + 1), text };
  fs.appendFileSync(FILE, JSON.stringify(note) + '\n');
  res.status(201).json(note);
});

app.listen(3000);
