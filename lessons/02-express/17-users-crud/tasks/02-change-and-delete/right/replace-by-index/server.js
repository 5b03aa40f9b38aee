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

const position = (id) => users.findIndex((user) => String(user.id) === id);

app.put('/api/users/:id', (req, res) => {
  const at = position(req.params.id);
  if (at === -1) return res.status(404).json({ error: 'User not found' });
  if (!req.body?.name || !req.body?.email) return res.status(400).json({ error: 'Name and email are required' });
  users[at] = { id: users[at].id, name: req.body.name, email: req.body.email };
  res.json(users[at]);
});

app.patch('/api/users/:id', (req, res) => {
  const at = position(req.params.id);
  if (at === -1) return res.status(404).json({ error: 'User not found' });
  const { name = users[at].name, email = users[at].email } = req.body ?? {};
  users[at] = { id: users[at].id, name, email };
  res.json(users[at]);
});

app.delete('/api/users/:id', (req, res) => {
  const at = position(req.params.id);
  if (at === -1) return res.status(404).json({ error: 'User not found' });
  users.splice(at, 1);
  res.sendStatus(204);
});

app.listen(3000);
