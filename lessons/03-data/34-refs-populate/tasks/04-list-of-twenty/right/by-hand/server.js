const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const books = await Book.find().sort('title');
  const authors = await User.find({ _id: { $in: books.map((book) => book.author) } });
  const names = new Map(authors.map((author) => [author.id, author.name]));
  res.json(books.map(({ title, author }) => ({ title, author: names.get(String(author)) ?? null })));
});

app.listen(3000);
