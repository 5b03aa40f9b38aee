// 1. Books that cost less than 300
const cheap = db.books.find({ price: { $gt: 300 } });

// 2. Books of the genres poems and travel
const twoGenres = db.books.find({ genre: { $in: ['poems', 'travel'] } });

// 3. The novels, only with title and price
const novels = db.books.find({ genre: 'novel' }, { _id: 0, title: 1, price: 1 });

// 4. All books, the cheapest first
const byPrice = db.books.find().sort({ price: 1 });

// 5. The three dearest books, the dearest first
const dearest = db.books.find().sort({ price: -1 }).limit(3);

[cheap, twoGenres, novels, byPrice, dearest].forEach((books, at) => {
  books.forEach((book) => print(`${at + 1} ${JSON.stringify(book)}`));
});
