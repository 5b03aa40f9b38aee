/** Node's `util`. */
import { format, formatWithOptions, inspect } from '../console/inspect';
import { deepEqual } from './assert/deep-equal';
import { parseEnv } from './dotenv';
import { errnoOf, invalidArgType, nodeError } from './errors';

type Any = (...args: unknown[]) => unknown;
const custom = Symbol.for('nodejs.util.promisify.custom');
const tag = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

export function inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  for (const [name, value] of [['ctor', child], ['superCtor', parent]] as const) {
    if (typeof (value as unknown) !== 'function') throw invalidArgType(name, 'of type function', value);
  }
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export function promisify(original: Any & { [custom]?: Any }): Any {
  if (typeof original !== 'function') throw invalidArgType('original', 'of type function', original);
  if (original[custom]) return original[custom];
  function promised(this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original) as object);
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original)) as Any;
}
(promisify as { custom?: symbol }).custom = custom;

export function callbackify(original: Any): Any {
  if (typeof original !== 'function') throw invalidArgType('original', 'of type function', original);
  return function callbackified(this: unknown, ...args: unknown[]) {
    const done = args.pop() as Any;
    Promise.resolve(original.apply(this, args)).then(
      (value) => queueMicrotask(() => done(null, value)),
      (error) => queueMicrotask(() => done(error ?? nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'))),
    );
  };
}

export function deprecate(run: Any, _message: string): Any {
  return run;
}

const view = (name: string) => (value: unknown) => tag(value) === name;
export const types: Record<string, (value: unknown) => boolean> = {
  isPromise: (value) => value instanceof Promise,
  isRegExp: view('RegExp'),
  isDate: view('Date'),
  isNativeError: (value) => value instanceof Error,
  isMap: view('Map'),
  isSet: view('Set'),
  isWeakMap: view('WeakMap'),
  isWeakSet: view('WeakSet'),
  isArrayBuffer: view('ArrayBuffer'),
  isAnyArrayBuffer: (value) => /^(Shared)?ArrayBuffer$/.test(tag(value)),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isDataView: (value) => value instanceof DataView,
  isAsyncFunction: view('AsyncFunction'),
  isGeneratorFunction: (value) => /GeneratorFunction$/.test(tag(value)),
  isGeneratorObject: view('Generator'),
  isBoxedPrimitive: (value) => typeof value === 'object' && /^(Number|String|Boolean|Symbol|BigInt)$/.test(tag(value)),
  isNumberObject: (value) => typeof value === 'object' && tag(value) === 'Number',
  isStringObject: (value) => typeof value === 'object' && tag(value) === 'String',
  isBooleanObject: (value) => typeof value === 'object' && tag(value) === 'Boolean',
  isSymbolObject: (value) => typeof value === 'object' && tag(value) === 'Symbol',
  isProxy: () => false,
  isModuleNamespaceObject: view('Module'),
  isMapIterator: view('Map Iterator'),
  isSetIterator: view('Set Iterator'),
};

export const isDeepStrictEqual = (a: unknown, b: unknown): boolean => deepEqual(a, b, true);

// eslint-disable-next-line no-control-regex
const ANSI = /\u001b\[[0-9;]*m/g;

export function makeUtil(): object {
  const debuglog = (): object => Object.assign(() => undefined, { enabled: false });
  return {
    inspect,
    format,
    formatWithOptions,
    inherits,
    promisify,
    callbackify,
    deprecate,
    types,
    isDeepStrictEqual,
    debuglog,
    debug: debuglog,
    stripVTControlCharacters(text: unknown) {
      if (typeof text !== 'string') throw invalidArgType('str', 'of type string', text);
      return text.replace(ANSI, '');
    },
    styleText: (_style: unknown, text: string) => text,
    toUSVString: (text: string) => text.toWellFormed(),
    parseEnv,
    getSystemErrorName: (errno: number) => ['ENOENT', 'EEXIST', 'EADDRINUSE', 'ECONNREFUSED'].find((name) => errnoOf(name) === errno),
    TextEncoder: globalThis.TextEncoder,
    TextDecoder: globalThis.TextDecoder,
    isArray: Array.isArray,
    aborted: (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  };
}
