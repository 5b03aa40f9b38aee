const http = require('http');

http.createServer((req, res) => {
  const get = req.method === 'GET';
  const head = { 'content-type': 'text/plain' };
  res.writeHead(get ? 200 : 405, get ? head : { ...head, allow: 'GET' });
  for (const piece of get ? ['You asked for ', req.url] : ['Only GET, ', 'please']) res.write(piece);
  res.end();
}).listen(3000);
