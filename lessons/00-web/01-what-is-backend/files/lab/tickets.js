// The ticket window: POST /orders sells, GET /sold tells how many are gone.
const http = require('http');
const { accepts } = require('../rules');

const PRICE = 200;
let sold = 0;

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sell(order) {
  if (typeof order !== 'object' || order === null || !accepts(order)) {
    return [400, { error: 'We do not sell this' }];
  }
  sold += Number(order.tickets);
  return [201, { tickets: order.tickets, pay: order.tickets * PRICE }];
}

http.createServer((req, res) => {
  const pieces = [];
  req.on('data', (piece) => pieces.push(piece));
  req.on('end', () => {
    const [status, answer] = req.method === 'POST' ? sell(read(Buffer.concat(pieces).toString())) : [200, { sold }];
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(answer));
  });
}).listen(3000, () => console.log('The ticket window is open on http://localhost:3000'));
