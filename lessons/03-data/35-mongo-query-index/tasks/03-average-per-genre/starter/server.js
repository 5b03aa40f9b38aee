const mongoose = require('mongoose');
const express = require('express');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/shop');
const app = express();

app.get('/genres', async (req, res) => {
  const groups = await Book.aggregate([{ $sort: { title: 1 } }]);
  res.json(groups);
});

app.listen(3000);
