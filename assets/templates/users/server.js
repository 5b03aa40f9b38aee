const express = require('express');
const users = require('./users');

const app = express();
let nextId = users.length + 1;

app.use(express.json());

app.param('id', (req, res, next, id) => {
  req.found = users.find((user) => user.id === Number(id));
  if (!req.found) return res.status(404).json({ error: 'No such user' });
  next();
});

app.get('/users', (req, res) => {
  const { city } = req.query;
  res.json(city ? users.filter((user) => user.city === city) : users);
});

app.get('/users/:id', (req, res) => {
  res.json(req.found);
});

app.post('/users', (req, res) => {
  const { name, city } = req.body ?? {};
  if (!name) return res.status(400).json({ error: 'name is missing' });
  const user = { id: nextId++, name, city };
  users.push(user);
  res.status(201).location(`/users/${user.id}`).json(user);
});

app.patch('/users/:id', (req, res) => {
  Object.assign(req.found, req.body, { id: req.found.id });
  res.json(req.found);
});

app.delete('/users/:id', (req, res) => {
  users.splice(users.indexOf(req.found), 1);
  res.sendStatus(204);
});

app.listen(3000, () => console.log('Listening on http://localhost:3000'));
