import http from 'http';

const server = http.createServer(async (req, res) => {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/plain');
  await Promise.resolve();
  res.end(Buffer.from('Hello Backend!'));
});

server.listen(3000);
console.log('Server running on http://localhost:3000');
