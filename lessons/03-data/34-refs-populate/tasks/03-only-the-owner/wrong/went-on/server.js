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
  const user = req.get('X-User');
  const book = await Book.findById(req.params.id);
  if (!book) res.status(404).json({ error: 'Book not found' });
  if (!book.author.equals(user)) {
    return res.status(403).json({ error: 'Only the author may delete it' });
  }
  await book.deleteOne();
  res.sendStatus(204);
});

app.listen(3000);
