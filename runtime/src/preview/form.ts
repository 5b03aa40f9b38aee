/** The request that a form of a previewed page makes (HTML Standard, 4.10.21, "Form submission algorithm"). */
import type { WireRequest } from '../protocol';

/** What browsers say of the pages they ask for. */
export const PAGE_HEADERS: WireRequest['headers'] = [['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8']];

/** What the button that submits a form, or the form itself, says. A field named `action` hides the property, so attributes are read. */
export function said(form: HTMLFormElement, submitter: HTMLElement | null, name: 'action' | 'enctype' | 'method'): string {
  return submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
}

/** Resolves to the request of `form`, whose action is resolved against `base`. */
export async function formRequest(form: HTMLFormElement, submitter: HTMLElement | null, base: string): Promise<WireRequest> {
  const data = new FormData(form, submitter);
  const url = new URL(said(form, submitter, 'action') || base, base);
  if (said(form, submitter, 'method').toLowerCase() !== 'post') {
    url.search = urlencoded(data).toString();
    return { method: 'GET', url: url.href, headers: PAGE_HEADERS };
  }
  const encoded = new Response(body(data, said(form, submitter, 'enctype').toLowerCase()));
  return {
    method: 'POST',
    url: url.href,
    headers: [...PAGE_HEADERS, ...encoded.headers],
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}

function body(data: FormData, enctype: string): BodyInit {
  // The browser writes the boundary and the bytes of files.
  if (enctype === 'multipart/form-data') return data;
  if (enctype === 'text/plain') return new Blob([[...data].map(([name, value]) => `${name}=${text(value)}\r\n`).join('')], { type: enctype });
  return new Blob([urlencoded(data).toString()], { type: 'application/x-www-form-urlencoded' });
}

function urlencoded(data: FormData): URLSearchParams {
  return new URLSearchParams([...data].map(([name, value]) => [name, text(value)]));
}

/** Outside of `multipart/form-data` a file is its name. */
function text(value: FormDataEntryValue): string {
  return typeof value === 'string' ? value : value.name;
}
