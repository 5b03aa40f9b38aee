const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: String,
  title: String,
  genre: String,
  price: Number,
});

bookSchema.index({ isbn: 1 });
bookSchema.index({ price: 1, genre: 1 });

module.exports = mongoose.model('Book', bookSchema);
