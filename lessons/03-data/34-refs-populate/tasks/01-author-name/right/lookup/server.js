const mongoose = require('mongoose');
const express = require('express');
require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books/:id', async (req, res) => {
  const _id = new mongoose.Types.ObjectId(req.params.id);
  const [book] = await Book.aggregate([
    { $match: { _id } },
    { $lookup: { from: 'users', localField: 'author', foreignField: '_id', as: 'author', pipeline: [{ $project: { name: 1 } }] } },
    { $unwind: '$author' },
  ]);
  if (!book) return res.status(404).json({ error: 'Book not found' });
  res.json(book);
});

app.listen(3000);
