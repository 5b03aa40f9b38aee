const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: { type: String, unique: true },
  title: String,
  genre: String,
  price: Number,
});

bookSchema.index({ genre: 1, price: 1 });

module.exports = mongoose.model('Book', bookSchema);
