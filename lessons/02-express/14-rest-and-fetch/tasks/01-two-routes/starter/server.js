const express = require('express');
const app = express();

app.____('/users', (req, res) => {
  res.____([{ name: 'Kishore' }]);
});

app.____('/login', (req, res) => {
  res.send(____);
});

app.listen(3000);
