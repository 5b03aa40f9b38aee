const express = require('express');

const app = express();

app.post('/orders', (req, res) => {
  res.statusCode = 201;
  res.setHeader('location', '/orders/7');
  res.setHeader('content-type', 'application/json');
  res.end('{"id":7}');
});

app.get('/robots.txt', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('User-agent: *\n');
});

app.get('/staff', (req, res) => {
  res.writeHead(403).end();
});

app.get('/old-shop', (req, res) => {
  res.writeHead(301, { Location: '/shop' }).end();
});

app.listen(3000);
