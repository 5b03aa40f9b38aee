const http = require('http');


const server = http.createServer((req, res) => {
  let visit = 0;
  visit += 1;
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ method: req.method, url: req.url, visit }));
});

server.listen(3000);
