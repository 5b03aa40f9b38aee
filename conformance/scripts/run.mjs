/** Runs a family of Node's own test scripts: `node run.mjs <runtime> <Node's source> <suite's name>`; prints one line of JSON. */
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

const [runtime, source, name] = process.argv.slice(2);
const here = import.meta.dirname;
const suite = JSON.parse(readFileSync(join(here, '../suites.json'), 'utf8')).find((item) => item.name === name);
const folder = resolve(source, 'test/parallel');
const LIMIT = 20_000;

/** What the page has not: processes, threads, raw sockets, other protocols, Node's internals, flags of its own executable. */
const BEYOND = new RegExp([
  String.raw`(?:require\(|from )'(?:node:)?(?:child_process|cluster|dgram|dns|domain|http2|inspector|net|perf_hooks|repl|tls|trace_events|v8|vm|wasi|worker_threads|internal/[\w/]+|_http_\w+|_stream_\w+|_tls_\w+)'`,
  String.raw`internalBinding|process\.binding|spawnPromisified|common\.PIPE|// Flags:.*--(?:expose|stack-size|max-|experimental|abort|inspect|icu|openssl|force-fips)`,
  String.raw`require\('\.\./common/(?:internet|tmpdir|gc|wpt|hijackstdio|tls|dns|http2)'\)|tmpdir`,
].join('|'));

/** What stands in a script that the suite leaves out. */
const without = suite.without === undefined ? undefined : new RegExp(suite.without, 'i');
const only = suite.only === undefined ? undefined : new RegExp(suite.only, 'i');

function isMeant(file) {
  const [before, after] = suite.scripts.split('*');
  if (!file.startsWith(before) || !file.endsWith(after)) return false;
  const text = readFileSync(join(folder, file), 'utf8');
  return !BEYOND.test(text) && !without?.test(text) && (only?.test(text) ?? true);
}

/** Runs a script alone in a process: `''` when it passes, else what it said. */
function run(file, more = [], env = {}) {
  const flags = /^\/\/ Flags: (.*)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1].trim().split(/\s+/) ?? [];
  const options = { cwd: folder, timeout: LIMIT, env: { ...process.env, NODE_SKIP_FLAG_CHECK: '1', ...env } };
  return new Promise((done) => {
    execFile(process.execPath, [...flags, ...more, join(folder, file)], options, (error, out, err) => {
      if (/^1\.\.0 # Skipped/m.test(out)) return done('skipped');
      if (!error) return done('');
      return done(error.killed ? `no end after ${LIMIT / 1000} s` : err || out || error.message);
    });
  });
}

/** The line of an error report that says what is wrong. */
const said = (text) => text.split('\n').find((line) => /^\s*\w*(?:Error|Exception)\b.*: |^Mismatched|no end after/.test(line))?.trim() ?? text.trim().split('\n').find(Boolean) ?? 'ended with a code';

const preload = ['--import', join(here, 'preload.mjs')];
const env = { RUNTIME: resolve(runtime), MODULES: suite.modules.join(',') };
const wanted = process.env.SCRIPT;
const files = readdirSync(folder).filter((file) => (wanted ? file.includes(wanted) : true)).filter(isMeant).sort();
const tests = [];

async function work() {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    // Only what passes in Node itself on this machine is asked of the runtime.
    if ((await run(file)) !== '') continue;
    const text = await run(file, preload, env);
    tests.push({ title: file, state: text === '' ? 'passed' : 'failed', error: process.env.SHOW ? text : said(text) });
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
tests.sort((a, b) => (a.title < b.title ? -1 : 1));
process.stdout.write(`${JSON.stringify({ name, tests })}\n`);
