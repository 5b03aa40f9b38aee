/** Registers the service worker and answers the API requests that it relays from real `fetch`. */
import type { HostCommand, WireResponse } from '../protocol';

/** What the service worker asks the page. */
export interface RelayedRequest {
  relay: true;
  method: string;
  /** Path below the deployment, `/api/users?x=1`. */
  path: string;
  headers: [string, string][];
  body: ArrayBuffer;
}

interface Options {
  base: string;
  /** A newer build is installed and waits. */
  onUpdate: () => void;
  /** Performs a command on the backend. */
  call: (command: HostCommand) => Promise<unknown>;
}

/** Resolves to a handle that applies a waiting update; to null where service workers are not available. */
export async function registerServiceWorker(options: Options): Promise<{ applyUpdate: () => void } | null> {
  if (!('serviceWorker' in navigator)) return null;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.data === 'listening?') (event.source as ServiceWorker | null)?.postMessage('listening');
    if (port && isRelayed(event.data)) void answer(event.data, options.call).then((response) => port.postMessage(response));
  });
  serviceWorker.controller?.postMessage('listening');
  try {
    const registration = await serviceWorker.register(new URL('sw.js', options.base), { updateViaCache: 'none' });
    const watch = (worker: ServiceWorker | null): void =>
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && serviceWorker.controller) options.onUpdate();
      });
    if (registration.waiting && serviceWorker.controller) options.onUpdate();
    registration.addEventListener('updatefound', () => watch(registration.installing));
    // A hard reload leaves the page without its controller.
    if (!serviceWorker.controller) registration.active?.postMessage('claim');
    return {
      applyUpdate() {
        serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
        registration.waiting?.postMessage('activate');
      },
    };
  } catch {
    // Blocked cookies or an embedding page: everything works but offline starts and DevTools requests.
    return null;
  }
}

function isRelayed(data: unknown): data is RelayedRequest {
  return typeof data === 'object' && data !== null && (data as { relay?: unknown }).relay === true;
}

async function answer(request: RelayedRequest, call: Options['call']): Promise<WireResponse> {
  const { method, path, headers, body } = request;
  try {
    return (await call({ do: 'send', request: { method, url: `http://localhost:4000${path}`, headers, body: new Uint8Array(body) } })) as WireResponse;
  } catch (error) {
    const message = (error as { message?: string }).message ?? String(error);
    const text = JSON.stringify({ error: `The backend in the page did not answer: ${message}` });
    return { status: 503, statusMessage: 'Service Unavailable', headers: [['content-type', 'application/json']], body: new TextEncoder().encode(text), ms: 0 };
  }
}
