/** The request that a form of a previewed page makes (HTML Standard, 4.10.21, "Form submission algorithm"). */
import type { WireRequest } from '../protocol';

/** Resolves to the request of `form`, whose action is resolved against `base`. */
export async function formRequest(form: HTMLFormElement, submitter: HTMLElement | null, base: string): Promise<WireRequest> {
  // A field named `action` hides the property, so attributes are read.
  const said = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const data = new FormData(form, submitter);
  const url = new URL(said('action') || base, base);
  if (said('method').toLowerCase() !== 'post') {
    url.search = urlencoded(data).toString();
    return { method: 'GET', url: url.href, headers: [] };
  }
  const encoded = new Response(body(data, said('enctype').toLowerCase()));
  return {
    method: 'POST',
    url: url.href,
    headers: [...encoded.headers],
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
