const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/genres', async (req, res) => {
  const groups = await Book.aggregate([
    { $match: { stock: { $gt: 0 } } },
    { $group: { _id: '$genre', books: { $sum: 1 }, average: { $avg: '$price' } } },
    { $sort: { average: -1 } },
    { $project: { _id: 0, genre: '$_id', books: 1, average: 1 } },
  ]);
  res.json(groups);
});

app.listen(3000);
