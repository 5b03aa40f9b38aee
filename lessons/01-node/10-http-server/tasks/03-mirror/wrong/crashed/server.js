const http = require('http');

let visit = 0;

const server = http.createServer((req, res) => {
  visit += 1;
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ method: method, url: req.url, visit }));
});

server.listen(3000);
