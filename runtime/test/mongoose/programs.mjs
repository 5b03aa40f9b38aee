/** Programs with mongoose and mongodb, and what each prints in Node. */

const connected = (body) => `
const mongoose = require('mongoose');
const { Schema } = mongoose;
(async () => {
  await mongoose.connect('mongodb://localhost:27017/shop');
  ${body}
  await mongoose.disconnect();
})();
`;

export const programs = [
  {
    name: 'connects, creates and finds',
    code: connected(`
  const User = mongoose.model('User', new Schema({ name: String, age: Number }));
  await User.create({ name: 'Asha', age: 31 });
  const found = await User.findOne({ age: { $gt: 30 } });
  console.log(found.name, found instanceof User, mongoose.connection.readyState);
`),
    prints: 'Asha true 1',
  },
];
