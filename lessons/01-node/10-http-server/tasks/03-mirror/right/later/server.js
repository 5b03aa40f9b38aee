const http = require('http');
const server = http.createServer({ keepAlive: false });

server.visits = 0;
server.on('request', async (req, res) => {
  const visit = ++server.visits;
  const { method, url } = req;
  await new Promise((resolve) => setImmediate(resolve));
  res.setHeader('Content-Type', ['application/json']);
  res.end(Buffer.from(JSON.stringify({ method, url, visit })));
});
server.listen({ port: 3000, host: '0.0.0.0' });
