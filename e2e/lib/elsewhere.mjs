/** Another origin: answers everything it is asked, and notes it. What must reach nobody is sent here. */
import { createServer } from 'node:http';
import { createSocket } from 'node:dgram';

/** Resolves to `{ url, asked, close }`; `asked` lists the path of every request, and `/datagram` for each of those. */
export async function elsewhere() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('<!doctype html><title>Elsewhere</title>');
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => asked.push('/datagram'));
  await new Promise((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close() {
      datagrams.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
