const { Schema, model } = require('mongoose');

const userSchema = new Schema({
  name: { type: String, required() { return true; } },
  role: { type: String, enum: ['user', 'admin'], default: () => 'user' },
  createdAt: { type: Date, default: () => new Date(), immutable: true },
  updatedAt: Date,
});

userSchema.pre('save', function () {
  this.updatedAt = new Date();
});

module.exports = model('User', userSchema);
