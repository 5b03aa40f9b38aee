const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  isbn: String,
  title: String,
  genre: String,
  price: Number,
});

bookSchema.index({ isbn });
bookSchema.index({ genre, price });

module.exports = mongoose.model('Book', bookSchema);
