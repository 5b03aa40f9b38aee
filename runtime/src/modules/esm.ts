/** ES modules for one program: the graph, evaluation order, namespaces and Node's errors. */
import { inspect } from '../console/inspect';
import { nodeError } from '../node/errors';
import type { Compiled } from './compile';
import type { Loader } from './loader';
import { dirname, join } from './resolve';

export type Namespace = Record<string, unknown>;

interface Record_ {
  path: string;
  compiled: Compiled;
  namespace: Namespace;
  /** Specifier → the record or namespace it leads to. */
  links: Map<string, Record_ | Namespace>;
  state: 'new' | 'linking' | 'linked' | 'evaluating' | 'done';
  /** Set while evaluation waits. */
  running: Promise<void> | undefined;
  failed: { error: unknown } | undefined;
}

const CONDITIONS = ['import', 'node', 'default'];

function isRecord(value: Record_ | Namespace): value is Record_ {
  return 'compiled' in value && 'links' in value;
}

function newNamespace(): Namespace {
  const namespace = Object.create(null) as Namespace;
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  // Getters print as the values they read.
  Object.defineProperty(namespace, inspect.custom, {
    value: () => Object.defineProperty(Object.assign(Object.create(null), namespace), Symbol.toStringTag, { value: 'Module' }),
  });
  return namespace;
}

/** A CommonJS module as ES code sees it: `default`, and its properties by name. A pack made from an ES module is one already. */
function wrap(exports: unknown): Namespace {
  if (Object.prototype.toString.call(exports) === '[object Module]') return exports as Namespace;
  const namespace = newNamespace();
  Object.defineProperty(namespace, '__esModule', { value: true });
  if ((typeof exports === 'object' && exports !== null) || typeof exports === 'function') {
    for (const key of new Set([...Object.keys(exports), 'default'].sort())) {
      if (key === '__esModule') continue;
      const get = key === 'default' ? () => exports : () => (exports as Namespace)[key];
      Object.defineProperty(namespace, key, { get, enumerable: true });
    }
  } else namespace.default = exports;
  return namespace;
}

export class EsmLoader {
  private readonly records = new Map<string, Record_>();
  private readonly wrapped = new Map<string, Namespace>();

  constructor(private readonly loader: Loader) {}

  /** Loads and evaluates a file that is an ES module. */
  async run(path: string, compiled?: Compiled): Promise<Namespace> {
    const record = this.record(path, compiled);
    this.link(record);
    await this.evaluate(record);
    return record.namespace;
  }

  /** `import(specifier)`. */
  async dynamic(specifier: string, from: string): Promise<Namespace> {
    const target = this.resolve(specifier, from);
    if (!isRecord(target)) return target;
    this.link(target);
    await this.evaluate(target);
    return target.namespace;
  }

  /** `require` of an ES module: possible while nothing in it waits. */
  requireSync(path: string, compiled: Compiled): Namespace {
    const record = this.record(path, compiled);
    this.link(record);
    if (this.waits(record, new Set())) {
      throw nodeError(Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.');
    }
    void this.evaluate(record);
    if (record.failed) throw record.failed.error;
    return record.namespace;
  }

  private record(path: string, compiled?: Compiled): Record_ {
    const known = this.records.get(path);
    if (known) return known;
    const code = compiled ?? this.loader.compile(path, 'module');
    const namespace = newNamespace();
    // A namespace lists its names in alphabetical order, whatever the order of the exports.
    for (const name of [...code.exports].sort()) if (name !== '*') namespace[name] = undefined;
    const record: Record_ = {
      path,
      compiled: code,
      namespace,
      links: new Map(),
      state: 'new',
      running: undefined,
      failed: undefined,
    };
    this.records.set(path, record);
    return record;
  }

  private resolve(specifier: string, from: string): Record_ | Namespace {
    const path = this.target(specifier, from);
    if (typeof path !== 'string') return path;
    if (path.endsWith('.json') || this.loader.cache[path]) return this.wrapOnce(path, () => this.loader.load(path, null).exports);
    if (this.records.has(path)) return this.records.get(path)!;
    const compiled = this.loader.compile(path, this.loader.resolver.kindOf(path));
    if (compiled.kind === 'module') return this.record(path, compiled);
    return this.wrapOnce(path, () => this.loader.load(path, this.loader.makeModule(from, null)).exports);
  }

  private wrapOnce(key: string, exports: () => unknown): Namespace {
    const known = this.wrapped.get(key);
    if (known) return known;
    const namespace = wrap(exports());
    this.wrapped.set(key, namespace);
    return namespace;
  }

  /** Path of a file, or the namespace of a module that is no file. */
  private target(specifier: string, from: string): string | Namespace {
    const { loader } = this;
    const { files } = loader.program.world;
    let path: string | undefined;
    if (specifier.startsWith('file://')) path = decodeURIComponent(specifier.slice(7));
    else if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier)) path = join(dirname(from), specifier);
    if (path !== undefined) {
      if (files.isFile(path)) return path;
      if (files.isFolder(path)) {
        throw nodeError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT', `Directory import '${path}' is not supported resolving ES modules imported from ${from}`);
      }
      const near = loader.resolver.file(path);
      const hint = near ? `\nDid you mean to import "${near.startsWith(dirname(from)) ? `.${near.slice(dirname(from).length)}` : near}"?` : '';
      throw nodeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${path}' imported from ${from}${hint}`);
    }
    const found = loader.locate(specifier, from, CONDITIONS);
    if (!found) {
      const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
      throw nodeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${from}`);
    }
    if ('path' in found) return found.path;
    if ('builtin' in found) return this.wrapOnce(`node:${found.builtin}`, () => loader.builtin(found.builtin));
    return this.wrapOnce(`pack:${found.pack}`, () => loader.pack(found.pack)!.exports);
  }

  private link(record: Record_): void {
    if (record.state !== 'new') return;
    record.state = 'linking';
    for (const { specifier } of record.compiled.imports) {
      if (record.links.has(specifier)) continue;
      const target = this.resolve(specifier, record.path);
      record.links.set(specifier, target);
      if (isRecord(target)) this.link(target);
    }
    for (const { specifier, names } of record.compiled.imports) {
      const target = record.links.get(specifier)!;
      for (const name of names) if (!this.provides(target, name, new Set())) throw missingExport(specifier, name, target);
    }
    record.state = 'linked';
  }

  private provides(target: Record_ | Namespace, name: string, seen: Set<Record_>): boolean {
    if (!isRecord(target)) return name in target;
    if (seen.has(target)) return false;
    seen.add(target);
    if (target.compiled.exports.includes(name)) return true;
    if (!target.compiled.exports.includes('*')) return false;
    return [...target.links.values()].some((inner) => this.provides(inner, name, seen));
  }

  private waits(record: Record_, seen: Set<Record_>): boolean {
    if (seen.has(record) || record.state === 'done') return false;
    seen.add(record);
    return record.compiled.topLevelAwait || [...record.links.values()].some((target) => isRecord(target) && this.waits(target, seen));
  }

  /** Dependencies first, in order; stays synchronous while nothing awaits. */
  private evaluate(record: Record_): Promise<void> {
    if (record.failed) return Promise.reject(record.failed.error);
    if (record.running) return record.running;
    if (record.state === 'evaluating' || record.state === 'done') return Promise.resolve();
    record.state = 'evaluating';
    const work = this.steps(record);
    const first = work.next();
    if (first.done) {
      if (record.failed) {
        const rejected = Promise.reject((record.failed as { error: unknown }).error);
        rejected.catch(() => undefined);
        return rejected;
      }
      return Promise.resolve();
    }
    record.running = (async () => {
      for (let step: IteratorResult<Promise<unknown>, void> = first; !step.done; step = work.next()) await step.value;
      record.running = undefined;
      if (record.failed) throw record.failed.error;
    })();
    return record.running;
  }

  private *steps(record: Record_): Generator<Promise<unknown>, void> {
    try {
      for (const target of record.links.values()) {
        if (!isRecord(target)) continue;
        const waiting = this.evaluate(target);
        if (target.running) yield waiting.catch(() => undefined);
        if (target.failed) throw target.failed.error;
      }
      const result = this.body(record);
      if (record.compiled.topLevelAwait) {
        yield (result as Promise<unknown>).catch((error: unknown) => {
          record.failed = { error };
        });
      }
    } catch (error) {
      record.failed = { error };
    }
    record.state = 'done';
  }

  private body(record: Record_): unknown {
    const { path, compiled, namespace } = record;
    const meta = {
      dirname: dirname(path),
      filename: path,
      url: `file://${path}`,
      resolve: (specifier: string) => {
        const target = this.target(specifier, path);
        return typeof target === 'string' ? `file://${target}` : `node:${specifier.replace(/^node:/, '')}`;
      },
    };
    const expose = (getters: Record<string, () => unknown>): void => {
      for (const name of Object.keys(getters)) Object.defineProperty(namespace, name, { enumerable: true, configurable: true, get: getters[name]! });
    };
    const star = (from: Namespace): void => {
      for (const name of Object.keys(from)) if (name !== 'default' && !(name in namespace)) expose({ [name]: () => from[name] });
      for (const name of Object.keys(namespace).sort()) {
        const property = Object.getOwnPropertyDescriptor(namespace, name)!;
        delete namespace[name];
        Object.defineProperty(namespace, name, property);
      }
    };
    const absent = (name: string): never => {
      const more = name === 'require' ? ', you can use import instead' : '';
      throw new ReferenceError(`${name} is not defined in ES module scope${more}`);
    };
    const link = (specifier: string): Namespace => {
      const target = record.links.get(specifier)!;
      return isRecord(target) ? target.namespace : target;
    };
    return compiled.make(...this.loader.scopeOf(path)).call(undefined, expose, link, star, meta, absent);
  }
}

function missingExport(specifier: string, name: string, target: Record_ | Namespace): Error {
  if (isRecord(target)) return new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'`);
  return new SyntaxError(
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all module.exports as named exports.\n` +
      `CommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '${specifier}';\nconst { ${name} } = pkg;\n`,
  );
}
