const mongoose = require('mongoose');

const userSchema = new mongoose.Schema(
  {
    name: ____,
    role: ____,
  },
  ____,
);

module.exports = mongoose.model('User', userSchema);
