const mongoose = require('mongoose');
const User = require('./user.models');
const Book = require('./book.models');

mongoose.connect('mongodb://localhost:27017/library');
const app = require('express')();

app.get('/plain', async (req, res) => {
  const book = await Book.findOne();
  console.log(book.author.name);
  res.json(book);
});

app.get('/filled', async (req, res) => {
  const book = await Book.findOne().populate('author', 'name');
  console.log(book.author === null ? 'null' : book.author.name);
  res.json(book);
});

app.delete('/authors', async (req, res) => {
  await User.deleteMany();
  console.log(await Book.countDocuments());
  res.sendStatus(204);
});

app.listen(3000);
