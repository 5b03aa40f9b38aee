const http = require('http');

let visit = 0;

const server = http.createServer((req, res) => {
  visit += 1;
  res.write(JSON.stringify({ method: req.method, url: req.url, visit }));
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end();
});

server.listen(3000);
