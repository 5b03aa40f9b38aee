// A shelf of books that GET, POST, PUT and DELETE work on.
const { serve } = require('./log');

const books = new Map([[1, 'Malgudi Days']]);
let last = 1;

serve(({ method, path, body }) => {
  const [, shelf, number] = path.split('/');
  const id = Number(number);
  if (shelf !== 'books') return { status: 404, json: { error: 'No such path' } };
  if (method === 'GET') return { status: 200, json: Object.fromEntries(books) };
  if (method === 'POST') {
    last += 1;
    books.set(last, body);
    return { status: 201, headers: { Location: `/books/${last}` }, json: { id: last } };
  }
  if (method === 'PUT') {
    const known = books.has(id);
    books.set(id, body);
    return { status: known ? 200 : 201, json: { id } };
  }
  return { status: books.delete(id) ? 204 : 404 };
}, () => console.log('The shelf listens on http://localhost:3000'));
