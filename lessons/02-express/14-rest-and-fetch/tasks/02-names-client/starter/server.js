const express = require('express');
const app = express();

const users = [{ name: 'Kishore' }];

app.get('/users', (req, res) => {
  res.json(users);
});

// Adds whoever stands in the header X-Name.
app.post('/users', (req, res) => {
  users.push({ name: req.get('X-Name') });
  res.status(201).json(users);
});

app.listen(3000);
