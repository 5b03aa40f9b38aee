const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/genres', async (req, res) => {
  const books = await Book.find({ stock: { $gt: 0 } });
  const genres = [...new Set(books.map((book) => book.genre))];
  const list = genres.map((genre) => {
    const some = books.filter((book) => book.genre === genre);
    const sum = some.reduce((total, book) => total + book.price, 0);
    return { genre, books: some.length, average: sum / some.length };
  });
  res.json(list.sort((a, b) => b.average - a.average));
});

app.listen(3000);
