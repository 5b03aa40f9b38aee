/** `fetch`, links and forms of a previewed page, sent through the page that holds the frame. */
import { page, tellPage } from '../frame/page';
import type { HeaderList, WireRequest, WireResponse } from '../protocol';
import type { PreviewCommand, PreviewEvent } from './protocol';

const waiting = new Map<number, (answer: never) => void>();
let requests = 0;
let answered = async (): Promise<void> => {};

export const tell = (event: PreviewEvent): void => tellPage(event);

/** Hears the page's answers. To be called again after `document.open`, which takes every listener away. */
export function hearResponses(): void {
  addEventListener('message', (event: MessageEvent<PreviewCommand>) => {
    if (event.source !== page || event.data.preview === 'show') return;
    const answer = event.data.preview === 'response' ? event.data.response : event.data.cookies;
    waiting.get(event.data.id)?.(answer as never);
    waiting.delete(event.data.id);
  });
}

/** Sends a request through the page. */
export async function send(request: WireRequest): Promise<WireResponse> {
  const response = await ask<WireResponse>((id) => ({ preview: 'request', id, request }));
  await answered();
  return response;
}

/** Calls back after each answer, before whoever asked hears of it. */
export function onAnswer(call: () => Promise<void>): void {
  answered = call;
}

/** `document.cookie` of the page at `url`, after it was assigned `set`. */
export function askCookies(url: string, set?: string): Promise<string> {
  return ask<string>((id) => ({ preview: 'cookies', id, url, ...(set === undefined ? {} : { set }) }));
}

function ask<Answer>(event: (id: number) => PreviewEvent): Promise<Answer> {
  requests += 1;
  const id = requests;
  return new Promise((resolve: (answer: Answer) => void) => {
    waiting.set(id, resolve);
    tell(event(id));
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
