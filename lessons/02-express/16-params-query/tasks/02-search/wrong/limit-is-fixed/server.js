const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users', (req, res) => {
  const search = String(req.query.search ?? '').toLowerCase();
  let found = users.filter((user) => user.name.toLowerCase().includes(search));
  if (req.query.limit) found = found.slice(0, 2);
  res.json(found);
});

app.listen(3000);
