const express = require('express');
const app = express();

app.use(____);

app.post('/login', (req, res) => {
  const { username } = ____ ?? {};
  if (!username) return res.status(____).json({ error: 'Username is required' });
  res.json({ ____ });
});

app.listen(3000);
