const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id).lean();
  if (!book) return res.status(404).json({ error: 'Book not found' });
  const author = await User.findById(book.author).select('name');
  res.json({ ...book, author });
});

app.listen(3000);
