const express = require('express');
const mongoose = require('mongoose');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();
app.use(express.json());

app.get('/api/books/:id', (req, res, next) => {
  Book.findById(req.params.id)
    .then((book) => {
      if (book) res.json(book);
      else res.status(404).json({ error: 'Book not found' });
    })
    .catch(next);
});

app.post('/api/books', (req, res) => {
  const { title, genre, price } = req.body ?? {};
  return Book.create({ title, genre, price }).then((book) => res.status(201).json(book));
});

app.delete('/api/books/:id', (req, res) => Book.findByIdAndDelete(req.params.id).then(() => res.sendStatus(204)));

app.use((error, req, res, next) => {
  if (error.name === 'CastError') return res.status(400).json({ error: `Not a valid ${error.path}` });
  if (error.name === 'ValidationError') return res.status(400).json({ error: error.message });
  console.error(error);
  res.status(500).json({ error: 'Internal Server Error' });
});

app.listen(3000);
