// 1. Asha has moved to Pune.
db.users.updateOne({ name: 'Asha' }, { $set: { City: 'Pune' } });

// 2. How many users are 21?
print(`21: ${db.users.countDocuments({ age: 21 })}`);

// 3. The settings keep the id of the owner as text. What is the owner's name?
const settings = db.settings.findOne();
const owner = db.users.findOne({ _id: new ObjectId(settings.owner) });
print(`owner: ${owner.name}`);
