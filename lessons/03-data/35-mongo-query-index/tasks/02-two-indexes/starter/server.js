const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/books/:isbn', async (req, res) => {
  const book = await Book.findOne({ isbn: req.params.isbn });
  if (!book) return res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.get('/cheapest/:genre', async (req, res) => {
  res.json(await Book.find({ genre: req.params.genre }).sort('price').limit(5));
});

app.listen(3000);
