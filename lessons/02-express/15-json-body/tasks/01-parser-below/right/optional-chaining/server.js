const app = require('express')();
const { json } = require('express');

app.use('/api', json());

const names = [];

app.post('/api/users', (req, res) => {
  const name = req.body?.name;
  if (name) {
    names.push(name);
    res.status(201).send({ id: names.length, name });
  } else {
    res.status(400).send({ error: 'Name is required' });
  }
});

app.listen(3000);
