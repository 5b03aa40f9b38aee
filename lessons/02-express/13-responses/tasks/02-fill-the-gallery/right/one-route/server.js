const express = require('express');

const app = express();
const answers = {
  'POST /orders': (res) => res.append('Location', '/orders/7').status(201).json({ id: 7 }),
  'GET /robots.txt': (res) => res.contentType('txt').end('User-agent: *'),
  'GET /staff': (res) => res.status(403).end(),
  'GET /old-shop': (res) => res.redirect(301, '/shop'),
};

app.all(['/orders', '/robots.txt', '/staff', '/old-shop'], (req, res) => {
  const answer = answers[`${req.method} ${req.path}`];
  return answer ? answer(res) : res.sendStatus(405);
});

app.listen(3000);
