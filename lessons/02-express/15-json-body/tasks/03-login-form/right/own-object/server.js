const express = require('express');
const app = express();

app.use(express.json());
app.use(express.urlencoded({ extended: true }));

app.post('/login', (req, res) => {
  const body = req.body || {};
  if (body.username) {
    res.status(200).send({ username: body.username });
  } else {
    res.status(400).send({ error: 'Username is required' });
  }
});

app.listen(3000);
