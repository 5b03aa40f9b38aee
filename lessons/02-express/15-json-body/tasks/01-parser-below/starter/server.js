const express = require('express');
const app = express();

const users = [];

app.post('/api/users', (req, res) => {
  const { name } = req.body;
  const user = { id: users.length + 1, name };
  users.push(user);
  res.status(201).json(user);
});

app.use(express.json());

app.listen(3000);
