/**
 * Runs tutorials' servers, unchanged, in real Node and in a sandbox, and prints what came of each as a table:
 *
 *     node run.mjs <packaged runtime> <folder with checkouts, named by repository and commit>
 *
 * Both answer the same requests and must give the same status, headers and bytes. The packages have the versions of packs/, Express
 * among them, whatever the tutorial's own package.json says. Ends with 1 when anything differs.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromSandbox, pair } from '../../runtime/test/oracle/answers.mjs';
import { startNode, workFolder, writeProject } from '../../runtime/test/oracle/node.mjs';

const [, , folder, checkouts] = process.argv;
const { createSandbox } = await import(pathToFileURL(join(folder, 'index.js')).href);
const tutorials = JSON.parse(readFileSync(new URL('list.json', import.meta.url), 'utf8'));

/** When both are asked: in Node the clock stands still. */
const NOW = '2026-01-05T09:00:00.000Z';

/** The text files of a tutorial; a sandbox holds no others. */
function textsIn(path, prefix = '') {
  const files = {};
  for (const name of readdirSync(path)) {
    if (name === '.git' || name === 'node_modules') continue;
    const inner = join(path, name);
    if (statSync(inner).isDirectory()) Object.assign(files, textsIn(inner, `${prefix}${name}/`));
    else {
      const bytes = readFileSync(inner);
      if (!bytes.includes(0)) files[prefix + name] = bytes.toString('utf8');
    }
  }
  return files;
}

/** `'GET /'` or an object with `request` and what goes with it. */
function messageOf(given, answers) {
  const { request, headers = {}, json, form, text, upload, bearer } = typeof given === 'string' ? { request: given } : given;
  const [method, path] = request.split(' ');
  const all = { Host: 'localhost:3000', 'User-Agent': 'tutorial', Accept: '*/*', ...headers };
  let body = text;
  if (json !== undefined) [body, all['Content-Type']] = [JSON.stringify(json), 'application/json'];
  if (form !== undefined) [body, all['Content-Type']] = [form, 'application/x-www-form-urlencoded'];
  if (upload !== undefined) {
    body = `--XX\r\nContent-Disposition: form-data; name="${upload.name}"; filename="${upload.file}"\r\nContent-Type: ${upload.type}\r\n\r\n${upload.text}\r\n--XX--\r\n`;
    all['Content-Type'] = 'multipart/form-data; boundary=XX';
  }
  if (bearer) all.Authorization = `Bearer ${JSON.parse(Buffer.from(answers.at(-1).body).toString()).token}`;
  if (body !== undefined || /^P/.test(method)) all['Content-Length'] = String(Buffer.byteLength(body ?? ''));
  return { method, path, headers: Object.entries(all), ...(body ? { body } : {}) };
}

async function compare({ repository, commit, folder: inner = '', entry, port = 3000, env = {}, requests }, work) {
  const files = textsIn(join(checkouts, `${repository.replace('/', '+')}-${commit}`, inner));
  const place = writeProject(work, files);
  const real = await startNode(place, [entry], { env: { NOW, ...env } });
  const own = await createSandbox({ files, entry, env, clock: 'virtual', now: NOW, seed: 'tutorial' });
  try {
    const started = await own.start();
    if (!real.ports.has(port)) return [`Node: does not listen on ${port}. ${real.printed.trim().split('\n').find((line) => /Error/.test(line)) ?? ''}`];
    if (started.error) return [`does not start: ${started.error.message}`];
    const differences = [];
    const answers = [];
    for (const given of requests) {
      const sent = messageOf(given, answers);
      const [expected, answer] = [await real.ask(port, sent), await own.send({ ...sent, url: `http://localhost:${port}${sent.path}` })];
      answers.push(expected);
      // Files get their time when a project is opened.
      const ignore = answer.headers.some(([name]) => name === 'Last-Modified') ? ['etag', 'last-modified'] : [];
      const [got, wanted] = pair(fromSandbox(answer), expected, { method: sent.method, ignore, text: (body) => body.replaceAll(place, '/app') });
      if (!isDeepStrictEqual(got, wanted)) differences.push(`${sent.method} ${sent.path}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
    }
    return differences;
  } finally {
    await real.stop();
    await own.close();
  }
}

const work = workFolder([new URL('node_modules', import.meta.url)]);
let failed = false;
console.log('| Tutorial | Commit | Program | Requests | Result |\n| --- | --- | --- | --- | --- |');
for (const tutorial of tutorials) {
  const { repository, commit, folder: inner, entry, requests } = tutorial;
  const differences = await compare(tutorial, work.folder);
  for (const difference of differences) console.error(`${repository} ${inner ?? ''}: ${difference}`);
  failed ||= differences.length > 0;
  const result = differences.length === 0 ? 'as in Node' : `${differences.length} differ`;
  console.log(`| [${repository}](https://github.com/${repository}) | ${commit.slice(0, 8)} | ${inner ? `${inner}/` : ''}${entry} | ${requests.length} | ${result} |`);
}
work.remove();
process.exitCode = failed ? 1 : 0;
