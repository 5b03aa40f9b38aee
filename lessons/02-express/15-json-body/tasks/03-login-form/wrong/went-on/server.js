const express = require('express');
const app = express();

app.use(express.urlencoded());

app.post('/login', (req, res) => {
  const { username } = req.body ?? {};
  if (!username) res.status(400).json({ error: 'Username is required' });
  res.json({ username });
});

app.listen(3000);
