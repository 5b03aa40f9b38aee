const express = require('express');
const mongoose = require('mongoose');

const userSchema = new mongoose.Schema({ email: { type: String, required: true } }, { timestamps: true });
userSchema.index({ email: 1 }, { unique: true });
const User = mongoose.model('User', userSchema);

mongoose.connect('mongodb://localhost:27017/signup');
const app = express();
app.use(express.json());

app.get('/users', async (req, res) => {
  const users = await User.find().select('email updatedAt').lean();
  res.json(users.map(({ email, updatedAt }) => ({ email, changed: updatedAt })));
});

app.post('/users', async (req, res) => {
  const { email } = await new User({ email: req.body?.email }).save();
  res.status(201).json({ email });
});

app.use((error, req, res, next) => {
  const status = { ValidationError: 400, MongoServerError: 409 }[error.name] ?? 500;
  res.status(status).json({ error: status === 409 ? 'Email is taken' : error.message });
});

app.listen(3000);
