const express = require('express');
const app = express();

app.get('/users', (req, res) => {
  res.json({ name: 'Kishore' });
});

app.post('/login', (req, res) => {
  res.send('Logged In');
});

app.listen(3000);
