/** Styles, scripts and images of a previewed page, fetched from the learner's server and put into the page. */
import type { WireResponse } from '../protocol';
import { send } from './requests';

/** Returns the document with everything that its server serves put in place. */
export async function withAssets(html: string, base: string): Promise<Document> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  // No policy covers these: a browser looks up the hosts that links name, and connects to those that hints name.
  page.head.insertAdjacentHTML('afterbegin', '<meta http-equiv="x-dns-prefetch-control" content="off">');
  for (const hint of page.querySelectorAll('link[rel~="preconnect" i], link[rel~="dns-prefetch" i]')) hint.remove();
  await Promise.all([
    ...each(page, 'link[rel~="stylesheet"][href]', 'href', base, (link, answer) => {
      const style = page.createElement('style');
      style.textContent = text(answer);
      link.replaceWith(style);
    }),
    ...each(page, 'script[src]', 'src', base, (script, answer) => {
      // An address keeps `defer` and `async`, which mean nothing to a script without one.
      script.setAttribute('src', address(answer));
    }),
    ...each(page, 'img[src]', 'src', base, (image, answer) => {
      image.setAttribute('src', address(answer));
    }),
  ]);
  return page;
}

function each(page: Document, selector: string, attribute: string, base: string, place: (element: Element, answer: WireResponse) => void): Promise<void>[] {
  return [...page.querySelectorAll(selector)]
    .filter((element) => !/^(data|blob):/.test(element.getAttribute(attribute) ?? ''))
    .map(async (element) => {
      const url = new URL(element.getAttribute(attribute) ?? '', base).href;
      const answer = await send({ method: 'GET', url, headers: [] });
      if (answer.status >= 200 && answer.status < 300) place(element, answer);
    });
}

/** An address for the answer's body, of the answer's type. */
function address(answer: WireResponse): string {
  return URL.createObjectURL(new Blob([answer.body as Uint8Array<ArrayBuffer>], { type: header(answer, 'content-type') }));
}

function text(answer: WireResponse): string {
  return new TextDecoder().decode(answer.body);
}

function header(answer: WireResponse, name: string): string {
  return answer.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}
