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

// TODO: add PUT, PATCH and DELETE for /api/users/:id.

app.listen(3000);
