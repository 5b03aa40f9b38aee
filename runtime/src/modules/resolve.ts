/** Node's way from a specifier to a file, over the virtual files. */
import type { VirtualFiles } from '../node/fs/files';
import { nodeError } from '../node/errors';
import type { ModuleKind } from './compile';

export interface PackageJson {
  name?: string;
  version?: string;
  main?: string;
  type?: string;
  exports?: unknown;
  imports?: unknown;
  scripts?: Record<string, string>;
}

export function dirname(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** Joins and removes `.` and `..`; the result is absolute. */
export function join(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export class Resolver {
  constructor(private readonly files: VirtualFiles) {}

  /** The package.json that governs a file. */
  packageOf(path: string): { folder: string; json: PackageJson } | undefined {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const json = this.packageJson(folder);
      if (json) return { folder, json };
      if (folder === '/' || folder.endsWith('/node_modules')) return undefined;
    }
  }

  /** What the ending or package.json says a file is; undefined leaves it to the syntax. */
  kindOf(path: string): ModuleKind | undefined {
    if (path.endsWith('.mjs')) return 'module';
    if (path.endsWith('.cjs')) return 'commonjs';
    const type = this.packageOf(path)?.json.type;
    if (type === 'module') return 'module';
    return type === 'commonjs' ? 'commonjs' : undefined;
  }

  /** A file or folder as `require` takes it. */
  file(path: string): string | undefined {
    if (this.files.isFile(path)) return path;
    for (const ending of ['.js', '.json', '.node']) if (this.files.isFile(path + ending)) return path + ending;
    return this.folder(path);
  }

  private folder(path: string): string | undefined {
    if (!this.files.isFolder(path)) return undefined;
    const main = this.packageJson(path)?.main;
    if (main) {
      const target = join(path, main);
      const found = this.files.isFile(target) ? target : (this.file(target) ?? undefined);
      if (found) return found;
    }
    for (const name of ['index.js', 'index.json']) if (this.files.isFile(join(path, name))) return join(path, name);
    return undefined;
  }

  /** A bare specifier through the node_modules folders above `from`. */
  bare(specifier: string, from: string, conditions: string[]): string | undefined {
    const [name, rest] = splitBare(specifier);
    const own = this.packageOf(from);
    if (own?.json.name === name && own.json.exports !== undefined) return this.exported(own.folder, own.json, rest, conditions);
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      const root = join(folder, `node_modules/${name}`);
      if (!folder.endsWith('/node_modules') && (this.files.isFolder(root) || this.files.isFile(`${root}.js`))) {
        const json = this.packageJson(root);
        if (json?.exports !== undefined) return this.exported(root, json, rest, conditions);
        const found = this.file(rest === '.' ? root : join(root, rest));
        if (found) return found;
      }
      if (folder === '/') return undefined;
    }
  }

  private exported(root: string, json: PackageJson, rest: string, conditions: string[]): string {
    const target = matchExports(json.exports, rest, conditions);
    if (target === undefined) {
      const what = rest === '.' ? `No "exports" main defined in ${root}/package.json` : `Package subpath '${rest}' is not defined by "exports" in ${root}/package.json`;
      throw nodeError(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED', what);
    }
    return join(root, target);
  }

  private packageJson(folder: string): PackageJson | undefined {
    const path = join(folder, 'package.json');
    if (!this.files.isFile(path)) return undefined;
    try {
      return JSON.parse(this.files.text(path)) as PackageJson;
    } catch (error) {
      throw nodeError(Error, 'ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${path}.\n${(error as Error).message}`);
    }
  }
}

function splitBare(specifier: string): [name: string, rest: string] {
  const parts = specifier.split('/');
  const name = parts.splice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return [name, parts.length === 0 ? '.' : `./${parts.join('/')}`];
}

function condition(target: unknown, conditions: string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map((item) => condition(item, conditions)).find((item) => item !== undefined);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [key, value] of Object.entries(target)) {
    if (key !== 'default' && !conditions.includes(key)) continue;
    const found = condition(value, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matchExports(exports: unknown, rest: string, conditions: string[]): string | undefined {
  const keyed = typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!keyed) return rest === '.' ? condition(exports, conditions) : undefined;
  const table = exports as Record<string, unknown>;
  if (rest in table) return condition(table[rest], conditions);
  for (const [key, value] of Object.entries(table)) {
    const [before, after] = key.split('*') as [string, string?];
    if (after === undefined || !rest.startsWith(before) || !rest.endsWith(after)) continue;
    const middle = rest.slice(before.length, rest.length - after.length);
    return condition(value, conditions)?.replaceAll('*', middle);
  }
  return undefined;
}
