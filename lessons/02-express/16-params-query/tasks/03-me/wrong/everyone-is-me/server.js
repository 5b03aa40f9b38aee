const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/users/:me', (req, res) => {
  res.json(users[0]);
});

app.get('/users/:id', (req, res) => {
  const user = users.find((user) => user.id === Number(req.params.id));
  if (!user) return res.status(404).json({ error: 'User not found' });
  res.json(user);
});

app.listen(3000);
