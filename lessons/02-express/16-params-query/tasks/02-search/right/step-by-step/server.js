const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users', (req, res) => {
  const { search, limit } = req.query;
  const most = Number.isInteger(Number(limit)) && limit ? Number(limit) : users.length;
  const list = [];
  for (const user of users) {
    if (list.length === most) break;
    if (typeof search === 'string' && !new RegExp(search, 'i').test(user.name)) continue;
    list.push(user);
  }
  res.send(list);
});

app.listen(3000);
