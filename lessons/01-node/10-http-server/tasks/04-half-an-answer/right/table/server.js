const { createServer } = require('http');

const answers = {
  GET: (req) => [200, {}, `You asked for ${req.url}`],
};
const refuse = () => [405, { Allow: Object.keys(answers).join(', ') }, 'Only GET, please'];

createServer((req, res) => {
  const [status, headers, text] = (answers[req.method] ?? refuse)(req);
  res.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(text);
}).listen(3000);
