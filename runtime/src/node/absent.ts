/** Node's modules that need more than a page has: they can be required, and say so when they are used. */
import { nodeError } from './errors';
import { EventEmitter } from './events';

const refuse = (what: string, why: string) =>
  function refused(): never {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${what} is not available in the browser: ${why}`);
  };

const each = (module: string, names: string[], why: string): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, refuse(`${module}.${name}`, why)]));

export function makeChildProcess(): object {
  return each('child_process', ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'], 'this program is the only process. Call the function that you would have started');
}

export function makeWorkerThreads(): object {
  return {
    isMainThread: true,
    threadId: 0,
    parentPort: null,
    workerData: null,
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    ...each('worker_threads', ['Worker'], 'this program has one thread. Do the work in small parts, with setImmediate between them'),
  };
}

export function makeHttp2(): object {
  return { constants: {}, ...each('http2', ['connect', 'createServer', 'createSecureServer'], 'this page speaks HTTP/1.1 to itself. Use http') };
}

export function makeVm(): object {
  const names = ['Script', 'createContext', 'createScript', 'runInContext', 'runInNewContext', 'runInThisContext', 'isContext', 'compileFunction', 'measureMemory'];
  return { ...each('vm', names, 'there is one JavaScript context, in which this program runs. Put the code in a file and require it'), constants: {} };
}

export function makeV8(): object {
  const names = [
    'cachedDataVersionTag', 'getHeapSnapshot', 'getHeapStatistics', 'getHeapSpaceStatistics', 'getHeapCodeStatistics', 'setFlagsFromString', 'Serializer', 'Deserializer',
    'DefaultSerializer', 'DefaultDeserializer', 'deserialize', 'takeCoverage', 'stopCoverage', 'serialize', 'writeHeapSnapshot', 'queryObjects', 'setHeapSnapshotNearHeapLimit', 'GCProfiler',
  ];
  const why = 'a page does not reach into the engine that runs it. For the memory in use ask process.memoryUsage(), for a deep copy structuredClone()';
  return { ...each('v8', names, why), promiseHooks: {}, startupSnapshot: {} };
}

export function makeCluster(): object {
  const why = 'this program is the only process. Call listen() in it, without cluster';
  return Object.assign(new EventEmitter(), {
    isWorker: false, isMaster: true, isPrimary: true, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2,
    ...each('cluster', ['Worker', 'setupPrimary', 'setupMaster', 'fork', 'disconnect'], why),
  });
}

export function makeInspector(): object {
  const why = 'there is no debugger to connect to. The Trace tool shows what a request went through';
  return { ...each('inspector', ['open', 'close', 'waitForDebugger', 'Session'], why), url: () => undefined, console: {}, Network: {} };
}

export function makeRepl(): object {
  const names = ['start', 'writer', 'REPLServer', 'Recoverable', 'isValidSyntax'];
  const why = 'there is no keyboard input. The line under the Console takes JavaScript for the running program';
  return { ...each('repl', names, why), REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict') };
}

const NO_TESTS = 'there is no test runner. Call the functions and compare what they answer with assert';

export function makeTest(): object {
  const names = ['skip', 'todo', 'only', 'after', 'afterEach', 'before', 'beforeEach', 'describe', 'it', 'run', 'suite', 'test'];
  return Object.assign(refuse('node:test', NO_TESTS), each('node:test', names, NO_TESTS), { mock: each('node:test mock', ['fn', 'getter', 'method', 'reset', 'restoreAll', 'setter'], NO_TESTS) });
}

export function makeTestReporters(): object {
  return each('node:test/reporters', ['dot', 'junit', 'spec', 'tap', 'lcov'], NO_TESTS);
}

export function makeDgram(): object {
  return each('dgram', ['createSocket', 'Socket'], 'no datagram leaves this page. Use http, which reaches the servers of this program');
}

export function makeDomain(): object {
  return { active: null, ...each('domain', ['Domain', 'createDomain', 'create'], 'it is deprecated in Node too. Catch errors where they happen, or follow a request with AsyncLocalStorage') };
}

export function makeTraceEvents(): object {
  return each('trace_events', ['createTracing', 'getEnabledCategories'], 'the engine tells a page nothing of its events. The Trace tool shows what a request went through');
}

export function makeWasi(): object {
  return each('wasi', ['WASI'], 'no program of the operating system runs in a page. WebAssembly without it works');
}

export function makeSea(): object {
  return { isSea: () => false, ...each('node:sea', ['getAsset', 'getRawAsset', 'getAssetAsBlob'], 'this program is in no single executable file. Read files with fs') };
}
