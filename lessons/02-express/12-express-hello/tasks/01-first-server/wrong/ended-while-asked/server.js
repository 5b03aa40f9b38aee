const express = require('express');

const app = express();

app.get('/', (req, res) => {
  process.exit(0);
});

app.listen(3000);
