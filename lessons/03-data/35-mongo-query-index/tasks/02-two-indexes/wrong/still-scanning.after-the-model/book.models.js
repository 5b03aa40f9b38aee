const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: String,
  title: String,
  genre: String,
  price: Number,
});

const Book = mongoose.model('Book', bookSchema);

bookSchema.index({ isbn: 1 });
bookSchema.index({ genre: 1, price: 1 });

module.exports = Book;
