const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users/:userId', (req, res) => {
  const { userId } = req.params;
  if (!/^\d+$/.test(userId)) return res.status(400).send({ error: `${userId} is not an id` });
  const found = users.filter((user) => String(user.id) === userId);
  if (found.length === 0) return res.status(404).send({ error: 'User not found' });
  res.send(found[0]);
});

app.listen(3000);
