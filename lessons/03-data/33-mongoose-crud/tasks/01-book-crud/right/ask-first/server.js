const express = require('express');
const mongoose = require('mongoose');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();
app.use(express.json());

app.param('id', (req, res, next, id) => {
  if (!mongoose.isValidObjectId(id)) return res.status(400).json({ error: 'That is no id' });
  next();
});

app.get('/api/books/:id', async (req, res) => {
  res.json(await Book.findById(req.params.id).orFail());
});

app.post('/api/books', async (req, res) => {
  const { title, genre, price } = req.body ?? {};
  try {
    res.status(201).json(await Book.create({ title, genre, price }));
  } catch (error) {
    if (!error.errors) throw error;
    res.status(400).json({ error: Object.values(error.errors).map((one) => one.message).join(' ') });
  }
});

app.delete('/api/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id).orFail();
  await book.deleteOne();
  res.sendStatus(204);
});

app.use((error, req, res, next) => {
  if (error.name === 'DocumentNotFoundError') return res.status(404).json({ error: 'Book not found' });
  console.error(error);
  res.status(500).json({ error: 'Internal Server Error' });
});

app.listen(3000);
