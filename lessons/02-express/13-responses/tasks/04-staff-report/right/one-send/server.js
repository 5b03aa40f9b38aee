const express = require('express');

const app = express();

function report(role) {
  if (!role) return [401, { error: 'Who are you?' }];
  if (role !== 'staff') return [403, { error: 'Staff only' }];
  return [200, { visitors: 12 }];
}

app.get('/report', (req, res) => {
  const [status, body] = report(req.get('x-role'));
  res.status(status).json(body);
});

app.get('/ping', (req, res) => res.status(204).send());

app.listen(3000);
