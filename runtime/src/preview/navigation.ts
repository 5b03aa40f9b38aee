/** Links and forms of a previewed page: each asks the page to load the frame again with the answer. */
import type { WireRequest } from '../protocol';
import { tell } from './requests';

/** To be called again after `document.open`, which takes every listener away. */
export function captureNavigation(base: string): void {
  const go = (request: WireRequest): void => tell({ preview: 'navigate', request });
  // On the window, so that the page's own listeners come first.
  addEventListener('click', (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    const href = link.getAttribute('href') ?? '';
    if (/^\s*javascript:/i.test(href)) return;
    event.preventDefault();
    // A document of `srcdoc` resolves addresses against the page around it, fragments too.
    if (href.startsWith('#')) location.hash = href;
    else go({ method: 'GET', url: new URL(href, base).href, headers: [] });
  });
  addEventListener('submit', (event: SubmitEvent) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    go(formRequest(event.target as HTMLFormElement, event.submitter, base));
  });
  // Fires no `submit` event (HTML Standard, 4.10.21.3).
  HTMLFormElement.prototype.submit = function submit(this: HTMLFormElement) {
    go(formRequest(this, null, base));
  };
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
