const express = require('express');

const app = express();

function staffOnly(req, res, next) {
  const { 'x-role': role } = req.headers;
  if (role === 'staff') return next();
  const known = Boolean(role);
  res.status(known ? 403 : 401).send({ error: known ? 'Staff only' : 'Who are you?' });
}

app.get('/report', staffOnly, (req, res) => {
  res.json({ visitors: 12 });
});

app.get('/ping', (req, res) => {
  res.statusCode = 204;
  res.end();
});

app.listen(3000);
