// Keeps what came in and what went out, for the servers of this lesson.
const http = require('http');

/**
 * Listens on port 3000, then calls `ready`, which may send requests and tell how that went.
 * `answer` gets `{ method, path, query, type, headers, body }` and gives `{ status, headers, json, note }`.
 * `GET /log` answers, when everything was sent, with all of it.
 */
exports.serve = function (answer, ready) {
  const requests = [];
  let talk;

  function reply(res, { status, headers, json }) {
    res.writeHead(status, json === undefined ? { ...headers } : { 'Content-Type': 'application/json', ...headers });
    res.end(json === undefined ? '' : JSON.stringify(json));
  }

  function received(req, body) {
    const [path, query = ''] = req.url.split('?');
    const type = (req.headers['content-type'] || '').split(';')[0].trim().toLowerCase();
    return { method: req.method, path, query, type, headers: req.headers, body };
  }

  const server = http.createServer((req, res) => {
    if (req.url === '/log') {
      talk.then((problem) => reply(res, { status: 200, json: { problem, requests } }));
      return;
    }
    const pieces = [];
    req.on('data', (piece) => pieces.push(piece));
    req.on('end', () => {
      const { headers, ...request } = received(req, Buffer.concat(pieces).toString());
      const result = answer({ ...request, headers });
      requests.push({ ...request, status: result.status, ...result.note });
      reply(res, result);
    });
  });

  server.listen(3000, () => {
    talk = Promise.resolve(ready());
  });
};
