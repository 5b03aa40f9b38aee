/** CommonJS for one program: require, the cache, and the modules that Node and the runtime bring. */
import { back, bind, keep } from '../node/async-hooks';
import { coreModule, coreNames, isCore } from '../node/core';
import { nodeError } from '../node/errors';
import { learnerGlobals, type Globals } from '../sandbox/globals';
import type { Program } from '../sandbox/program';
import { definitionOf, forgetSources, setPlace } from '../sandbox/stack';
import { compile, compilePack, ModuleSyntaxError, syntaxStack, usesPromises, type Compiled, type ModuleKind } from './compile';
import { EsmLoader } from './esm';
import { makePack, packNames } from './packs';
import { dirname, join, Resolver } from './resolve';

export interface Module {
  id: string;
  path: string;
  filename: string;
  exports: unknown;
  loaded: boolean;
  parent: Module | null | undefined;
  children: Module[];
  paths: string[];
  require: Require;
}

export interface Require {
  (specifier: string): unknown;
  resolve: (specifier: string) => string;
  cache: Record<string, Module | undefined>;
  main: Module | undefined;
  extensions: Record<string, unknown>;
}

export class Loader {
  readonly resolver: Resolver;
  readonly esm: EsmLoader;
  readonly cache = Object.create(null) as Record<string, Module | undefined>;
  main: Module | undefined;
  private readonly sources: string[] = [];
  private readonly packs = new Map<string, unknown>();
  private globals_: Globals | undefined;

  private namesStorage: boolean | undefined;

  constructor(readonly program: Program) {
    this.resolver = new Resolver(program.world.files);
    this.esm = new EsmLoader(this);
  }

  get globals(): Globals {
    return (this.globals_ ??= learnerGlobals(this.program));
  }

  /** Packages that can be required without files. */
  offered(): string[] {
    return [...new Set([...packNames(), ...Object.keys(this.program.world.options.packages ?? {})])].sort();
  }

  builtins(): string[] {
    return coreNames();
  }

  /** A module of Node, without `node:`. */
  builtin(name: string): unknown {
    return coreModule(this.program, name.replace(/^node:/, ''));
  }

  isBuiltin(specifier: string): boolean {
    return isCore(specifier);
  }

  /** Exports of such a package, if the program has loaded it. */
  loadedPack(name: string): unknown {
    return this.packs.get(name);
  }

  /** A package that the runtime brings; undefined when there is none. */
  pack(name: string): { exports: unknown } | undefined {
    if (this.packs.has(name)) return { exports: this.packs.get(name) };
    const made = makePack(this, name);
    if (made) this.packs.set(name, made.exports);
    return made;
  }

  /** What kind of module a specifier leads to. */
  locate(specifier: string, from: string, conditions: string[]): { builtin: string } | { pack: string } | { path: string } | undefined {
    if (specifier.startsWith('node:')) {
      if (!this.isBuiltin(specifier)) throw nodeError(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
      return { builtin: specifier.slice(5) };
    }
    if (this.isBuiltin(specifier)) return { builtin: specifier };
    if (/^\.{0,2}\/|^\.{1,2}$/.test(specifier)) {
      const path = this.resolver.file(join(dirname(from), specifier));
      return path === undefined ? undefined : { path };
    }
    const path = this.resolver.bare(specifier, from, conditions);
    if (path !== undefined) return { path };
    return this.pack(specifier) ? { pack: specifier } : undefined;
  }

  require(specifier: unknown, parent: Module): unknown {
    if (typeof specifier !== 'string') {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "id" argument must be of type string. Received ${specifier === null ? 'null' : typeof specifier}`);
    }
    if (specifier === '') throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    const found = this.locate(specifier, parent.filename, ['require', 'node', 'default']);
    if (!found) throw this.notFound(specifier, parent);
    if ('builtin' in found) return this.builtin(found.builtin);
    if ('pack' in found) return this.pack(found.pack)!.exports;
    return this.load(found.path, parent).exports;
  }

  /** Loads a file once. */
  load(path: string, parent: Module | null, main = false): Module {
    const cached = this.cache[path];
    if (cached) {
      if (parent && !parent.children.includes(cached)) parent.children.push(cached);
      return cached;
    }
    const module = this.makeModule(path, parent);
    if (main) {
      module.id = '.';
      this.main = module;
    }
    this.cache[path] = module;
    parent?.children.push(module);
    let done = false;
    try {
      this.run(module);
      done = true;
    } finally {
      if (!done) delete this.cache[path];
    }
    module.loaded = true;
    return module;
  }

  /** A file of the project names AsyncLocalStorage: then what it holds comes back after each `await`, which costs a little. */
  private get keepsStores(): boolean {
    this.namesStorage ??= Object.values(this.program.world.files.project()).some((text) => text.includes('AsyncLocalStorage'));
    return this.namesStorage;
  }

  compile(path: string, kind: ModuleKind | undefined): Compiled {
    const text = this.program.world.files.text(path);
    this.program.usesPromises ||= usesPromises(text);
    try {
      const compiled = compile(text, path, kind, this.globals.names, this.keepsStores);
      this.sources.push(compiled.source);
      return compiled;
    } catch (error) {
      if (!(error instanceof ModuleSyntaxError)) throw error;
      const shown = new SyntaxError(error.problem.message);
      Object.defineProperty(shown, 'stack', { value: syntaxStack(path, text, error.problem), writable: true, configurable: true });
      setPlace(shown, { path, line: error.problem.line, column: error.problem.column });
      throw shown;
    }
  }

  /** Where a function of the project's files is written. */
  definitionOf(handle: object): ReturnType<typeof definitionOf> {
    return definitionOf(handle, this.sources);
  }

  /** Text of a package that the runtime brings, run with the globals of this program. */
  runPack(text: string, require: (specifier: string) => unknown): unknown {
    const { names } = this.globals;
    this.program.usesPromises ||= usesPromises(text);
    const make = compilePack(text, names);
    const module = { exports: {} as unknown };
    const run = make(...this.globals.values(), () => undefined, () => Promise.reject(new Error('no import() in packs')));
    run.call(module.exports, module.exports, require, module, '/node_modules', '/node_modules');
    return module.exports;
  }

  /** Globals and the hooks of one file, in the order in which it takes them. */
  scopeOf(path: string): unknown[] {
    return [...this.globals.values(), this.program.guard.ticker(path), (specifier: unknown) => this.esm.dynamic(String(specifier), path), keep, back, bind];
  }

  makeRequire(module: Module): Require {
    const require = ((specifier: string) => this.require(specifier, module)) as Require;
    Object.defineProperty(require, 'name', { value: 'require' });
    require.resolve = (specifier) => {
      const found = this.locate(specifier, module.filename, ['require', 'node', 'default']);
      if (!found) throw this.notFound(specifier, module);
      return 'path' in found ? found.path : specifier;
    };
    require.cache = this.cache;
    require.main = this.main;
    require.extensions = { '.js': null, '.json': null, '.node': null };
    return require;
  }

  makeModule(path: string, parent: Module | null): Module {
    const paths: string[] = [];
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      paths.push(join(folder, 'node_modules'));
      if (folder === '/') break;
    }
    const module = Object.create(ModuleBase.prototype) as Module;
    Object.assign(module, { id: path, path: dirname(path), exports: {}, filename: path, loaded: false, children: [], paths });
    Object.defineProperty(module, 'parent', { value: parent, writable: true, configurable: true, enumerable: false });
    Object.defineProperty(module, 'require', { value: (specifier: string) => this.require(specifier, module), configurable: true, writable: true });
    return module;
  }

  forget(): void {
    forgetSources(this.sources);
    this.globals_?.leave();
  }

  private run(module: Module): void {
    const path = module.filename;
    if (path.endsWith('.json')) {
      const text = this.program.world.files.text(path);
      try {
        module.exports = JSON.parse(text.replace(/^\ufeff/, ''));
      } catch (error) {
        (error as Error).message = `${path}: ${(error as Error).message}`;
        throw error;
      }
      return;
    }
    const kind = this.resolver.kindOf(path);
    const compiled = this.compile(path, kind);
    if (compiled.kind === 'module') {
      module.exports = this.esm.requireSync(path, compiled);
      return;
    }
    const body = compiled.make(...this.scopeOf(path));
    body.call(module.exports, module.exports, this.makeRequire(module), module, path, dirname(path));
  }

  private notFound(specifier: string, parent: Module): Error {
    const stack: string[] = [];
    for (let at: Module | null | undefined = parent; at; at = at.parent) stack.push(at.filename);
    const message = `Cannot find module '${specifier}'\nRequire stack:\n${stack.map((path) => `- ${path}`).join('\n')}`;
    return Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND', requireStack: stack });
  }
}

/** Only so that an inspected module is called Module. */
class ModuleBase {
  static {
    Object.defineProperty(this, 'name', { value: 'Module' });
  }
}
