// 1. Books that cost less than 300
const cheap = db.books.find();

// 2. Books of the genres poems and travel
const twoGenres = db.books.find();

// 3. The novels, only with title and price
const novels = db.books.find();

// 4. All books, the cheapest first
const byPrice = db.books.find();

// 5. The three dearest books, the dearest first
const dearest = db.books.find();

[cheap, twoGenres, novels, byPrice, dearest].forEach((books, at) => {
  books.forEach((book) => print(`${at + 1} ${JSON.stringify(book)}`));
});
