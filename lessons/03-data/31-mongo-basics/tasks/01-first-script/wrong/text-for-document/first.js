// 1. Store { name: "Kishore" } in the collection users.
const result = db.users.insertOne('Kishore');
print(result.insertedId);

// 2. Find this user again and print his name.
const user = db.users.findOne({ name: 'Kishore' });
print(user.name);
