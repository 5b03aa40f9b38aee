const user = { name: 'Kishore' };
const { insertedId } = db.getCollection('users').insertOne(user);
print(insertedId);
print(db.users.findOne({ _id: insertedId }).name);
