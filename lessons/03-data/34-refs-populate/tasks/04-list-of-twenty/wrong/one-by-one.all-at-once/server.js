const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const books = await Book.find().sort('title');
  const list = await Promise.all(
    books.map(async (book) => {
      const author = await User.findById(book.author);
      return { title: book.title, author: author?.name ?? null };
    }),
  );
  res.json(list);
});

app.listen(3000);
