const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id > 6) return res.status(404).json({ error: 'User not found' });

  const user = users.find((user) => user.id === id);
  res.json({ id: user.id, name: user.name });
});

app.listen(3000);
