const app = require('express')();

app.get('/number', (req, res) => {
  res.send(404);
});

app.get('/late', (req, res) => {
  res.send('No such page');
  res.status(404);
});

app.get('/in-the-body', (req, res) => {
  res.json({ status: 500, error: 'Broken' });
});

app.get('/empty', (req, res) => {
  res.status(204).json({ done: true });
});

app.get('/moved', (req, res) => {
  res.redirect('/number');
});

app.listen(3000);
