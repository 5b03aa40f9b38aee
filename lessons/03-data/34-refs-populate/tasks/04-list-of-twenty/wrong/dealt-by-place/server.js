const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const books = await Book.find().sort('title');
  const authors = await User.find({ _id: { $in: books.map((book) => book.author) } });
  res.json(books.map((book, i) => ({ title: book.title, author: authors[i]?.name ?? null })));
});

app.listen(3000);
