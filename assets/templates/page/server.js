const express = require('express');

const app = express();
const notes = ['Water the plants'];

app.use(express.static('public'));
app.use(express.json());

app.get('/api/notes', (req, res) => {
  res.json(notes);
});

app.post('/api/notes', (req, res) => {
  const { text } = req.body ?? {};
  if (!text) return res.status(400).json({ error: 'text is missing' });
  notes.push(text);
  res.status(201).json(notes);
});

app.listen(3000, () => console.log('Listening on http://localhost:3000'));
