/** `fetch` of learner code: virtual servers and scripted third parties, nothing else. */
import type { HeaderList } from '../protocol';
import { arrivalOf, type Arrival } from './arrival';
import { MOCK_PORT } from './backend';
import type { Program } from './program';
import { withHeaders } from './web';

interface Init extends RequestInit {
  duplex?: 'half';
}

const encoder = new TextEncoder();
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const BODY_METHODS = ['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes'] as const;

function fetchFailed(message: string, cause: object): TypeError {
  return Object.assign(new TypeError(message), { cause });
}

/** `fetch` for one program. */
export function makeFetch(program: Program): Record<string, unknown> {
  const { world } = program;

  /** What an answer says of itself, also its clones; and while its body is read the program is not idle. */
  function held(answer: Response, arrival: Arrival, facts: Record<string, unknown>): Response {
    const { clone } = answer;
    const read = async (native: () => Promise<unknown>): Promise<unknown> => {
      if (answer.bodyUsed || answer.body?.locked) throw new TypeError('Body is unusable: Body has already been read');
      const work = native.call(answer);
      if (!arrival.isOver) {
        // Until all has come time may pass; then it is the platform's work.
        work.catch(() => undefined);
        await arrival.over;
      }
      try {
        return await program.hold(work);
      } catch (error) {
        // Browsers have one error for all that may have gone wrong.
        throw arrival.failure ?? error;
      }
    };
    for (const name of BODY_METHODS) {
      const native = (answer as unknown as Record<string, (() => Promise<unknown>) | undefined>)[name];
      if (native) Object.defineProperty(answer, name, { value: () => read(native), configurable: true, writable: true });
    }
    for (const [name, value] of Object.entries(facts)) Object.defineProperty(answer, name, { value, configurable: true });
    Object.defineProperty(answer, 'clone', { value: () => held(clone.call(answer), arrival, facts), configurable: true, writable: true });
    return answer;
  }

  function locate(input: string): URL {
    if (/^\/api(\/|\?|$)/.test(input) && world.store.exists) return new URL(input, `http://localhost:${MOCK_PORT}`);
    try {
      return new URL(input);
    } catch {
      throw fetchFailed(`Failed to parse URL from ${input}`, Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input }));
    }
  }

  async function fetch(input: string | URL | Request, init: Init = {}): Promise<Response> {
    const isRequest = input instanceof Request;
    const url = locate(isRequest ? input.url : String(input));
    const method = (init.method ?? (isRequest ? input.method : 'GET')).toUpperCase();
    const headers = new Headers(init.headers ?? (isRequest ? input.headers : undefined));
    const signal = init.signal ?? (isRequest ? input.signal : undefined) ?? undefined;
    const given = init.body ?? undefined;
    if ((method === 'GET' || method === 'HEAD') && given !== undefined) throw new TypeError('Request with GET/HEAD method cannot have body.');
    let body: Uint8Array = new Uint8Array();
    if (typeof given === 'string') {
      body = encoder.encode(given);
      if (!headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8');
    } else if (given instanceof URLSearchParams) {
      body = encoder.encode(String(given));
      if (!headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    } else if (given instanceof Uint8Array) body = given.slice();
    else if (given !== undefined || (isRequest && input.body)) {
      const carrier = given === undefined ? (input as Request) : new Request(url, { method, body: given, duplex: 'half' } as RequestInit);
      const type = carrier.headers.get('content-type');
      body = new Uint8Array(await program.hold(carrier.arrayBuffer()));
      if (type && !headers.has('content-type')) headers.set('content-type', type);
    }
    return follow(url, method, headers, body, init.redirect ?? (isRequest ? input.redirect : 'follow'), signal, 0);
  }

  async function follow(url: URL, method: string, headers: Headers, body: Uint8Array, redirect: RequestRedirect, signal: AbortSignal | undefined, hops: number): Promise<Response> {
    const defaults: HeaderList = [['host', url.host], ['connection', 'keep-alive']];
    const list: HeaderList = [...defaults, ...headers];
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node']] as const) {
      if (!headers.has(name)) list.push([name, value]);
    }
    if (!headers.has('content-length') && (body.length > 0 || /^(POST|PUT|PATCH)$/.test(method))) list.push(['content-length', String(body.length)]);
    const arrival = await arrivalOf(program, { method, url, headers: list, body, signal });
    const { status, statusMessage } = arrival;
    const location = arrival.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (REDIRECTS.has(status) && location !== undefined && redirect !== 'manual') {
      if (redirect === 'error') throw fetchFailed('fetch failed', new Error('unexpected redirect'));
      if (hops >= 20) throw fetchFailed('fetch failed', new Error('redirect count exceeded'));
      // Nobody reads the rest.
      if (!arrival.isOver) arrival.body.cancel().catch(() => {});
      const changes = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
      if (changes) for (const name of ['content-type', 'content-length']) headers.delete(name);
      return follow(new URL(location, url), changes ? 'GET' : method, headers, changes ? new Uint8Array() : body, redirect, signal, hops + 1);
    }
    const isEmpty = method === 'HEAD' || [101, 204, 205, 304].includes(status);
    const answer = new Response(isEmpty ? null : arrival.body, { status, statusText: statusMessage, headers: arrival.headers });
    return held(withHeaders(answer, arrival.headers), arrival, { url: url.href, redirected: hops > 0, type: 'basic' });
  }

  return { fetch: (input: string | URL | Request, init?: Init) => fetch(input, init) };
}
