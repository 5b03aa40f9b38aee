const express = require('express');
const app = express();

app.use(express.json);

const users = [];

app.post('/api/users', (req, res) => {
  const { name } = req.body ?? {};
  if (!name) return res.status(400).json({ error: 'Name is required' });
  const user = { id: users.length + 1, name };
  users.push(user);
  res.status(201).json(user);
});

app.listen(3000);
