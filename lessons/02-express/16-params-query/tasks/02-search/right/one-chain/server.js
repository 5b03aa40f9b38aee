const express = require('express');
const { users } = require('./users');

const app = express();

const words = (value) => [value ?? ''].flat().map((word) => word.toLowerCase());
const fits = (user, wanted) => wanted.some((word) => user.name.toLowerCase().indexOf(word) !== -1);

app.get('/api/users', ({ query }, res) => {
  res.json(users.filter((user) => fits(user, words(query.search))).slice(0, parseInt(query.limit, 10) || undefined));
});

app.listen(3000);
