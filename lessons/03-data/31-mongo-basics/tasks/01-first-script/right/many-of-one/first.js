const { insertedIds } = db.users.insertMany([{ name: 'Kishore' }]);
print(insertedIds[0]);
db.users.find({ name: 'Kishore' }).limit(1).forEach((user) => print(user.name));
