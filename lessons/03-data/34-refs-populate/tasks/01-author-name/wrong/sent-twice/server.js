const mongoose = require('mongoose');
const express = require('express');
require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id).populate('author', 'name');
  if (!book) res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.listen(3000);
