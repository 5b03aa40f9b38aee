const express = require('express');
const { users } = require('./users');

const app = express();

app.get('/api/users/____', (req, res) => {
  const id = ____(req.params.id);

  // TODO: answer 400 when id is not a whole number.

  const user = users.find((user) => user.id === id);
  if (!user) return res.status(____).json({ error: 'User not found' });
  res.json(user);
});

app.listen(3000);
