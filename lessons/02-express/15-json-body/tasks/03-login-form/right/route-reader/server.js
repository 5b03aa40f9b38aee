const express = require('express');
const app = express();

const readForm = express.urlencoded({ extended: false });

app.post('/login', readForm, (req, res) => {
  const username = req.body?.username ?? '';
  if (username === '') return res.status(400).json({ error: 'Username is required' });
  return res.json({ username });
});

app.listen(3000);
