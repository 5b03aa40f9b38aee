const express = require('express');
const { add, all } = require('./notes.repo');
const app = express();
app.use(express.json());

app.get('/notes', async (req, res) => {
  res.json(all());
});

app.post('/notes', async (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  res.status(201).json(await add(text));
});

app.listen(3000);
