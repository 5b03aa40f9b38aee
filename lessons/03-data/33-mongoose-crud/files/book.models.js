const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  title: { type: String, required: true, trim: true },
  genre: { type: String, enum: ['novel', 'poems', 'travel'] },
  price: { type: Number, min: 0 },
  sold: { type: Number, default: 0 },
});

module.exports = mongoose.model('Book', bookSchema);
