const express = require('express');
const app = express();

app.get('/users', (req, res) => {
  res.json([{ name: 'Kishore' }]);
});

app.post('/login', (req, res) => {
  res.send(____);
});

app.listen(3000);
