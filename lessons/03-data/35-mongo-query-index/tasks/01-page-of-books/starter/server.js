const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/books', async (req, res) => {
  const items = await Book.find();
  res.json({ items });
});

app.listen(3000);
