// 1. Store { name: "Kishore" } in the collection users.
const result = db.users.insertOne({ name: 'Kishore' });

// 2. Find this user again and print his name.
const user = db.users.findOne({ name: 'Kishore' });
print(user.name);
