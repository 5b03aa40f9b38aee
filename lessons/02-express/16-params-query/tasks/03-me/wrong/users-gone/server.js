const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/users/me', (req, res) => {
  res.json(users[0]);
});

app.listen(3000);
