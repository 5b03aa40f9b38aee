const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/users/me', (req, res) => {
  res.json(users[0]);
});

app.get('/users/:id', (req, res) => {
  const user = users.find((user) => user.id === Number(req.params.id));
  res.json(user);
});

app.listen(3000);
