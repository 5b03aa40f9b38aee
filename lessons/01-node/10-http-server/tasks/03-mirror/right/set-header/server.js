const { createServer } = require('node:http');

const seen = [];

function mirror({ method, url }, res) {
  const visit = seen.push(url);
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.statusCode = 200;
  return res.end(JSON.stringify({ visit, url, method, seen }, null, 2));
}

createServer(mirror).listen(3000);
