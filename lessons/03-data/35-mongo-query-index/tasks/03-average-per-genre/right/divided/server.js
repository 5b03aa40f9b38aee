const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/genres', async (req, res) => {
  const groups = await Book.aggregate([
    { $match: { stock: { $gte: 1 } } },
    { $group: { _id: { genre: '$genre' }, sum: { $sum: '$price' }, books: { $count: {} } } },
    { $set: { genre: '$_id.genre', average: { $divide: ['$sum', '$books'] } } },
    { $unset: ['_id', 'sum'] },
    { $sort: { average: -1, genre: 1 } },
  ]);
  res.json(groups);
});

app.listen(3000);
