const express = require('express');
const repo = require('./notes.repo');
const app = express();
app.use(express.json());

app.get('/notes', async (req, res) => {
  const notes = await repo.all();
  res.json(notes);
});

app.post('/notes', async (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  const note = await repo.add(text);
  res.status(201).json(note);
});

app.listen(3000);
