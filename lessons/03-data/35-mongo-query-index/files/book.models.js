const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  title: { type: String, required: true },
  genre: String,
  price: Number,
  stock: { type: Number, default: 1 },
});

module.exports = mongoose.model('Book', bookSchema);
