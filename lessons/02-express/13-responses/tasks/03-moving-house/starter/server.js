const express = require('express');

const app = express();

let visits = 0;
let last = null;

app.get('/visits', (req, res) => {
  res.json({ visits, last });
});

// TODO: add the other four rows of the table.

app.listen(3000);
