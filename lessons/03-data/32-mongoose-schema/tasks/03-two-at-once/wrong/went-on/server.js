const express = require('express');
const mongoose = require('mongoose');

const userSchema = new mongoose.Schema(
  { email: { type: String, required: true, unique: true } },
  { timestamps: true },
);
const User = mongoose.model('User', userSchema);

mongoose.connect('mongodb://localhost:27017/signup');
const app = express();
app.use(express.json());

app.get('/users', async (req, res) => {
  const users = await User.find();
  res.json(users.map((user) => ({ email: user.email, changed: user.updatedAt })));
});

app.post('/users', async (req, res) => {
  const { email } = req.body ?? {};
  try {
    const user = await User.create({ email });
    res.status(201).json({ email: user.email });
  } catch (error) {
    if (error.code === 11000) res.status(409).json({ error: 'Email is taken' });
    if (error.name !== 'ValidationError') throw error;
    res.status(400).json({ error: error.message });
  }
});

app.listen(3000);
