/** The `process` object of one program. */
import { EventEmitter } from './events/emitter';
import { ExitSignal, type Program } from '../sandbox/program';
import { ROOT } from './fs/files';
import { parseEnv } from './dotenv';
import { invalidArgType, nodeError, systemError } from './errors';
import { join } from '../modules/resolve';

export interface ProcessObject extends EventEmitter {
  exitCode: number | string | undefined;
  env: Record<string, string | undefined>;
  [name: string]: unknown;
}

/** Environment values are always text. */
function makeEnv(values: Record<string, string>): Record<string, string | undefined> {
  return new Proxy({ ...values } as Record<string, string | undefined>, {
    set(target, key, value) {
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      target[key] = String(value);
      return true;
    },
    defineProperty(target, key, descriptor) {
      if ('value' in descriptor) descriptor.value = String(descriptor.value);
      return Reflect.defineProperty(target, key, { ...descriptor, configurable: true, enumerable: true, writable: true });
    },
  });
}

export function makeProcess(program: Program): ProcessObject {
  const { world } = program;
  const emitter = Object.create(Object.create(EventEmitter.prototype, { constructor: { value: { process() {} }.process } }) as object) as ProcessObject;
  EventEmitter.call(emitter as never);
  const started = world.clock.now();
  let cwd = ROOT;
  const write = (level: 'log' | 'error') => {
    let rest = '';
    return (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
        throw invalidArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      }
      const text = rest + (typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
      rest = '';
      if (text !== '') world.console.write(level, text.endsWith('\n') ? text.slice(0, -1) : text);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') program.nextTick(callback as () => void);
      return true;
    };
  };
  const stream = (level: 'log' | 'error', fd: number): object =>
    Object.assign(Object.create(EventEmitter.prototype) as object, {
      fd, writable: true, isTTY: false, columns: 80, rows: 24, write: write(level), end: write(level), cork() {}, uncork() {},
    });
  const stdin = Object.assign(Object.create(EventEmitter.prototype) as object, {
    fd: 0, isTTY: false, readable: true, setEncoding() {}, resume() {}, pause() {}, unref() {}, ref() {},
  });
  const hrtime = (before?: [number, number]): [number, number] => {
    const ns = Math.round((world.clock.read() - world.clock.origin) * 1e6);
    const time: [number, number] = [Math.floor(ns / 1e9), ns % 1e9];
    if (!before) return time;
    const [s, n] = [time[0] - before[0], time[1] - before[1]];
    return n < 0 ? [s - 1, n + 1e9] : [s, n];
  };
  hrtime.bigint = () => BigInt(Math.round((world.clock.read() - world.clock.origin) * 1e6));
  let exitCode: number | string | undefined;

  const members: Record<string, unknown> = {
    version: world.version,
    versions: { node: world.version.slice(1), v8: '11.3.244.8-node.33', uv: '1.46.0', modules: '115' },
    arch: 'x64',
    platform: 'linux',
    release: { name: 'node', lts: 'Iron' },
    argv: program.argv,
    argv0: 'node',
    execArgv: [],
    execPath: '/usr/local/bin/node',
    title: 'node',
    pid: 4242,
    ppid: 1,
    debugPort: 9229,
    features: { require_module: true, typescript: false },
    config: { variables: {} },
    env: makeEnv(program.env),
    stdout: stream('log', 1),
    stderr: stream('error', 2),
    stdin,
    cwd: () => cwd,
    chdir(folder: string) {
      const target = join(cwd, folder);
      if (!world.files.isFolder(target)) throw systemError('ENOENT', 'chdir', cwd, folder);
      cwd = target;
    },
    nextTick(run: unknown, ...args: unknown[]) {
      if (typeof run !== 'function') throw invalidArgType('callback', 'of type function', run);
      program.nextTick(run as () => void, ...args);
    },
    exit(code?: number | string) {
      if (code !== undefined) emitter.exitCode = code;
      program.exit(Number(emitter.exitCode ?? 0));
      throw new ExitSignal(Number(emitter.exitCode ?? 0));
    },
    reallyExit: (code = 0) => program.exit(code),
    abort: () => program.exit(134),
    kill(_pid: number, signal: string | number = 'SIGTERM') {
      if (signal === 0) return true;
      if (!emitter.emit(String(signal), signal)) program.exit(signal === 'SIGINT' ? 130 : 143);
      return true;
    },
    uptime: () => (world.clock.read() - started) / 1000,
    hrtime,
    memoryUsage: Object.assign(() => ({ rss: 48_000_000, heapTotal: 12_000_000, heapUsed: 8_000_000, external: 2_000_000, arrayBuffers: 20_000 }), {
      rss: () => 48_000_000,
    }),
    cpuUsage: () => ({ user: 40_000, system: 10_000 }),
    resourceUsage: () => ({ userCPUTime: 40_000, systemCPUTime: 10_000, maxRSS: 48_000 }),
    umask: () => 0o22,
    getuid: () => 1000,
    geteuid: () => 1000,
    getgid: () => 1000,
    emitWarning(warning: string | Error, kind: string | { type?: string; code?: string } = 'Warning', code?: string) {
      const name = warning instanceof Error ? warning.name : typeof kind === 'string' ? kind : (kind.type ?? 'Warning');
      const label = typeof kind === 'object' ? kind.code : code;
      const text = warning instanceof Error ? warning.message : warning;
      const error = warning instanceof Error ? warning : Object.assign(new Error(text), { name, ...(label ? { code: label } : {}) });
      program.nextTick(() => {
        if (!emitter.emit('warning', error)) world.console.write('error', `(node:4242) ${label ? `[${label}] ` : ''}${name}: ${text}`);
      });
    },
    loadEnvFile(path = '.env') {
      const file = join(cwd, String(path));
      if (!world.files.isFile(file)) throw systemError('ENOENT', 'open', String(path));
      for (const [key, value] of Object.entries(parseEnv(world.files.text(file)))) emitter.env[key] ??= value;
    },
    getBuiltinModule(id: unknown) {
      if (typeof id !== 'string') throw invalidArgType('id', 'of type string', id);
      return program.loader.isBuiltin(id) ? program.loader.builtin(id) : undefined;
    },
    binding() {
      throw nodeError(Error, 'ERR_INVALID_MODULE', 'No such binding here');
    },
    allowedNodeEnvironmentFlags: new Set(),
    setUncaughtExceptionCaptureCallback() {},
    hasUncaughtExceptionCaptureCallback: () => false,
  };
  Object.assign(emitter, members);
  Object.defineProperty(emitter, 'exitCode', {
    get: () => exitCode,
    set(value: unknown) {
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      if (value !== undefined && value !== null && !Number.isInteger(number)) throw invalidArgType('code', 'of type number', value);
      exitCode = (number ?? undefined) as number | undefined;
    },
    enumerable: true,
    configurable: true,
  });
  Object.defineProperty(emitter, Symbol.toStringTag, { value: 'process', configurable: true });
  return emitter;
}
