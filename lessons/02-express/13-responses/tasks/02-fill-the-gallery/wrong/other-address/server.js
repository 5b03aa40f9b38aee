const express = require('express');

const app = express();

app.post('/orders', (req, res) => {
  res.status(201).set('Location', '/orders/7').json({ id: 7 });
});

app.get('/robots.txt', (req, res) => {
  res.type('text').send('User-agent: *');
});

app.get('/staff', (req, res) => {
  res.sendStatus(403);
});

app.get('/old-shop', (req, res) => {
  res.redirect(301, '/shops');
});

app.listen(3000);
