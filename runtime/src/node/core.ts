/** Node's modules, made once per program on first use. */
import * as streams from 'readable-stream';
import punycode from 'unenv/node/punycode';
import querystring from 'unenv/node/querystring';
import { makePerformance } from '../sandbox/clock';
import type { Program } from '../sandbox/program';
import {
  makeChildProcess, makeCluster, makeDgram, makeDomain, makeHttp2, makeInspector, makeRepl, makeSea, makeTest, makeTestReporters, makeTraceEvents, makeV8, makeVm, makeWasi,
  makeWorkerThreads,
} from './absent';
import { makeAssert } from './assert';
import { makeAsyncHooks } from './async-hooks';
import { makeBuffer } from './buffer';
import { makeCrypto } from './crypto';
import { makeDiagnostics } from './diagnostics';
import { events } from './events';
import { duplexPair } from './duplex-pair';
import { makeFs, makeFsPromises } from './fs';
import { callable, makeHttp, makeHttps } from './http';
import { makeModule } from './module';
import { makeDns, makeNet, makeTls } from './net';
import { makeOs } from './os';
import { makePath } from './path';
import { makeReadline } from './readline';
import { duplexFromWeb, duplexToWeb, readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from './stream-adapters';
import { consumers } from './stream-consumers';
import { makeWebStreams } from './stream-web';
import { StringDecoder } from './string-decoder';
import { makeTty } from './tty';
import { makeUrl } from './url';
import { makeUtil, types } from './util';
import { makeZlib } from './zlib';

type Maker = (program: Program) => unknown;
const get = (program: Program, name: string): Record<string, unknown> => coreModule(program, name) as Record<string, unknown>;

const MAKERS: Record<string, Maker> = {
  assert: (program) => makeAssert(program),
  'assert/strict': (program) => get(program, 'assert').strict,
  async_hooks: () => makeAsyncHooks(),
  buffer: (program) => makeBuffer(program),
  child_process: () => makeChildProcess(),
  cluster: () => makeCluster(),
  console: (program) => program.loader.globals.values()[program.loader.globals.names.indexOf('console')],
  constants: () => ({}),
  crypto: (program) => makeCrypto(program),
  dgram: () => makeDgram(),
  diagnostics_channel: () => makeDiagnostics(),
  dns: () => makeDns(),
  'dns/promises': (program) => get(program, 'dns').promises,
  domain: () => makeDomain(),
  events: () => events,
  fs: (program) => makeFs(program),
  'fs/promises': (program) => makeFsPromises(program),
  http: (program) => makeHttp(program),
  http2: () => makeHttp2(),
  https: () => makeHttps(),
  inspector: () => makeInspector(),
  'inspector/promises': (program) => get(program, 'inspector'),
  module: (program) => makeModule(program),
  net: () => makeNet(),
  os: (program) => makeOs(program),
  path: () => makePath(),
  'path/posix': (program) => get(program, 'path'),
  'path/win32': (program) => get(program, 'path').win32,
  perf_hooks: (program) => ({ performance: makePerformance(program.world.clock), PerformanceObserver: class PerformanceObserver { observe() {} disconnect() {} } }),
  process: (program) => program.process,
  punycode: () => ({ ...punycode }),
  querystring: () => querystring,
  readline: (program) => makeReadline(program),
  'readline/promises': (program) => get(program, 'readline').promises,
  repl: () => makeRepl(),
  stream: () => streamModule,
  'stream/consumers': () => consumers,
  'stream/promises': () => streams.promises,
  'stream/web': () => makeWebStreams(),
  string_decoder: () => ({ StringDecoder: callable(StringDecoder) }),
  timers: ({ timers }) => ({ ...timers }),
  'timers/promises': ({ timers }) => timers.promises,
  tls: () => makeTls(),
  trace_events: () => makeTraceEvents(),
  tty: () => makeTty(),
  url: () => makeUrl(),
  util: () => makeUtil(),
  'util/types': () => types,
  v8: () => makeV8(),
  vm: () => makeVm(),
  wasi: () => makeWasi(),
  worker_threads: () => makeWorkerThreads(),
  zlib: (program) => makeZlib(program),
  sys: (program) => get(program, 'util'),
};

/** Found with `node:` before their names only. */
const PREFIXED: Record<string, Maker> = {
  sea: () => makeSea(),
  test: () => makeTest(),
  'test/reporters': () => makeTestReporters(),
};

// `require('stream')` is the old Stream, from which every stream of Node descends, with the new ones on it.
const streamModule = Object.assign((streams as unknown as { Stream: object }).Stream, { duplexPair });
Object.assign(streams.Readable, { fromWeb: readableFromWeb, toWeb: readableToWeb });
Object.assign(streams.Writable, { fromWeb: writableFromWeb, toWeb: writableToWeb });
Object.assign(streams.Duplex, { fromWeb: duplexFromWeb, toWeb: duplexToWeb });

/** Not shown to learners. */
const QUIET = new Set([
  'constants', 'punycode', 'sys', 'console', 'path/posix', 'path/win32', 'tls', 'child_process', 'dns/promises', 'http2', 'worker_threads', 'cluster', 'dgram', 'domain', 'inspector',
  'inspector/promises', 'readline/promises', 'repl', 'stream/consumers', 'stream/web', 'trace_events', 'v8', 'vm', 'wasi',
]);

/** Whether a specifier names a module of Node. */
export function isCore(specifier: string): boolean {
  if (!specifier.startsWith('node:')) return Object.hasOwn(MAKERS, specifier);
  const name = specifier.slice(5);
  return Object.hasOwn(MAKERS, name) || Object.hasOwn(PREFIXED, name);
}

/** `module.builtinModules`. */
export function builtinModules(): string[] {
  return Object.keys(MAKERS).sort();
}

/** Names to show to learners. */
export function coreNames(): string[] {
  return Object.keys(MAKERS).filter((name) => !QUIET.has(name));
}

/** A module by its name without `node:`. */
export function coreModule(program: Program, name: string): unknown {
  if (!program.made.has(name)) program.made.set(name, (MAKERS[name] ?? PREFIXED[name])?.(program));
  return program.made.get(name);
}
