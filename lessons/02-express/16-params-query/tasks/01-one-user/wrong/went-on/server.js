const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users/:id', (req, res) => {
  const id = Number(req.params.id);

  if (!Number.isInteger(id)) res.status(400).json({ error: 'The id must be a whole number' });

  const user = users.find((user) => user.id === id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  res.json(user);
});

app.listen(3000);
