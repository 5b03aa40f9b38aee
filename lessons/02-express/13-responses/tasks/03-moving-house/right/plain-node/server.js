const express = require('express');

const app = express();
const book = [];
const state = () => ({ visits: book.length, last: book.at(-1) ?? null });

app.route('/visits')
  .get((req, res) => res.send(state()))
  .post((req, res) => {
    book.push(req.get('X-Name'));
    res.writeHead(201, { Location: '/visits', 'Content-Type': 'application/json' });
    res.end(JSON.stringify(state()));
  });

app.post('/reset', (req, res) => {
  book.length = 0;
  res.statusCode = 204;
  res.end();
});

app.get('/old', (req, res) => {
  res.writeHead(301, { Location: '/new' });
  res.end('Moved to /new');
});

app.get('/new', (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  res.end('New house, same people');
});

app.listen(3000);
