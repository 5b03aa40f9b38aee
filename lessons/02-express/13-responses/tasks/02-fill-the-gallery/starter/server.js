const express = require('express');

const app = express();

app.post('/orders', (req, res) => {
  res.____(201).____('Location', '/orders/7').____({ id: 7 });
});

app.get('/robots.txt', (req, res) => {
  res.____('text').send('User-agent: *');
});

app.get('/staff', (req, res) => {
  res.____(403);
});

app.get('/old-shop', (req, res) => {
  res.redirect(____, ____);
});

app.listen(3000);
