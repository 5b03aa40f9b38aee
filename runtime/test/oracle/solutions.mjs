/**
 * Solutions of the lessons in real Node: what their checks ask of a sandbox (`RECORDINGS`, a file that `cargo xtask test` writes,
 * one solution a line) is asked of the exported project there too, and both must answer and print the same.
 */
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { packDefines } from '../../build-packs.mjs';
import { built, createSandbox } from '../support.mjs';
import { fromSandbox, pair } from './answers.mjs';
import { fill, Ids, PORT } from './database.mjs';
import { startNode, workFolder, writeProject } from './node.mjs';

const source = (file) => JSON.stringify(fileURLToPath(new URL(`../../src/${file}.ts`, import.meta.url)));
const bundle = join(built, 'solutions.mjs');
await build({
  bundle: true, format: 'esm', define: packDefines, outfile: bundle, logLevel: 'error',
  stdin: { contents: `export * from ${source('project/index')}; export { prepare } from ${source('grader/request')}; export { databaseOf } from ${source('sandbox/connection-string')};`, resolveDir: built },
});
const { databaseOf, exportProject, importZip, prepare } = await import(pathToFileURL(bundle).href);

const recordings = readFileSync(process.env.RECORDINGS, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const NOW = '2026-01-05T09:00:00.000Z';
/** Headers in which solutions say how long they took. */
const MEASURED = ['x-response-time'];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const work = workFolder();
after(() => work.remove());

/** What was printed: stack frames are the engine's, and the folder is the machine's. */
const plain = (printed, folder = '/app') => printed.replaceAll(folder, '/app').replace(/^ {4}at .*\n/gm, '').replace(/\nNode\.js v.*\n/g, '\n').trimEnd();

/** The project as its export unpacks, on both sides. */
function unpacked(project) {
  const { file, bytes } = exportProject('A solution', project.files, project.entry);
  return importZip(file, bytes).files;
}

/** What `npm start` runs. */
const started = (files) => JSON.parse(files['package.json']).scripts.start.replace(/^node /, '').split(' ');

/** One sandbox of a check, and the same project in Node. */
class Pair {
  async open({ project, start }) {
    this.project = project;
    this.database = databaseOf(project.files, project.env);
    this.ids = new Ids();
    const files = unpacked(project);
    this.own = await createSandbox({ clock: 'virtual', now: NOW, ...project });
    this.folder = writeProject(work.folder, files);
    this.runs = start !== false;
    if (this.database) await fill(this.database, project.data);
    if (!this.runs) return;
    await this.own.start();
    await this.own.settled();
    this.real = await startNode(this.folder, started(files), { env: { NOW: project.now ?? NOW, PORTS: PORT, ...project.env } });
  }

  async request(action) {
    const { request, chunks } = prepare(action, 3000);
    const url = new URL(request.url);
    const client = action.as ?? 'me';
    const cookies = Object.entries({ ...this.own.cookies(client, url.host), ...action.cookies }).map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = [['Host', url.host], ['User-Agent', 'test'], ['Accept', '*/*'], ...request.headers, ...(cookies ? [['Cookie', cookies]] : [])];
    const length = Buffer.byteLength(request.body);
    if (!chunks && (length > 0 || /^(POST|PUT|PATCH)$/.test(request.method))) headers.push(['Content-Length', String(length)]);
    const path = request.url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[^\x21-\x7e]/gu, (char) => encodeURIComponent(char)) || '/';
    const sent = { method: request.method, path, headers, chunks, ...(request.body ? { body: chunks ? undefined : request.body } : {}) };
    const [own, real] = await Promise.all([this.own.send({ ...request, headers }, { chunks }), this.real.ask(Number(url.port), JSON.parse(this.ids.toReal(JSON.stringify(sent))))]);
    await this.own.settled();
    if (own.body && real.body) this.ids.meet(Buffer.from(own.body).toString('latin1'), real.body.toString('latin1'));
    // An id that differs makes another tag.
    const ignore = this.ids.any ? [...MEASURED, 'etag'] : MEASURED;
    const [got, expected] = pair(fromSandbox(own), real, { method: request.method, ignore, text: (body) => this.ids.toOwn(body.replaceAll(this.folder, '/app')) });
    assert.deepEqual(got, expected, JSON.stringify(action));
  }

  async command(line) {
    const ports = [PORT, ...[...(this.real?.ports ?? [])].map((pair) => pair.join(':'))].join(',');
    const before = this.own.console.length;
    const result = await this.own.command(line);
    const real = await startNode(this.folder, line.replace(/^node /, '').split(' '), { env: { NOW, PORTS: ports, ...this.project.env } });
    await real.ended;
    const printed = this.own.console.slice(before).filter(({ level }) => level !== 'system' && level !== 'input').map(({ text }) => `${text}\n`).join('');
    assert.equal(plain(printed), plain(real.printed, this.folder), line);
    assert.equal(result.exit ?? 0, real.exit, line);
  }

  async close() {
    try {
      if (!this.real) return;
      await wait(20);
      const printed = this.own.console.filter(({ level }) => level !== 'system' && level !== 'input').map(({ text }) => `${text}\n`).join('');
      this.ids.meet(printed, this.real.printed);
      if (!this.commanded) assert.equal(plain(printed), this.ids.toOwn(plain(this.real.printed, this.folder)), 'printed');
    } finally {
      await this.real?.stop();
      await this.own.close();
    }
  }

  /** Performs an action on both sides; false when Node cannot. */
  async perform(action) {
    // The practice API and the shell are not in Node, nor can its clock be moved or a function be called from outside.
    const isOurs = JSON.stringify([action, this.project.files]).includes('localhost:4000') || this.project.network || (this.project.data && !this.database) || action.command?.startsWith('mongosh');
    if (isOurs || action.advance !== undefined || action.call !== undefined || action.restart || typeof action.parallel === 'object') return false;
    if (action.command !== undefined) {
      this.commanded = true;
      await this.command(action.command);
    } else if (this.real) for (let at = 0; at < (action.parallel ?? 1); at += 1) await this.request(action);
    return true;
  }
}

let asked = 0;
let ours = 0;
describe('solutions of the lessons, exported, in real Node', () => {
  for (const { name, commands } of recordings) {
    test(name, async () => {
      let pair;
      let goesOn = true;
      for (const command of commands) {
        if (command.do === 'open') {
          pair = new Pair();
          goesOn = true;
          await pair.open(command);
        } else if (command.do === 'perform') {
          // What comes after a step that only the sandbox can do stands on it.
          goesOn &&= await pair.perform(command.action);
          if (goesOn) asked += 1;
          else ours += 1;
        } else await pair.close();
      }
    });
  }
  test('most steps were compared', () => {
    console.log(`${asked} steps of ${recordings.length} solutions compared; ${ours} can only be done in a sandbox`);
    assert.ok(asked > ours * 4, `${asked} and ${ours}`);
  });
});
