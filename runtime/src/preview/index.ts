/** The script of `preview.html`: shows a page of the learner's server in an opaque origin without a network. */
import { confine } from '../frame/confine';
import { page } from '../frame/page';
import { withAssets } from './assets';
import { captureConsole, captureErrors } from './console';
import { giveCookies } from './cookies';
import { captureNavigation } from './navigation';
import type { PreviewCommand } from './protocol';
import { fetchFrom, hearResponses, tell } from './requests';
import { giveStorage } from './storage';
import { tellOfStreams } from './streams';
import { xhrFrom } from './xhr';

async function show({ url, html, kept = {} }: Extract<PreviewCommand, { preview: 'show' }>): Promise<void> {
  globalThis.fetch = fetchFrom(url);
  globalThis.XMLHttpRequest = xhrFrom(url);
  giveStorage(new URL(url).origin, kept);
  const [shown] = await Promise.all([withAssets(html, url), giveCookies(url)]);
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
  if (event.source === page && event.data.preview === 'show') void show(event.data);
});
tell({ preview: 'ready' });
