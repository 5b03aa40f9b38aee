const express = require('express');
const mongoose = require('mongoose');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();
app.use(express.json());

app.get('/api/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id);
  if (!book) return res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.post('/api/books', async (req, res) => {
  const { title, genre, price } = req.body ?? {};
  res.status(201).json(await Book.create({ title, genre, price }));
});

app.patch('/api/books/:id', async (req, res) => {
  const { title, genre, price } = req.body ?? {};
  const book = await Book.findByIdAndUpdate(
    req.params.id,
    { title, genre, price },
    { returnDocument: 'after', runValidators: true },
  );
  if (!book) res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.use((error, req, res, next) => {
  if (error.name === 'CastError') return res.status(400).json({ error: `Not a valid ${error.path}` });
  if (error.name === 'ValidationError') return res.status(400).json({ error: error.message });
  console.error(error);
  res.status(500).json({ error: 'Internal Server Error' });
});

app.listen(3000);
