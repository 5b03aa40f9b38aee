/** Links and forms of a previewed page: each asks the page to load the frame again with the answer. */
import type { WireRequest } from '../protocol';
import { formRequest, PAGE_HEADERS, said } from './form';
import { tell } from './requests';

/** To be called again after `document.open`, which takes every listener away. */
export function captureNavigation(base: string): void {
  const go = (request: WireRequest): void => tell({ preview: 'navigate', request });
  const submit = (form: HTMLFormElement, submitter: HTMLElement | null): void => void formRequest(form, submitter, base).then(go);
  // On the window, so that the page's own listeners come first.
  addEventListener('click', (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    const href = link.getAttribute('href') ?? '';
    if (/^\s*javascript:/i.test(href)) return;
    event.preventDefault();
    // A document of `srcdoc` resolves addresses against the page around it, fragments too.
    if (href.startsWith('#')) location.hash = href;
    else go({ method: 'GET', url: new URL(href, base).href, headers: PAGE_HEADERS });
  });
  addEventListener('submit', (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || said(form, event.submitter, 'method').toLowerCase() === 'dialog') return;
    event.preventDefault();
    submit(form, event.submitter);
  });
  // Fires no `submit` event (HTML Standard, 4.10.21.3).
  HTMLFormElement.prototype.submit = function submitted(this: HTMLFormElement) {
    submit(this, null);
  };
}
