const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users', (req, res) => {
  const search = String(req.query.search ?? '').toLowerCase();
  const first = req.query.limit ? users.slice(0, Number(req.query.limit)) : users;
  res.json(first.filter((user) => user.name.toLowerCase().includes(search)));
});

app.listen(3000);
