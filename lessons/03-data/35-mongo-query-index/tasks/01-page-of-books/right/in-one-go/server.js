const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/books', async (req, res) => {
  const { genre, sort } = req.query;
  const page = Math.max(1, parseInt(req.query.page) || 1);
  const limit = Math.min(50, Math.max(1, parseInt(req.query.limit) || 10));
  const query = Book.find();
  if (genre) query.where('genre').equals(genre);
  const count = query.clone().countDocuments();
  query.sort(sort ? `${sort} _id` : '_id').skip(page * limit - limit).limit(limit).lean();
  const [items, total] = await Promise.all([query, count]);
  res.json({ items, total, page, pages: Math.ceil(total / limit) });
});

app.listen(3000);
