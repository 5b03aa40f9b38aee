// Notes in a database. From "MongoDB basics" on you write such files yourself.
const mongoose = require('mongoose');

mongoose.connect('mongodb://localhost:27017/notebook');

const Note = mongoose.model('Note', new mongoose.Schema({ text: String }));

/** Stores a note, and gives it back with its id. */
async function add(text) {
  const note = await Note.create({ text });
  return { id: note.id, text: note.text };
}

/** All notes, the oldest first. */
async function all() {
  const notes = await Note.find().sort('_id');
  return notes.map((note) => ({ id: note.id, text: note.text }));
}

module.exports = { add, all };
