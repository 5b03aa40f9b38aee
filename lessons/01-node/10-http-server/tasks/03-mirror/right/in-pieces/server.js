const http = require('http');

function* counter() {
  for (let n = 1; ; n += 1) yield n;
}
const visits = counter();

http.createServer(function (req, res) {
  res.writeHead(200, 'Here you are', { 'content-type': 'application/json' });
  res.write('{ "method": ' + JSON.stringify(req.method));
  res.write(', "url": ' + JSON.stringify(req.url));
  res.write(', "visit": ' + visits.next().value + ' }');
  res.end();
}).listen(3000, () => console.log('ready'));
