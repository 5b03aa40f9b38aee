const http = require('http');

const server = http.createServer();

server.on('request', (req, res) => {
  res.writeHead(200, 'Fine', { 'Content-Type': 'text/plain' });
  res.write('Hello ');
  res.write('Backend!');
  res.end();
});

server.on('listening', () => console.log('Server running on http://localhost:3000'));
server.listen(3000);
