/** The script of `preview.html`: shows a page of the learner's server in an opaque origin without a network. */
import { confine } from '../frame/confine';
import { page } from '../frame/page';
import { withAssets } from './assets';
import { captureConsole, captureErrors } from './console';
import { captureNavigation } from './navigation';
import type { PreviewCommand } from './protocol';
import { fetchFrom, hearResponses, tell } from './requests';
import { tellOfStreams } from './streams';
import { xhrFrom } from './xhr';

async function show(url: string, html: string): Promise<void> {
  globalThis.fetch = fetchFrom(url);
  globalThis.XMLHttpRequest = xhrFrom(url);
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
tellOfStreams();
hearResponses();
addEventListener('message', (event: MessageEvent<PreviewCommand>) => {
  if (event.source === page && event.data.preview === 'show') void show(event.data.url, event.data.html);
});
tell({ preview: 'ready' });
