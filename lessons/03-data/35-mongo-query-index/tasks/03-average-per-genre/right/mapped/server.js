const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/genres', async (req, res) => {
  const groups = await Book.aggregate()
    .match({ stock: { $ne: 0 } })
    .group({ _id: '$genre', prices: { $push: '$price' } });
  const list = groups.map(({ _id, prices }) => {
    const sum = prices.reduce((total, price) => total + price, 0);
    return { genre: _id, books: prices.length, average: sum / prices.length };
  });
  res.json(list.sort((a, b) => b.average - a.average));
});

app.listen(3000);
