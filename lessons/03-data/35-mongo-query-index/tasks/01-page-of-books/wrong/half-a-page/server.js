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
  const filter = genre ? { genre } : {};
  const page = whole(req.query.page, 1);
  const limit = Math.min(whole(req.query.limit, 10), 50);
  const price = sort === 'price' ? 1 : -1;
  const order = sort ? { price, _id: 1 } : { _id: 1 };

  const total = await Book.countDocuments(filter);
  const items = await Book.find(filter)
    .sort(order)
    .skip((page - 1) * limit)
    .limit(limit);
  res.json({ items, total, page, pages: total / limit });
});

app.listen(3000);
