const express = require('express');
const app = express();

const users = [];
let lastId = 0;

app.post('/api/users', express.json(), (req, res) => {
  if (!req.body || !req.body.name) {
    res.status(400);
    return res.json({ error: 'Name is required' });
  }
  lastId += 1;
  users.push({ id: lastId, name: req.body.name });
  res.status(201).json(users[users.length - 1]);
});

app.listen(3000);
