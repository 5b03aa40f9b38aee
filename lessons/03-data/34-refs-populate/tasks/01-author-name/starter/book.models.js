const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  title: { type: String, required: true },
  author: { type: ____, ref: ____ },
});

module.exports = mongoose.model('Book', bookSchema);
