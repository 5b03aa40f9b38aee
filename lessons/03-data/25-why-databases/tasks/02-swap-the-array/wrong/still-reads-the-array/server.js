const express = require('express');
const { add } = require('./notes.repo');
const app = express();
app.use(express.json());

const notes = [];

app.get('/notes', (req, res) => {
  res.json(notes);
});

app.post('/notes', async (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  const note = await add(text);
  notes.push(note);
  res.status(201).json(note);
});

app.listen(3000);
