const http = require('http');

function answer(req, res) {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('Hello Backend!');
}

const server = http.createServer(answer());

server.listen(3000, () => {
  console.log('Server running on http://localhost:3000');
});
