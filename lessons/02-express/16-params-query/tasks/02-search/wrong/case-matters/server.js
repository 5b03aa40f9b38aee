const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users', (req, res) => {
  const search = String(req.query.search ?? '');
  let found = users.filter((user) => user.name.includes(search));
  if (req.query.limit) found = found.slice(0, Number(req.query.limit));
  res.json(found);
});

app.listen(3000);
