const express = require('express');
const mongoose = require('mongoose');
const User = require('./user.models');

mongoose.connect('mongodb://localhost:27017/course');
const app = express();
app.use(express.json());

app.post('/users', async (req, res) => {
  const { name, role } = req.body ?? {};
  res.status(201).json(await User.create({ name, role }));
});

app.put('/users/:id/name', async (req, res) => {
  const user = await User.findById(req.params.id);
  user.name = req.body.name;
  await user.save();
  res.json(user);
});

app.use((error, req, res, next) => {
  if (error.name !== 'ValidationError') return next(error);
  const kinds = {};
  for (const field in error.errors) kinds[field] = error.errors[field].kind;
  res.status(400).json({ errors: kinds });
});

app.listen(3000);
