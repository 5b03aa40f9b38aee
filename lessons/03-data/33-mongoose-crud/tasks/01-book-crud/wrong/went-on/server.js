const express = require('express');
const mongoose = require('mongoose');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();
app.use(express.json());

app.get('/api/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id);
  if (!book) res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.post('/api/books', async (req, res) => {
  const { title, genre, price } = req.body ?? {};
  const book = await Book.create({ title, genre, price });
  res.status(201).json(book);
});

app.delete('/api/books/:id', async (req, res) => {
  const book = await Book.findByIdAndDelete(req.params.id);
  if (!book) res.status(404).json({ error: 'Book not found' });
  res.sendStatus(204);
});

app.use((error, req, res, next) => {
  if (error.name === 'CastError') return res.status(400).json({ error: `Not a valid ${error.path}` });
  if (error.name === 'ValidationError') return res.status(400).json({ error: error.message });
  console.error(error);
  res.status(500).json({ error: 'Internal Server Error' });
});

app.listen(3000);
