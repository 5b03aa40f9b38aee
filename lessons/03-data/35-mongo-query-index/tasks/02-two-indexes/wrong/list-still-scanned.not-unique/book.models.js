const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: { type: String, index: true },
  title: String,
  genre: String,
  price: Number,
});

bookSchema.index({ genre: 1 }, { unique: true });

module.exports = mongoose.model('Book', bookSchema);
