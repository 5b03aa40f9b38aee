const http = require('http');

const server = http.createServer((req, res) => {
  if (req.method === 'POST' && req.url === '/echo') {
    let body = '';
    req.on('data', (chunk) => (body += chunk));
    req.on('end', () => {
      res.writeHead(200, { 'Content-Type': 'text/plain' });
      res.end(`You sent ${body.length} characters: ${body}`);
    });
    return;
  }
  if (req.url === '/') {
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    res.end('POST some text to /echo');
    return;
  }
  res.writeHead(404, { 'Content-Type': 'text/plain' });
  res.end(`Nothing at ${req.url}`);
});

server.listen(3000, () => console.log('Listening on http://localhost:3000'));
