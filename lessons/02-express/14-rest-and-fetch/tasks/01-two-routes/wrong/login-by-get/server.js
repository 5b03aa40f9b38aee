const express = require('express');
const app = express();

app.get('/users', (req, res) => {
  res.json([{ name: 'Kishore' }]);
});

app.get('/login', (req, res) => {
  res.send('Logged In');
});

app.listen(3000);
