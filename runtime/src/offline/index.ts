/** The service worker (`sw.js`): serves this build from its cache, and relays `<base>api/…` to the page that asked. */
/// <reference lib="webworker" />
import type { RelayedRequest } from '../host/offline';
import type { WireResponse } from '../protocol';

declare const self: ServiceWorkerGlobalScope & { BUILD: { version: string; files: string[] } };

const PREFIX = `backlab:${self.registration.scope}:`;
const CACHE = PREFIX + self.BUILD.version;
const BASE = new URL(self.registration.scope);
const API = `${BASE.pathname}api/`;
const RELAY_WITHIN = 30_000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(self.BUILD.files.map((file) => new Request(new URL(file || './', BASE), { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'activate') void self.skipWaiting();
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
  if (event.data === 'listening' && event.source instanceof Client) listening.get(event.source.id)?.();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return;
  if (url.pathname.startsWith(API) && event.request.mode !== 'navigate') {
    event.respondWith(relay(event.request, url, event.clientId));
  } else if (event.request.method === 'GET' && self.BUILD.files.length > 0) {
    event.respondWith(cached(event.request, url));
  }
});

/** The whole page comes from one build; a newer one waits until the reader takes it. */
async function cached(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(url.origin + url.pathname.replace(/index\.html$/, ''));
  if (found) return found;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    // Without network nobody else would say that there is no such page.
    return Response.redirect(new URL('not-found/', BASE).href);
  }
}

const listening = new Map<string, () => void>();

/** A page that has only just loaded does not listen yet; what is posted to it then is lost. */
function listens(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listening.delete(client.id);
      resolve();
    };
    const others = listening.get(client.id);
    listening.set(client.id, () => (others?.(), done()));
    setTimeout(done, RELAY_WITHIN);
    client.postMessage('listening?');
  });
}

async function relay(request: Request, url: URL, clientId: string): Promise<Response> {
  const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const client = (await self.clients.get(clientId)) ?? clients[0];
  if (!client) return Response.error();
  const message: RelayedRequest = {
    relay: true,
    method: request.method,
    path: `/api/${url.pathname.slice(API.length)}${url.search}`,
    headers: [...request.headers],
    body: await request.arrayBuffer(),
  };
  await listens(client);
  const channel = new MessageChannel();
  const answer = new Promise<WireResponse | undefined>((resolve) => {
    channel.port1.onmessage = (event) => resolve(event.data as WireResponse);
    setTimeout(() => resolve(undefined), RELAY_WITHIN);
  });
  client.postMessage(message, [channel.port2]);
  const response = await answer;
  if (!response) return new Response('{"error":"The page did not answer within 30 s."}', { status: 504, headers: { 'content-type': 'application/json' } });
  if (response.status === 0) return Response.error();
  const empty = [204, 205, 304].includes(response.status);
  return new Response(empty ? null : (response.body as Uint8Array<ArrayBuffer>), { status: response.status, statusText: response.statusMessage, headers: response.headers });
}
