const express = require('express');
const { json } = express;
const app = express();

const people = new Map();
const add = (name, email) => {
  const person = { id: people.size + 1, name, email };
  people.set(String(person.id), person);
  return person;
};
add('John Smith', 'john@example.com');
add('Jane Doe', 'jane@example.com');

app.get('/api/users', (req, res) => res.send([...people.values()]));

app.get('/api/users/:id', (req, res) => {
  const person = people.get(req.params.id);
  if (person) res.send(person);
  else res.status(404).send({ error: 'User not found' });
});

app.post('/api/users', json(), (req, res) => {
  if (req.body?.name && req.body.email) return res.status(201).send(add(req.body.name, req.body.email));
  res.status(400).send({ error: 'Name and email are required' });
});

app.listen(3000);
