const express = require('express');
const mongoose = require('mongoose');

const User = mongoose.model('User', new mongoose.Schema({ _id: String }, { timestamps: true }));
const app = express();
app.use(express.json());

app.get('/users', async (req, res) => {
  res.json((await User.find()).map((user) => ({ email: user._id, changed: user.updatedAt })));
});

app.post('/users', (req, res, next) => {
  const email = req.body?.email;
  if (typeof email !== 'string') return res.status(400).json({ error: 'Email is required' });
  User.create({ _id: email })
    .then(() => res.status(201).json({ email }))
    .catch((error) => (error.code === 11000 ? res.status(409).json({ error: 'Email is taken' }) : next(error)));
});

mongoose.connect('mongodb://localhost:27017/signup').then(() => app.listen(3000));
