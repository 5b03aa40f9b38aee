const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/books', async (req, res) => {
  const { genre, sort } = req.query;
  const page = Number(req.query.page) >= 1 ? Number(req.query.page) : 1;
  const limit = Number(req.query.limit) >= 1 ? Math.min(Number(req.query.limit), 50) : 10;
  const orders = { price: { price: 1, _id: 1 }, '-price': { price: -1, _id: 1 } };
  const [{ items, count }] = await Book.aggregate([
    { $match: genre ? { genre } : {} },
    { $sort: orders[sort] ?? { _id: 1 } },
    { $facet: { items: [{ $skip: (page - 1) * limit }, { $limit: limit }], count: [{ $count: 'total' }] } },
  ]);
  const total = count[0]?.total ?? 0;
  res.json({ items, total, page, pages: Math.ceil(total / limit) });
});

app.listen(3000);
