const express = require('express');
const app = express();

app.use(express.json());

app.post('/keys', (req, res) => {
  if (req.body === undefined) return res.send('nothing');
  res.send(Object.keys(req.body).join(' '));
});

app.listen(3000);
