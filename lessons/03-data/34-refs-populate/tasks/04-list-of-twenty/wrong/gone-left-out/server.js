const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const books = await Book.find().sort('title').populate('author', 'name');
  const known = books.filter((book) => book.author);
  res.json(known.map((book) => ({ title: book.title, author: book.author.name })));
});

app.listen(3000);
