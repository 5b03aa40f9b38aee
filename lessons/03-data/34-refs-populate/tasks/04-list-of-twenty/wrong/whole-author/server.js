const mongoose = require('mongoose');
const express = require('express');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = express();

app.get('/books', async (req, res) => {
  res.json(await Book.find().sort('title').select('title author -_id').populate('author', 'name'));
});

app.listen(3000);
