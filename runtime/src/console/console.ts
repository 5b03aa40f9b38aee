/** The `console` that learner code sees. */
import type { ConsoleLine } from '../protocol';
import { mapStack } from '../sandbox/stack';
import type { Program } from '../sandbox/program';
import { format, inspect } from './inspect';
import { table } from './table';

type Level = ConsoleLine['level'];
type Print = (...parts: unknown[]) => void;

function seconds(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

export function makeConsole(program: Program): Record<string, unknown> {
  const { world } = program;
  let indent = '';
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const put = (level: Level, text: string): void => {
    // A `catch` around process.exit() still runs here, which it does not in Node.
    if (!program.closed) world.console.write(level, indent ? indent + text.replaceAll('\n', `\n${indent}`) : text);
  };
  const printer = (level: Level): Print => (...parts) => put(level, format(...parts));
  const warn = printer('warn');
  const log = printer('log');
  const elapsed = (label: string, method: string): number | undefined => {
    const start = timers.get(label);
    if (start === undefined) warn(`Warning: No such label '${label}' for console.${method}()`);
    return start === undefined ? undefined : world.clock.read() - start;
  };
  const methods: Record<string, unknown> = {
    log,
    warn,
    dir: (value: unknown, options?: object) => put('log', inspect(value, { customInspect: false, ...options })),
    time(label = 'default') {
      if (timers.has(label)) warn(`Warning: Label '${label}' already exists for console.time()`);
      else timers.set(label, world.clock.read());
    },
    timeEnd(label = 'default') {
      const ms = elapsed(label, 'timeEnd');
      timers.delete(label);
      if (ms !== undefined) put('log', `${label}: ${seconds(ms)}`);
    },
    timeLog(label = 'default', ...parts: unknown[]) {
      const ms = elapsed(label, 'timeLog');
      if (ms !== undefined) put('log', format(`${label}: ${seconds(ms)}`, ...parts));
    },
    trace(...parts: unknown[]) {
      const error = new Error(format(...parts));
      error.name = 'Trace';
      put('error', mapStack({ stack: error.stack?.replace(/^Error(?=[:\n])/, 'Trace') ?? '', name: 'Trace', message: error.message }));
    },
    assert(condition: unknown, ...parts: unknown[]) {
      if (condition) return;
      if (typeof parts[0] === 'string') warn(`Assertion failed: ${parts[0]}`, ...parts.slice(1));
      else warn(...(parts.length === 0 ? ['Assertion failed'] : ['Assertion failed', ...parts]));
    },
    clear: () => undefined,
    count(label = 'default') {
      const count = (counts.get(`${label}`) ?? 0) + 1;
      counts.set(`${label}`, count);
      put('log', `${label}: ${count}`);
    },
    countReset: (label = 'default') => void counts.delete(`${label}`),
    group(...parts: unknown[]) {
      if (parts.length > 0) log(...parts);
      indent += '  ';
    },
    groupEnd() {
      indent = indent.slice(0, -2);
    },
    table(data: unknown, properties?: string[]) {
      const text = table(data, properties);
      if (text === undefined) log(data);
      else put('log', text);
    },
    debug: printer('debug'),
    info: printer('info'),
    dirxml: log,
    error: printer('error'),
  };
  methods.groupCollapsed = methods.group;
  for (const [name, method] of Object.entries(methods)) Object.defineProperty(method, 'name', { value: name });
  Object.defineProperty(methods, Symbol.toStringTag, { value: 'console', configurable: true });
  return methods;
}
