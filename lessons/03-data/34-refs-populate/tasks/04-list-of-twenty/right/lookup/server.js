const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  const list = await Book.aggregate([
    { $sort: { title: 1 } },
    { $lookup: { from: 'users', localField: 'author', foreignField: '_id', as: 'found' } },
    { $project: { _id: 0, title: 1, author: { $ifNull: [{ $first: '$found.name' }, null] } } },
  ]);
  res.json(list);
});

app.listen(3000);
