// 1. Store { name: "Kishore" } in the collection users.
const result = db.____(____);
print(result.insertedId);

// 2. Find this user again and print his name.
const user = db.users.findOne(____);
print(user.name);
