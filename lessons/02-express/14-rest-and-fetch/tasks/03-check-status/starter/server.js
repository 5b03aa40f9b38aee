const express = require('express');
const app = express();

app.get('/users', (req, res) => {
  res.json([{ name: 'Kishore' }, { name: 'Asha' }]);
});

app.get('/orders', (req, res) => {
  res.status(503).json({ error: 'Closed for the night' });
});

app.listen(3000);
