const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/books', async (req, res) => {
  const { genre, sort, page = 1, limit = 10 } = req.query;
  const filter = genre ? { genre } : {};
  const most = Math.min(Number(limit), 50);
  const total = await Book.countDocuments(filter);
  const items = await Book.find(filter)
    .sort(sort ? `${sort} _id` : '_id')
    .skip((Number(page) - 1) * most)
    .limit(most);
  res.json({ items, total, page: Number(page), pages: Math.ceil(total / most) });
});

app.listen(3000);
