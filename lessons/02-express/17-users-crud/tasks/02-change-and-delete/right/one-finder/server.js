const express = require('express');
const app = express();
app.use(express.json());

const users = [
  { id: 1, name: 'John Smith', email: 'john@example.com' },
  { id: 2, name: 'Jane Doe', email: 'jane@example.com' },
  { id: 3, name: 'Asha Rao', email: 'asha@example.com' },
];

const findUser = (id) => users.find((user) => user.id === Number(id));

app.get('/api/users/:id', (req, res) => {
  const user = findUser(req.params.id);
  if (!user) return res.status(404).json({ error: 'User not found' });
  res.json(user);
});

app.param('id', (req, res, next, id) => {
  req.user = findUser(id);
  if (req.user) next();
  else res.status(404).json({ error: 'User not found' });
});

app
  .route('/api/users/:id')
  .put((req, res) => {
    const { name, email } = req.body ?? {};
    if (!(name && email)) return res.status(400).json({ error: 'Name and email are required' });
    res.json(Object.assign(req.user, { name, email }));
  })
  .patch((req, res) => {
    for (const key of ['name', 'email']) {
      if (req.body?.[key] !== undefined) req.user[key] = req.body[key];
    }
    res.json(req.user);
  })
  .delete((req, res) => {
    users.splice(users.findIndex((user) => user.id === req.user.id), 1);
    res.status(204).send();
  });

app.listen(3000);
