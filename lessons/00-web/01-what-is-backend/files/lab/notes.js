// The backend of a notes page: it keeps the notes of everybody, in one place.
const http = require('http');

const notes = [];

http.createServer((req, res) => {
  const pieces = [];
  req.on('data', (piece) => pieces.push(piece));
  req.on('end', () => {
    res.setHeader('Content-Type', 'application/json');
    if (req.method === 'POST') {
      notes.push(JSON.parse(Buffer.concat(pieces).toString()));
      res.statusCode = 201;
    }
    res.end(JSON.stringify(notes));
  });
}).listen(3000, () => console.log('The notes are kept at http://localhost:3000'));
