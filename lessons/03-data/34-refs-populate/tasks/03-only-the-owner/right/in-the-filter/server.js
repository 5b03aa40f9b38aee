const mongoose = require('mongoose');
const express = require('express');
require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id);
  if (!book) return res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.delete('/books/:id', async (req, res) => {
  const author = req.get('X-User');
  const { deletedCount } = await Book.deleteOne({ _id: req.params.id, author: author ?? null });
  if (deletedCount === 0) return res.status(404).json({ error: 'No book of yours has this id' });
  res.sendStatus(204);
});

app.listen(3000);
