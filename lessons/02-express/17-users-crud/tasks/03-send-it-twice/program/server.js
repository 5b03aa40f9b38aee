const express = require('express');
const app = express();
app.use(express.json());

const users = [{ id: 1, name: 'John' }];

app.post('/users', (req, res) => {
  users.push({ id: users.length + 1, name: req.body.name });
  res.status(201).json(users);
});

app.put('/users/1', (req, res) => {
  users[0].name = req.body.name;
  res.json(users);
});

app.delete('/users/1', (req, res) => {
  const at = users.findIndex((user) => user.id === 1);
  if (at === -1) return res.sendStatus(404);
  users.splice(at, 1);
  res.sendStatus(204);
});

app.listen(3000);
