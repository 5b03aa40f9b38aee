const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const [books, users] = await Promise.all([Book.find().sort('title').lean(), User.find().lean()]);
  const nameOf = (id) => users.find((user) => user._id.equals(id))?.name ?? null;
  res.json(books.map((book) => ({ title: book.title, author: nameOf(book.author) })));
});

app.listen(3000);
