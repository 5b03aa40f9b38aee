const mongoose = require('mongoose');

const ROLES = ['user', 'admin'];
const userSchema = new mongoose.Schema();

userSchema.add({ name: { type: String, required: [true, 'Who are you?'], trim: true } });
userSchema.add({ role: { type: String, enum: { values: ROLES, message: '{VALUE} is no role' }, default: ROLES[0] } });
userSchema.set('timestamps', true);

module.exports = mongoose.model('User', userSchema);
