const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

function whole(text, otherwise) {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? number : otherwise;
}

app.get('/books', async (req, res) => {
  const { genre, sort } = req.query;
  const page = whole(req.query.page, 1);
  const limit = Math.min(whole(req.query.limit, 10), 50);
  const all = await Book.find(genre ? { genre } : {}).sort(sort ? `${sort} _id` : '_id');
  const items = all.slice((page - 1) * limit, page * limit);
  res.json({ items, total: all.length, page, pages: Math.ceil(all.length / limit) });
});

app.listen(3000);
