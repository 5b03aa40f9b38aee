const express = require('express');
const app = express();

app.use(express.urlencoded());

app.post('/login', (req, res) => {
  const { username } = req.body ?? {};
  res.json({ username });
});

app.listen(3000);
