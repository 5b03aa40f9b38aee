/** A static host: serves `dist/` under any path, as GitHub Pages or a school's server would. */
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
};

/**
 * Resolves to `{ url, asked, close, changed }`; `url` ends with the sub-path, `asked` lists the path of every request,
 * `changed` maps a file's name to what a newer build makes of its text.
 */
export async function host(base = '/') {
  const asked = [];
  const changed = new Map();
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    const { pathname } = new URL(request.url, 'http://localhost');
    if (!pathname.startsWith(base)) return response.writeHead(404).end();
    let file = join(DIST, normalize(decodeURIComponent(pathname.slice(base.length))));
    try {
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
      const change = changed.get(pathname.slice(base.length));
      const bytes = change ? change(await readFile(file, 'utf8')) : await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'max-age=0' }).end(bytes);
    } catch {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(await readFile(join(DIST, '404.html')).catch(() => ''));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${base}`, asked, changed, close: () => server.close() };
}
