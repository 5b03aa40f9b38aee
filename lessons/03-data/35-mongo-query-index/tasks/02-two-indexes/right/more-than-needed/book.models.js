const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: { type: String, index: true },
  title: String,
  genre: String,
  price: Number,
});

bookSchema.index({ genre: 1, price: 1, title: 1 });

module.exports = mongoose.model('Book', bookSchema);
