const express = require('express');

const app = express();

app.get('/report', (req, res) => {
  const role = req.headers['x-role'];
  if (role !== 'staff') {
    return res.status(403).json({ error: 'Staff only' });
  }
  if (!role) {
    return res.status(401).json({ error: 'Who are you?' });
  }
  res.json({ visitors: 12 });
});

app.get('/ping', (req, res) => {
  res.sendStatus(204);
});

app.listen(3000);
