/** A learner's server with pages: styles, a script, an image, links, forms and `fetch`. */

export const shop = `const express = require('express');
const app = express();
const items = ['Tea'];
app.use(express.json());
app.use(express.urlencoded());

const page = (title, body) => '<!doctype html><html><head><title>' + title + '</title><link rel="stylesheet" href="/look.css">' +
  '<script src="/ask.js" defer></script></head><body><h1>' + title + '</h1>' + body + '</body></html>';

app.get('/look.css', (req, res) => res.type('css').send('h1 { color: rgb(1, 2, 3); }'));
app.get('/ask.js', (req, res) => res.type('js').send(
  "fetch('/api/items').then((response) => response.json()).then((items) => document.getElementById('items')?.append(items.join(', ')));"));
app.get('/dot.svg', (req, res) => res.type('svg').send('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>'));
app.get('/api/items', (req, res) => res.json(items));
app.get('/', (req, res) => res.send(page('Shop',
  '<img src="dot.svg" alt="Dot"><p id="items"></p><a href="about">About</a> <a href="#end">Down</a>' +
  '<form action="/items" method="post"><input name="name" aria-label="Item"><button name="by" value="me">Add</button></form>' +
  '<form action="/search"><input name="q" aria-label="Words"><button>Search</button></form><p id="end">End</p>')));
app.get('/about', (req, res) => res.send(page('About', '<a href="/">Shop</a>')));
app.get('/search', (req, res) => res.send(page('Found ' + req.query.q, '')));
app.post('/items', (req, res) => { items.push(req.body.name + ' by ' + req.body.by); res.redirect('/'); });
app.listen(3000);
`;
