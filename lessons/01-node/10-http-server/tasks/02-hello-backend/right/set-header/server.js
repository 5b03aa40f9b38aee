const { createServer } = require('node:http');

const port = 3000;

createServer(answer).listen({ port }, () => console.log(`Server running on http://localhost:${port}`));

function answer(_, out) {
  out.setHeader('content-type', 'text/plain; charset=utf-8');
  out.end('Hello Backend!\n');
}
