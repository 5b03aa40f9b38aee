// A book shop. Every status that it answers comes from statuses.js.
const { serve } = require('./log');
const statuses = require('../statuses');

const NAMES = ['shown', 'stored', 'removed', 'moved', 'unreadable', 'unknown', 'notAllowed', 'missing', 'taken', 'tooMany', 'broken'];
for (const name of NAMES) {
  const status = statuses[name];
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new Error(`statuses.js says ${name} is ${JSON.stringify(status)}, and a status is a number from 200 to 599`);
  }
}

const books = [{ id: 1, title: 'Malgudi Days' }, { id: 2, title: 'Godaan' }];
let last = 2;
let guesses = 0;

const say = (name, json, headers) => ({ status: statuses[name], json, headers });

function add(body) {
  let book;
  try {
    book = JSON.parse(body);
  } catch {
    return say('unreadable', { error: 'The body is not JSON' });
  }
  if (!book || typeof book.title !== 'string') return say('unreadable', { error: 'title is missing' });
  if (books.some(({ title }) => title === book.title)) return say('taken', { error: 'This title is there already' });
  last += 1;
  books.push({ id: last, title: book.title });
  return say('stored', { id: last, title: book.title }, { Location: `/books/${last}` });
}

function remove(id) {
  const at = books.findIndex((book) => book.id === id);
  if (at < 0) return say('missing', { error: 'There is no such book' });
  books.splice(at, 1);
  return say('removed');
}

serve(({ method, path, headers, body }) => {
  const user = headers['x-user'];
  const [, place, id] = path.split('/');
  if (path === '/old-shop') return say('moved', { next: '/books' }, { Location: '/books' });
  if (path === '/report') return say('broken', { error: 'Our own code failed' });
  if (path === '/guess') {
    guesses += 1;
    return guesses > 3 ? say('tooMany', { error: 'Three guesses a minute' }, { 'Retry-After': '60' }) : say('shown', { guesses });
  }
  if (place !== 'books') return say('missing', { error: 'There is nothing here' });
  if (method === 'GET' && !id) return say('shown', books);
  if (method === 'GET') {
    const book = books.find((one) => one.id === Number(id));
    return book ? say('shown', book) : say('missing', { error: 'There is no such book' });
  }
  if (!user) return say('unknown', { error: 'Who are you? Send X-User' });
  if (method === 'POST') return add(body);
  if (user !== 'owner') return say('notAllowed', { error: `${user} may not remove books` });
  return remove(Number(id));
}, () => console.log('The shop is open on http://localhost:3000'));
