const http = require('http');

let visit = 1;

const server = http.createServer((req, res) => {
  visit += 1;
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ method: req.method, url: req.url, visit }));
});

server.listen(3000);
