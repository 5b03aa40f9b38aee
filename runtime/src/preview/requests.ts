/** `fetch`, links and forms of a previewed page, sent through the page that holds the frame. */
import type { HeaderList, WireRequest, WireResponse } from '../protocol';
import type { PreviewCommand, PreviewEvent } from './protocol';

const waiting = new Map<number, (response: WireResponse) => void>();
let requests = 0;

export function tell(event: PreviewEvent): void {
  // An opaque origin cannot name its parent's.
  parent.postMessage(event, '*');
}

/** Hears the page's answers. To be called again after `document.open`, which takes every listener away. */
export function hearResponses(): void {
  addEventListener('message', (event: MessageEvent<PreviewCommand>) => {
    if (event.source !== parent || event.data.preview !== 'response') return;
    waiting.get(event.data.id)?.(event.data.response);
    waiting.delete(event.data.id);
  });
}

/** Sends a request through the page. */
export function send(request: WireRequest): Promise<WireResponse> {
  requests += 1;
  const id = requests;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ preview: 'request', id, request });
  });
}

/** `fetch` as the previewed page sees it; relative addresses are resolved against `base`. */
export function fetchFrom(base: string): typeof fetch {
  return async (input, init) => {
    const given = input instanceof Request ? input : undefined;
    const url = new URL(given ? given.url : String(input), base);
    const request = new Request(given ?? url, { ...init, signal: null });
    const headers: HeaderList = [...request.headers];
    const body = ['GET', 'HEAD'].includes(request.method) ? undefined : new Uint8Array(await request.arrayBuffer());
    const response = await send({ method: request.method, url: url.href, headers, ...(body ? { body } : {}) });
    if (response.status === 0) throw new TypeError('Failed to fetch');
    const empty = [204, 205, 304].includes(response.status);
    return new Response(empty ? null : (response.body as Uint8Array<ArrayBuffer>), {
      status: response.status,
      statusText: response.statusMessage,
      headers: response.headers,
    });
  };
}

/** Links and forms ask the page to load the frame again with the answer. */
export function captureNavigation(base: string): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    const href = link.getAttribute('href') ?? '';
    if (href.startsWith('#')) return;
    event.preventDefault();
    tell({ preview: 'navigate', request: { method: 'GET', url: new URL(href, base).href, headers: [] } });
  });
  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    tell({ preview: 'navigate', request: formRequest(form, event.submitter, base) });
  });
}

/** HTML form submission, `application/x-www-form-urlencoded` (HTML Standard, 4.10.21). */
function formRequest(form: HTMLFormElement, submitter: HTMLElement | null, base: string): WireRequest {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) fields.append(name, typeof value === 'string' ? value : value.name);
  const url = new URL(form.getAttribute('action') || base, base);
  const method = (form.getAttribute('method') ?? 'get').toUpperCase();
  if (method !== 'POST') {
    url.search = fields.toString();
    return { method: 'GET', url: url.href, headers: [] };
  }
  return { method, url: url.href, headers: [['content-type', 'application/x-www-form-urlencoded']], body: fields.toString() };
}
