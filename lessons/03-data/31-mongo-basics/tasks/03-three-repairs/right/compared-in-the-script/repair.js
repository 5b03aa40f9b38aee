const asha = db.users.findOne({ name: 'Asha' });
db.users.replaceOne({ _id: asha._id }, { ...asha, city: 'Pune' });

let count = 0;
let name;
const settings = db.settings.findOne();
db.users.find().forEach((user) => {
  if (user.age === 21) count += 1;
  if (String(user._id) === settings.owner || user._id.toString() === settings.owner) name = user.name;
});
print('21: ' + count);
print('owner: ' + name);
