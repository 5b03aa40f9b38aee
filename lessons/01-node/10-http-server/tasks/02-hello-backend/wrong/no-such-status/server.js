const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead({ 'Content-Type': 'text/plain' }, 200);
  res.end('Hello Backend!');
});

server.listen(3000, () => {
  console.log('Server running on http://localhost:3000');
});
