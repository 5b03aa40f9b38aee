/** Programs in real Node, as the sandbox is held to them: a folder with the real packages, a process on ports of its own, requests over sockets. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runtime = fileURLToPath(new URL('../..', import.meta.url));
const preload = fileURLToPath(new URL('preload.cjs', import.meta.url));

/** Milliseconds without an answer that count as a hang. */
const PATIENCE = 1500;
/** Milliseconds for a program to listen or to end. */
const START = 20_000;

/** A folder for projects, in which `require` finds the real packages and the Express that ours is held to; `more` are further folders of packages. */
export function workFolder(more = []) {
  const folder = mkdtempSync(join(tmpdir(), 'beside-node-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const from of [...more.map((url) => fileURLToPath(url)), join(runtime, '../packs/node_modules'), join(runtime, 'node_modules')]) {
    for (const name of readdirSync(from)) {
      const link = join(folder, 'node_modules', name);
      if (!name.startsWith('.') && !existsSync(link)) symlinkSync(join(from, name), link);
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes the files of a project into a new folder below `work`. */
export function writeProject(work, files) {
  const folder = mkdtempSync(join(work, 'p-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/**
 * Runs `node <args>` in `folder`. Resolves when it listens on as many ports as it has `servers`, or ends; answers what it printed, its
 * ports, and how to ask and end it.
 */
export async function startNode(folder, args, { env = {}, servers = 1 } = {}) {
  // One pipe for both streams keeps their lines in order.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, '--require', preload, ...args], {
    cwd: folder, env: { PATH: process.env.PATH, HOME: folder, TZ: 'UTC', ...env }, stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  const ports = new Map();
  let exit;
  const ended = new Promise((resolve) => child.on('close', (code) => resolve((exit = code ?? 1))));
  let timer;
  await Promise.race([
    ended,
    new Promise((resolve) => child.on('message', ({ asked, actual }) => {
      ports.set(asked, actual);
      if (ports.size >= servers) resolve();
    })),
    new Promise((resolve) => (timer = setTimeout(resolve, START))),
  ]);
  clearTimeout(timer);
  return {
    ports,
    ended,
    get printed() {
      return printed;
    },
    get exit() {
      return exit;
    },
    /** Sends a request to the port that the program asked for. */
    ask: (port, sent) => (ports.has(port) ? send(ports.get(port), sent) : Promise.resolve({ refused: true })),
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What came back: `{ status, statusMessage, headers, body }`, or what came instead of an answer. */
function send(port, { method, path, headers = [], body, chunks }) {
  return new Promise((resolve) => {
    const flat = headers.flat();
    const has = (wanted) => headers.some(([name]) => name.toLowerCase() === wanted);
    if (!has('host')) flat.push('Host', 'localhost:3000');
    if (!has('connection')) flat.push('Connection', 'keep-alive');
    // Each on a connection of its own, though it could be kept: one that the server cut must not meet the next request.
    const req = request({ port, method, agent: false, headers: flat, path: Buffer.from(path).toString('latin1'), timeout: PATIENCE }, (res) => {
      const parts = [];
      res.on('data', (part) => parts.push(part));
      res.on('error', () => resolve({ reset: true }));
      res.on('end', () => {
        req.destroy();
        const pairs = Array.from({ length: res.rawHeaders.length / 2 }, (_, at) => res.rawHeaders.slice(at * 2, at * 2 + 2));
        resolve({ status: res.statusCode, statusMessage: res.statusMessage, headers: pairs, body: Buffer.concat(parts) });
      });
    });
    req.on('timeout', () => {
      resolve({ hang: true });
      req.destroy();
    });
    req.on('error', () => resolve({ reset: true }));
    for (const chunk of chunks ?? []) req.write(chunk);
    req.end(body);
  });
}
