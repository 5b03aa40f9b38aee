const mongoose = require('mongoose');

const name = process.argv[2] ?? 'User';
const schema = new mongoose.Schema({ title: String });
const Model = mongoose.model(name, schema);

console.log(Model.collection.name);
