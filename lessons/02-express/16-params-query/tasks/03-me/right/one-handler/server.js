const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/users/:id', (req, res) => {
  const id = req.params.id === 'me' ? 1 : Number(req.params.id);
  const user = users.find((user) => user.id === id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  res.json(user);
});

app.listen(3000);
