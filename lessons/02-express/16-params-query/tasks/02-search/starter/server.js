const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users', (req, res) => {
  // TODO: narrow the list down by search and limit.
  res.json(users);
});

app.listen(3000);
