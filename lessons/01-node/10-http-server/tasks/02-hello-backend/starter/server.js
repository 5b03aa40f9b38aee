const http = require('http');

const server = http.____((req, res) => {
  res.____(200, { 'Content-Type': ____ });
  res.____('Hello Backend!');
});

server.____(3000, () => {
  console.log('Server running on http://localhost:3000');
});
