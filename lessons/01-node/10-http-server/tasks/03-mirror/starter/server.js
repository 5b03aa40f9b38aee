const http = require('http');

const server = http.createServer((req, res) => {
  // TODO: answer with JSON about the request.
  res.end('Hello');
});

server.listen(3000);
