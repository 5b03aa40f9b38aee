const express = require('express');
const { users } = require('./users');

const app = express();
const byId = new Map(users.map((user) => [String(user.id), user]));

// A text that is no id of ours is simply not found.
app.get('/api/users/:id', (req, res) => {
  const user = byId.get(req.params.id);
  if (user) {
    res.status(200).json(user);
  } else {
    res.status(404).json({ error: 'User not found' });
  }
});

app.listen(3000);
