const express = require('express');

const app = express();

let visits = 0;
let last = null;

app.get('/visits', (req, res) => {
  res.json({ visits, last });
});

app.post('/visits', (req, res) => {
  visits += 1;
  last = req.headers['x-name'];
  res.status(201).set('Location', '/visits').json({ visits, last });
});

app.post('/reset', (req, res) => {
  visits = 0;
  last = null;
  res.sendStatus(204);
});

app.get('/new', (req, res) => {
  res.type('text').send('We live here now');
});

app.get('/old', (req, res) => {
  res.redirect(301, 'new/');
});

app.listen(3000);
