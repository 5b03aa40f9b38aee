const express = require('express');
const app = express();
app.use(express.json());

const users = [
  { id: 1, name: 'John Smith', email: 'john@example.com' },
  { id: 2, name: 'Jane Doe', email: 'jane@example.com' },
  { id: 3, name: 'Asha Rao', email: 'asha@example.com' },
];

const findUser = (id) => users.find((user) => user.id === Number(id));

app.get('/api/users/:id', (req, res) => {
  const user = findUser(req.params.id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  res.json(user);
});

app.put('/api/users/:id', (req, res) => {
  const user = findUser(req.params.id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  const { name, email } = req.body ?? {};
  if (!name || !email) return res.status(400).json({ error: 'Name and email are required' });
  user.name = name;
  user.email = email;
  res.json(user);
});

app.patch('/api/users/:id', (req, res) => {
  const user = findUser(req.params.id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  const { name, email } = req.body ?? {};
  if (name) user.name = name;
  if (email) user.email = email;
  res.json(user);
});

app.delete('/api/users/:id', (req, res) => {
  const user = findUser(req.params.id);
  if (!user) res.status(404).json({ error: 'User not found' });
  users.splice(users.indexOf(user), 1);
  res.status(204).end();
});

app.listen(3000);
