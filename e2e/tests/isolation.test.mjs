/** Learners' code reaches nothing: no other host, not the page's own, nothing that belongs to the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempts, names } from '../lib/attempts.mjs';
import { elsewhere } from '../lib/elsewhere.mjs';
import { person } from '../lib/person.mjs';
import { hello, previewed, responseOf, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';
/** What the browser says of everything that it stops. */
const REFUSALS = /^console: |^uncaught: |^third party: |^failed: /;

/** A visit with another host to send things to; neither that host nor the page's own may hear of an attempt. */
const guarded = (flow) => async () => {
  const other = await elsewhere();
  try {
    await visit({ path: LESSON, allow: REFUSALS }, async (visitor) => {
      const { page, site } = visitor;
      await plant(page);
      await flow({ ...visitor, own: `${site.url}leaked/`, other: other.url, nowhere: () => assert.deepEqual(leaked(site, other), []) });
      await page.evaluate(() => document.title);
      assert.equal(page.url(), site.url + LESSON, 'the page stays where it is');
      assert.deepEqual(leaked(site, other), []);
    });
  } finally {
    other.close();
  }
};

const leaked = (site, other) => [...other.asked, ...site.asked.filter((path) => path.includes('leaked'))];

/** Puts something into every store of the page. */
async function plant(page) {
  await page.evaluate(async () => {
    localStorage.setItem('secret', 'secret');
    document.cookie = 'secret=secret; path=/';
    await new Promise((done) => (indexedDB.open('secret').onsuccess = done));
    await caches.open('secret');
  });
}

const refused = (outcome) => assert.deepEqual(Object.entries(outcome).filter(([, ended]) => ended !== 'refused'), []);

test('the attempts are real: from an unguarded page each arrives', async () => {
  const [plain, other] = [await elsewhere(), await elsewhere()];
  const someone = await person();
  try {
    const page = await someone.tab(plain.url);
    for (const kind of ['worker', 'document']) {
      other.asked.length = 0;
      const text = attempts(kind, other.url, {});
      if (kind === 'document') await page.evaluate(text);
      else await page.evaluate(`new Promise((done) => { new Worker(URL.createObjectURL(new Blob([${JSON.stringify(`${text}.then(() => postMessage(0))`)}]))).onmessage = done; })`);
      const arrived = () => [...new Set(other.asked.map((path) => path.slice(1)))].sort();
      for (let turn = 0; turn < 50 && arrived().length < names(kind).length; turn += 1) await page.waitForTimeout(100);
      assert.deepEqual(arrived(), names(kind));
    }
  } finally {
    await someone.leave();
    plain.close();
    other.close();
  }
});

test('a program reaches nothing', guarded(async ({ page, own, other }) => {
  await write(page, program(own, other));
  await runServer(page);
  await send(page, 'GET', 'http://localhost:3000/');
  await shows(responseOf(page), 'Not refused: none.');
}));

test('the worker and its frame reach nothing', guarded(async ({ page, own, other }) => {
  await write(page, `process.on('unhandledRejection', () => {});\n${hello('Still here')}`);
  await runServer(page);
  const [frame] = inner(page, 'sandbox.html');
  const worker = page.workers().at(0);
  for (const address of [own, other]) {
    refused(await worker.evaluate(attempts('worker', address)));
    refused(await frame.evaluate(attempts('document', address)));
  }
  await send(page, 'GET', 'http://localhost:3000/');
  await shows(responseOf(page), 'Still here');
}));

test('a previewed page reaches nothing but its own server', guarded(async ({ page, own, other }) => {
  await write(page, preview(own, other));
  await runServer(page);
  await tool(page, 'Preview');
  await shows(previewed(page).locator('#outcome'), 'Not refused: none.');
}));

test('a previewed page sends nothing above or beside itself', guarded(async ({ page, own, other }) => {
  const frame = await open(page);
  for (const address of [own, other]) {
    await frame.evaluate((url) => {
      const put = (html) => document.body.appendChild(document.createRange().createContextualFragment(html).firstChild);
      // The preview's own handling of links and forms must not be what keeps them in.
      addEventListener('click', (event) => event.stopImmediatePropagation(), true);
      addEventListener('submit', (event) => event.stopImmediatePropagation(), true);
      for (const target of ['_top', '_parent', '_blank']) {
        put(`<a href="${url}${target}" target="${target}">x</a>`).click();
        put(`<form action="${url}${target}" target="${target}"></form>`).requestSubmit();
      }
      for (const message of [{ frame: 'ready' }, { frame: 'broken', worker: 1, message: 'forged' }, { preview: 'unheard' }, { relay: true }]) {
        top.postMessage(message, '*');
      }
      for (let number = 0; number < top.length; number += 1) {
        const sibling = top[number][0];
        sibling.postMessage({ frame: 'terminate', worker: 1 }, '*');
        try {
          if (sibling !== window) sibling.location = url;
        } catch {
          // As it should be; the guard looks at what arrived.
        }
      }
    }, address);
  }
  await send(page, 'GET', 'http://localhost:3000/');
  await shows(responseOf(page), 'Here');
  assert.equal(await page.getByText('forged').count(), 0);
}));

test('a previewed page holds no frame, where WebRTC would be found again', guarded(async ({ page, other }) => {
  const frame = await open(page);
  const script = 'parent.postMessage(typeof RTCPeerConnection, "*")';
  const heard = await frame.evaluate(async ([script, url]) => {
    const messages = [];
    addEventListener('message', ({ data }) => messages.push(data));
    const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
    for (const place of [document.body, root]) {
      for (const attributes of [{ srcdoc: `<script>${script}</script>` }, { src: `javascript:${script}` }, { src: url }]) {
        place.append(Object.assign(document.createElement('iframe'), attributes));
      }
    }
    await Promise.resolve();
    const left = length;
    await new Promise((done) => setTimeout(done, 500));
    return { left, messages, here: typeof RTCPeerConnection };
  }, [script, other]);
  assert.deepEqual(heard, { left: 0, messages: [], here: 'undefined' });
}));

for (const [how, leave] of Object.entries({
  assignment: (url) => void (location = url),
  replacement: (url) => location.replace(url),
  refresh: (url) => document.head.insertAdjacentHTML('beforeend', `<meta http-equiv="refresh" content="0; url=${url}">`),
  area: (url) => {
    document.body.insertAdjacentHTML('beforeend', `<map><area id="area" href="${url}"></map>`);
    document.getElementById('area').click();
  },
  form: (url) => {
    addEventListener('submit', (event) => event.stopImmediatePropagation(), true);
    document.body.insertAdjacentHTML('beforeend', `<form id="form" action="${url}"></form>`);
    document.getElementById('form').requestSubmit();
  },
})) {
  test(`no frame leaves by ${how}`, guarded(async ({ page, own, other, nowhere }) => {
    for (const address of [own, other]) {
      const text = `(${leave})(${JSON.stringify(address)})`;
      const previewing = await open(page);
      await previewing.evaluate(text).catch(() => {});
      await page.getByText('The page went away').waitFor();
      nowhere();

      const [frame] = inner(page, 'sandbox.html');
      const outer = frame.parentFrame();
      await outer.evaluate(() => addEventListener('securitypolicyviolation', (event) => (window.stopped = event.effectiveDirective)));
      await frame.evaluate(text).catch(() => {});
      // Forms do nothing at all where the sandbox does not allow them.
      if (how !== 'form') assert.equal(await (await outer.waitForFunction(() => window.stopped)).jsonValue(), 'frame-src');
      nowhere();
      await page.reload();
    }
  }));
}

/** Runs a server, and resolves to the frame that previews its page. */
async function open(page) {
  await write(page, hello('Here'));
  await runServer(page);
  await tool(page, 'Preview');
  await previewed(page).getByText('Here').waitFor();
  return inner(page, 'preview.html')[0];
}

/** The frames with an opaque origin inside the pages named `file`. */
const inner = (page, file) => page.frames().filter((frame) => frame.parentFrame()?.url().endsWith(`/${file}`));

/** A learner's server that makes all attempts, with the real globals of its worker, and answers how they ended. */
const program = (own, other) => `const express = require('express');
const outside = (text) => (0, eval)(text);
process.on('unhandledRejection', () => {});
const ended = Promise.all([outside(${JSON.stringify(attempts('worker', own))}), outside(${JSON.stringify(attempts('worker', other))})]);
const app = express();
app.get('/', async (req, res) => {
  const rest = (await ended).flatMap(Object.entries).filter(([, how]) => how !== 'refused');
  res.send('Not refused: ' + (rest.join('; ') || 'none') + '.');
});
app.listen(3000);
`;

/** A learner's server whose page makes all attempts, and shows how they ended. */
const preview = (own, other) => `const express = require('express');
const app = express();
const page = ${JSON.stringify(
  `<!doctype html><p id="outcome">Trying.</p><script>
Promise.all([${attempts('document', own)}, ${attempts('document', other)}]).then((both) => {
  const rest = both.flatMap(Object.entries).filter(([, how]) => how !== 'refused');
  document.getElementById('outcome').textContent = 'Not refused: ' + (rest.join('; ') || 'none') + '.';
});
</script>`,
)};
app.get('/', (req, res) => res.send(page));
app.listen(3000);
`;
