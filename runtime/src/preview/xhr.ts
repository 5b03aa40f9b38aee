/** `XMLHttpRequest` as the previewed page sees it: it asks through the page that holds the frame, as `fetch` does. */
import type { HeaderList, WireRequest, WireResponse } from '../protocol';
import { send } from './requests';

type State = 0 | 1 | 2 | 3 | 4;
type Handler = ((event: Event) => void) | null;
type Progress = 'loadstart' | 'progress' | 'load' | 'loadend' | 'error' | 'abort' | 'timeout';

/** What a request and its upload have in common (XMLHttpRequestEventTarget). */
class ProgressTarget extends EventTarget {
  onloadstart: Handler = null;
  onprogress: Handler = null;
  onload: Handler = null;
  onloadend: Handler = null;
  onerror: Handler = null;
  onabort: Handler = null;
  ontimeout: Handler = null;

  /** `loaded` in bytes, which is all there is. */
  fire(type: Progress, loaded: number): void {
    const event = new ProgressEvent(type, { loaded, total: loaded, lengthComputable: loaded > 0 });
    this.addEventListener(type, (heard) => this[`on${type}`]?.(heard), { once: true });
    this.dispatchEvent(event);
  }
}

/** Relative addresses are resolved against `base`. */
export function xhrFrom(base: string): typeof XMLHttpRequest {
  class PreviewRequest extends ProgressTarget {
    static readonly UNSENT = 0;
    static readonly OPENED = 1;
    static readonly HEADERS_RECEIVED = 2;
    static readonly LOADING = 3;
    static readonly DONE = 4;

    readonly UNSENT = 0;
    readonly OPENED = 1;
    readonly HEADERS_RECEIVED = 2;
    readonly LOADING = 3;
    readonly DONE = 4;

    onreadystatechange: Handler = null;

    readyState: State = 0;
    responseType: XMLHttpRequestResponseType = '';
    timeout = 0;
    withCredentials = false;
    readonly responseXML = null;
    readonly upload = new ProgressTarget();

    private request: WireRequest = { method: 'GET', url: base, headers: [] };
    private headers = new Headers();
    private answer: WireResponse | undefined;
    private parsed: unknown;
    /** Grows with each request, so that an answer to one that was given up is not heard. */
    private turn = 0;
    private isSent = false;
    private timer: ReturnType<typeof setTimeout> | undefined;

    get status(): number {
      return this.answer?.status ?? 0;
    }

    get statusText(): string {
      return this.answer?.statusMessage ?? '';
    }

    get responseURL(): string {
      return this.answer ? this.request.url : '';
    }

    get responseText(): string {
      if (this.responseType !== '' && this.responseType !== 'text') {
        throw new DOMException(`responseText is only there for text, and responseType is '${this.responseType}'.`, 'InvalidStateError');
      }
      return this.answer ? textOf(this.answer) : '';
    }

    get response(): unknown {
      if (this.responseType === '' || this.responseType === 'text') return this.responseText;
      if (!this.answer) return null;
      this.parsed ??= read(this.responseType, this.answer);
      return this.parsed;
    }

    open(method: string, url: string | URL, async = true): void {
      if (!async) throw new DOMException('A preview has no synchronous XMLHttpRequest. Leave out the third argument of open(), or use fetch.', 'InvalidAccessError');
      this.giveUp();
      this.request = { method: method.toUpperCase(), url: new URL(url, base).href, headers: [] };
      this.headers = new Headers();
      this.become(1);
    }

    setRequestHeader(name: string, value: string): void {
      this.mustBeOpen();
      this.headers.append(name, value);
    }

    send(body: XMLHttpRequestBodyInit | null = null): void {
      this.mustBeOpen();
      const turn = this.turn;
      this.isSent = true;
      if (this.timeout > 0) this.timer = setTimeout(() => this.fail('timeout'), this.timeout);
      this.tell('loadstart');
      const ifWanted = (then: () => void): void => {
        if (turn === this.turn) then();
      };
      void this.ask(body, ifWanted).then(
        (answer) => ifWanted(() => this.receive(answer, ifWanted)),
        () => ifWanted(() => this.fail('error')),
      );
    }

    abort(): void {
      if (this.isSent && this.readyState < 4) this.fail('abort');
      if (this.readyState === 4) this.readyState = 0;
    }

    /** A real one only changes how the body is read; the server's type is kept here. */
    overrideMimeType(): void {}

    getResponseHeader(name: string): string | null {
      return this.received().get(name);
    }

    getAllResponseHeaders(): string {
      return [...this.received()].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    private received(): Headers {
      const headers = new Headers(this.answer?.headers);
      headers.delete('set-cookie');
      return headers;
    }

    private async ask(body: XMLHttpRequestBodyInit | null, ifWanted: (then: () => void) => void): Promise<WireResponse> {
      if (body === null || ['GET', 'HEAD'].includes(this.request.method)) return send({ ...this.request, headers: [...this.headers] });
      const encoded = new Response(body);
      const type = encoded.headers.get('content-type');
      if (type !== null && !this.headers.has('content-type')) this.headers.set('content-type', type);
      const headers: HeaderList = [...this.headers];
      const request = { ...this.request, headers, body: new Uint8Array(await encoded.arrayBuffer()) };
      ifWanted(() => this.upload.fire('loadstart', 0));
      const answer = await send(request);
      for (const told of ['progress', 'load', 'loadend'] as const) ifWanted(() => this.upload.fire(told, request.body.length));
      return answer;
    }

    /** What hears of one step may give the request up: nothing is told after that. */
    private receive(answer: WireResponse, ifWanted: (then: () => void) => void): void {
      if (answer.status === 0) return this.fail('error');
      clearTimeout(this.timer);
      this.answer = answer;
      const steps = [
        () => this.become(2),
        () => this.become(3),
        () => this.tell('progress'),
        () => this.become(4),
        () => this.tell('load'),
        () => this.tell('loadend'),
      ];
      for (const step of steps) ifWanted(step);
    }

    private fail(why: 'error' | 'abort' | 'timeout'): void {
      this.giveUp();
      this.become(4);
      this.tell(why);
      this.tell('loadend');
    }

    private giveUp(): void {
      clearTimeout(this.timer);
      this.turn += 1;
      this.isSent = false;
      this.answer = undefined;
      this.parsed = undefined;
    }

    private mustBeOpen(): void {
      if (this.readyState !== 1 || this.isSent) throw new DOMException("The object's state must be OPENED.", 'InvalidStateError');
    }

    private become(state: State): void {
      this.readyState = state;
      this.addEventListener('readystatechange', (heard) => this.onreadystatechange?.(heard), { once: true });
      this.dispatchEvent(new Event('readystatechange'));
    }

    private tell(type: Progress): void {
      this.fire(type, this.answer?.body.length ?? 0);
    }
  }
  return PreviewRequest as unknown as typeof XMLHttpRequest;
}

function read(type: XMLHttpRequestResponseType, { body, headers }: WireResponse): unknown {
  const bytes = body as Uint8Array<ArrayBuffer>;
  if (type === 'arraybuffer') return bytes.slice().buffer;
  if (type === 'blob') return new Blob([bytes], { type: new Headers(headers).get('content-type') ?? '' });
  if (type !== 'json') return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** In the charset that the server names, as far as the browser knows it. */
function textOf({ body, headers }: WireResponse): string {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(new Headers(headers).get('content-type') ?? '')?.[1];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
