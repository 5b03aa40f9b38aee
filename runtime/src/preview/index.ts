/** The script of `preview.html`: shows a page of the learner's server in an opaque origin without a network. */
import { confine } from '../frame/confine';
import { page } from '../frame/page';
import { withAssets } from './assets';
import { captureNavigation } from './navigation';
import type { PreviewCommand } from './protocol';
import { fetchFrom, hearResponses, tell } from './requests';

function captureConsole(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      tell({ preview: 'console', level, text: values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ') });
    };
  }
}

function captureErrors(): void {
  addEventListener('error', (event) => tell({ preview: 'console', level: 'error', text: event.message }));
  addEventListener('unhandledrejection', (event) => tell({ preview: 'console', level: 'error', text: `Uncaught (in promise) ${String(event.reason)}` }));
}

async function show(url: string, html: string): Promise<void> {
  globalThis.fetch = fetchFrom(url);
  const shown = await withAssets(html, url);
  tell({ preview: 'title', title: shown.title });
  document.open();
  // Opening the document took every listener away (HTML Standard, document open steps).
  hearResponses();
  captureErrors();
  captureNavigation(url);
  document.write(`<!doctype html>${shown.documentElement.outerHTML}`);
  document.close();
}

confine();
captureConsole();
hearResponses();
addEventListener('message', (event: MessageEvent<PreviewCommand>) => {
  if (event.source === page && event.data.preview === 'show') void show(event.data.url, event.data.html);
});
tell({ preview: 'ready' });
