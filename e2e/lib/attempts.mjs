/** Ways out of a sandbox. Each is a function of its own, whose text runs elsewhere: in a frame, a worker or a learner's program. */

/** Asks an address, from a worker or a document. */
const FROM_ANYWHERE = {
  fetch: (url) => fetch(url, { mode: 'no-cors' }),
  xhr: (url) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.onload = resolve;
      request.onerror = reject;
      request.open('GET', url);
      request.send();
    }),
  socket: (url) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace('http', 'ws'));
      socket.onopen = resolve;
      socket.onerror = reject;
    }),
  events: (url) =>
    new Promise((resolve, reject) => {
      const events = new EventSource(url);
      events.onopen = resolve;
      events.onerror = () => (events.close(), reject(new Error('refused')));
    }),
  module: (url) => import(url),
  datagram: (url) => new WebTransport(url.replace('http:', 'https:')).ready,
  font: (url) => new FontFace('elsewhere', `url(${url})`).load(),
  nested: (url) => askFromWorker(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`),
  nestedScript: (url) => askFromWorker(`new Promise((done) => done(importScripts(${JSON.stringify(url)})))`),
  deeper: (url) =>
    askFromWorker(
      `new Promise((done, fail) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['fetch(${JSON.stringify(url)}, { mode: "no-cors" }).then(() => postMessage("asked"), () => postMessage("refused"))'])));
        worker.onmessage = ({ data }) => (data === 'asked' ? done() : fail());
        worker.onerror = fail;
      })`,
    ),
};

const FROM_WORKER = { scripts: (url) => importScripts(url) };

/** Elements that load something, as HTML. The address stands for `URL`. */
const ELEMENTS = {
  image: '<img src="URL">',
  imageSet: '<img srcset="URL 1x">',
  picture: '<svg><image href="URL"/></svg>',
  video: '<video src="URL" preload="auto"></video>',
  audio: '<audio src="URL" preload="auto"></audio>',
  poster: '<video poster="URL"></video>',
  button: '<input type="image" src="URL">',
  object: '<object data="URL"></object>',
  embed: '<embed src="URL">',
  sheet: '<link rel="stylesheet" href="URL">',
  prefetch: '<link rel="prefetch" href="URL">',
  preload: '<link rel="preload" as="image" href="URL">',
  modulepreload: '<link rel="modulepreload" href="URL">',
  import: '<style>@import "URL";</style>',
  background: '<p style="background: url(URL)">text</p>',
};

const FROM_DOCUMENT = {
  beacon: (url) => {
    if (!navigator.sendBeacon(url, 'x')) throw new Error('refused');
  },
  script: (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, { src: url, onload: resolve, onerror: reject });
      document.head.append(script);
    }),
  ping: (url) => {
    const link = document.createElement('a');
    Object.assign(link, { href: '#here', target: '_blank', ping: url });
    link.addEventListener('click', (event) => event.stopPropagation());
    document.body.append(link);
    link.click();
  },
};

/** Reads what belongs to the page. A previewed page has a storage and cookies of its own: there the page's must not be in them. */
const READS = {
  localStorage: () => localStorage.getItem('secret').toString(),
  cookie: () => document.cookie.match(/secret=.*/)[0],
  cookieStore: async () => JSON.stringify(await cookieStore.getAll()),
  databases: async () => JSON.stringify(await indexedDB.databases()),
  caches: async () => JSON.stringify(await caches.keys()),
  files: async () => JSON.stringify(await Array.fromAsync((await navigator.storage.getDirectory()).keys())),
  locks: async () => JSON.stringify(await navigator.locks.query()),
  parent: () => parent.document.title,
  page: () => top.document.title,
  pageStorage: () => top.localStorage.getItem('secret'),
  pageScript: () => (top.location = 'javascript:document.title = "secret"'),
  pageAway: () => (top.location = 'about:blank'),
  parentAway: () => (parent.location = 'about:blank'),
  element: () => frameElement.ownerDocument.title,
  serviceWorker: () => navigator.serviceWorker.register('sw.js'),
  window: () => open('about:blank').document,
  peer: () => new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1' }] }),
};

/** Makes every attempt and answers how each ended: `refused`, or what it got. */
async function runAll({ address, requests, elements, reads, askFromWorker: ask }) {
  globalThis.askFromWorker = ask;
  const blocked = new Set();
  addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.add(blockedURI));
  const outcome = {};
  const attempt = async (name, run) => {
    try {
      outcome[name] = `got ${String(await run())}`;
    } catch {
      outcome[name] = 'refused';
    }
  };
  await Promise.all([
    ...Object.entries(requests).map(([name, run]) => attempt(name, () => run(address + name))),
    ...Object.entries(reads).map(([name, run]) => attempt(name, run)),
  ]);
  for (const [name, html] of Object.entries(elements)) document.body.insertAdjacentHTML('beforeend', html.replace('URL', address + name));
  // A load that the policy stops is reported in a task of its own. A style may be stopped before it loads anything; a sandbox has no plug-ins to report.
  const stopped = (name) => blocked.has(address + name) || (['import', 'background'].includes(name) && blocked.has('inline'));
  const reported = [...Object.keys(elements), 'beacon', 'ping'].filter((name) => (name in requests || name in elements) && !['object', 'embed'].includes(name));
  for (let turn = 0; turn < 50 && !reported.every(stopped); turn += 1) await new Promise((done) => setTimeout(done, 100));
  for (const name of reported) outcome[name] = stopped(name) ? 'refused' : 'not refused';
  return outcome;
}

/** Runs an expression in a blob worker. */
function askFromWorker(expression) {
  return new Promise((resolve, reject) => {
    const text = `${expression}.then(() => postMessage('asked'), () => postMessage('refused'))`;
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    worker.onmessage = ({ data }) => (data === 'asked' ? resolve(data) : reject(new Error(data)));
    worker.onerror = reject;
  });
}

const listed = (functions) => `{ ${Object.entries(functions).map(([name, run]) => `${name}: ${run}`).join(',\n')} }`;

const REQUESTS = { worker: { ...FROM_ANYWHERE, ...FROM_WORKER }, document: { ...FROM_ANYWHERE, ...FROM_DOCUMENT } };

/** The names of the attempts to ask an address from a `worker` or a `document`. */
export const names = (kind) => [...Object.keys(REQUESTS[kind]), ...(kind === 'document' ? Object.keys(ELEMENTS) : [])].sort();

/** The text of an expression that asks `address` in every way and reads what belongs to the page. It promises the outcome by name. */
export function attempts(kind, address, reads = READS) {
  const elements = kind === 'document' ? ELEMENTS : {};
  return `(${runAll})({
    address: ${JSON.stringify(address)},
    requests: ${listed(REQUESTS[kind])},
    elements: ${JSON.stringify(elements)},
    reads: ${listed(reads)},
    askFromWorker: ${askFromWorker},
  })`;
}
