/** The virtual file system: files and folders in memory, one per sandbox, shared by its programs. */
import { systemError } from '../errors';

export interface FileNode {
  data: Uint8Array;
  mtime: number;
  birth: number;
  mode: number;
  ino: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
export const ROOT = '/app';

export class VirtualFiles {
  private readonly nodes = new Map<string, FileNode>();
  private readonly folders = new Map<string, number>();
  private inodes = 0;
  /** Told after each change, with the absolute path. */
  private readonly watchers = new Set<(path: string, kind: 'change' | 'rename') => void>();

  constructor(private readonly now: () => number) {
    for (const folder of ['/', '/tmp', '/home', ROOT]) this.folders.set(folder, now());
  }

  /** Adds project files; paths relative to the project. */
  load(files: Record<string, string | Uint8Array>): void {
    for (const [path, data] of Object.entries(files)) {
      const absolute = path.startsWith('/') ? path : `${ROOT}/${path}`;
      this.makeFolders(absolute.slice(0, absolute.lastIndexOf('/')));
      this.put(absolute, typeof data === 'string' ? encoder.encode(data) : data);
    }
  }

  /** Text files of the project, by path relative to it. */
  project(): Record<string, string> {
    const files: Record<string, string> = {};
    for (const path of [...this.nodes.keys()].sort()) {
      if (path.startsWith(`${ROOT}/`)) files[path.slice(ROOT.length + 1)] = this.text(path);
    }
    return files;
  }

  /** Hears of every change until the function that it answers is called. */
  watch(heard: (path: string, kind: 'change' | 'rename') => void): () => void {
    this.watchers.add(heard);
    return () => this.watchers.delete(heard);
  }

  isFile(path: string): boolean {
    return this.nodes.has(path);
  }

  isFolder(path: string): boolean {
    return this.folders.has(path);
  }

  node(path: string): FileNode | undefined {
    return this.nodes.get(path);
  }

  folderTime(path: string): number | undefined {
    return this.folders.get(path);
  }

  text(path: string): string {
    const node = this.nodes.get(path);
    return node ? decoder.decode(node.data) : '';
  }

  /** Writes a file whose folder exists. */
  write(path: string, data: Uint8Array, syscall = 'open', shown = path): FileNode {
    if (this.folders.has(path)) throw systemError('EISDIR', syscall, shown);
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    if (!this.folders.has(parent)) throw systemError(this.nodes.has(parent) ? 'ENOTDIR' : 'ENOENT', syscall, shown);
    return this.put(path, data);
  }

  remove(path: string): void {
    this.nodes.delete(path);
    this.changed(path, 'rename');
  }

  /** Makes a folder and those above it; answers the first one made. */
  makeFolders(path: string): string | undefined {
    let made: string | undefined;
    let at = '';
    for (const part of path.split('/').filter(Boolean)) {
      at += `/${part}`;
      if (this.nodes.has(at)) throw systemError('EEXIST', 'mkdir', path);
      if (this.folders.has(at)) continue;
      this.folders.set(at, this.now());
      made ??= at;
    }
    return made;
  }

  removeFolder(path: string): void {
    this.folders.delete(path);
  }

  /** Names in a folder, sorted, with what they are. */
  list(path: string): { name: string; folder: boolean }[] {
    const prefix = path === '/' ? '/' : `${path}/`;
    const found: { name: string; folder: boolean }[] = [];
    const direct = (key: string): boolean => key !== path && key.startsWith(prefix) && !key.slice(prefix.length).includes('/');
    for (const key of this.nodes.keys()) if (direct(key)) found.push({ name: key.slice(prefix.length), folder: false });
    for (const key of this.folders.keys()) if (direct(key)) found.push({ name: key.slice(prefix.length), folder: true });
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Moves a file, or a folder with all that is in it. */
  move(from: string, to: string): void {
    const node = this.nodes.get(from);
    if (node) {
      this.nodes.delete(from);
      this.nodes.set(to, node);
    } else {
      const inside = (key: string): boolean => key === from || key.startsWith(`${from}/`);
      for (const key of [...this.folders.keys()].filter(inside)) {
        this.folders.set(to + key.slice(from.length), this.folders.get(key)!);
        this.folders.delete(key);
      }
      for (const [key, value] of [...this.nodes].filter(([path]) => inside(path))) {
        this.nodes.set(to + key.slice(from.length), value);
        this.nodes.delete(key);
      }
    }
    this.changed(from, 'rename');
    this.changed(to, 'rename');
  }

  private changed(path: string, kind: 'change' | 'rename'): void {
    for (const heard of this.watchers) heard(path, kind);
  }

  private put(path: string, data: Uint8Array): FileNode {
    const now = this.now();
    const old = this.nodes.get(path);
    if (old) Object.assign(old, { data, mtime: now });
    const node = old ?? { data, mtime: now, birth: now, mode: 0o100644, ino: (this.inodes += 1) };
    this.nodes.set(path, node);
    this.changed(path, old ? 'change' : 'rename');
    return node;
  }
}
