const express = require('express');
const app = express();
app.use(express.json());

let users = [
  { id: 1, name: 'John' },
  { id: 2, name: 'Jane' },
  { id: 3, name: 'Asha' },
];
let lastId = 0;

app.get('/users', (req, res) => {
  res.json(users);
});

app.post('/users', (req, res) => {
  const { name } = req.body ?? {};
  if (!name) return res.status(400).json({ error: 'Name is required' });
  lastId += 1;
  const user = { id: lastId, name };
  users.push(user);
  res.status(201).json(user);
});

app.delete('/users/:id', (req, res) => {
  users = users.filter((user) => user.id !== Number(req.params.id));
  res.sendStatus(204);
});

app.listen(3000);
