const express = require('express');
const { add, all } = require('./notes.repo');
const app = express();
app.use(express.json());

app.get('/notes', async (req, res) => {
  res.json(await all());
});

app.post('/notes', async (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'Text is required' });
  const note = await add(text);
  res.json(note);
});

app.listen(3000);
