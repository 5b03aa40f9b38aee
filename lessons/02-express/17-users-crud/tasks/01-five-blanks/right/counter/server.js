const express = require('express');
const app = express();
app.use(express.json());

let users = [
  { id: 1, name: 'John Smith', email: 'john@example.com' },
  { id: 2, name: 'Jane Doe', email: 'jane@example.com' },
];
let nextId = 3;

app
  .route('/api/users')
  .get((req, res) => res.json(users))
  .post((req, res) => {
    const body = req.body || {};
    const missing = ['name', 'email'].some((key) => !body[key]);
    if (missing) {
      res.status(400).json({ error: 'Name and email are required' });
      return;
    }
    users = users.concat({ id: nextId, name: body.name, email: body.email });
    nextId += 1;
    res.status(201).json(users.at(-1));
  });

app.get('/api/users/:id', (req, res) => {
  const [user] = users.filter(({ id }) => id === parseInt(req.params.id, 10));
  return user ? res.json(user) : res.status(404).json({ error: 'User not found' });
});

app.listen(3000);
