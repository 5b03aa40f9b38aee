const express = require('express');
const app = express();

const users = [];

app.post('/api/users', (req, res) => {
  if (!req.body.name) return res.status(400).json({ error: 'Name is required' });
  const user = { id: users.length + 1, name: req.body.name };
  users.push(user);
  res.status(201).json(user);
});

app.use(express.json());

app.listen(3000);
