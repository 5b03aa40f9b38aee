db.users.findOneAndUpdate({ name: 'Asha' }, { $set: { city: 'Pune' } });

print('21: ' + db.users.find({ age: { $eq: 21 } }).toArray().length);

const { owner } = db.settings.findOne({});
print('owner: ' + db.users.findOne({ _id: ObjectId.createFromHexString(owner) }).name);
