const express = require('express');
const repo = require('./notes.repo');
const app = express();
app.use(express.json());

app.get('/notes', (req, res, next) => {
  repo.all().then((notes) => res.json(notes), next);
});

app.post('/notes', (req, res, next) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  repo.add(text).then((note) => res.status(201).json(note), next);
});

app.listen(3000);
