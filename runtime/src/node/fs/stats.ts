/** `fs.Stats` and `fs.Dirent`. */
import type { FileNode } from './files';

class Stats {
  dev = 1;
  nlink = 1;
  uid = 1000;
  gid = 1000;
  rdev = 0;
  blksize = 4096;
  declare mode: number;
  declare ino: number;
  declare size: number;
  declare blocks: number;
  declare atimeMs: number;
  declare mtimeMs: number;
  declare ctimeMs: number;
  declare birthtimeMs: number;
  declare atime: Date;
  declare mtime: Date;
  declare ctime: Date;
  declare birthtime: Date;
  isFile(): boolean {
    return (this.mode & 0o170000) === 0o100000;
  }
  isDirectory(): boolean {
    return (this.mode & 0o170000) === 0o040000;
  }
  isSymbolicLink(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

export function makeStats(node: FileNode | undefined, folderTime: number): Stats {
  const changed = node?.mtime ?? folderTime;
  const born = node?.birth ?? folderTime;
  const size = node?.data.length ?? 4096;
  return Object.assign(new Stats(), {
    mode: node?.mode ?? 0o040755,
    ino: node?.ino ?? 1,
    size,
    blocks: Math.ceil(size / 512),
    atimeMs: changed,
    mtimeMs: changed,
    ctimeMs: changed,
    birthtimeMs: born,
    atime: new Date(changed),
    mtime: new Date(changed),
    ctime: new Date(changed),
    birthtime: new Date(born),
  });
}

class Dirent {
  constructor(readonly name: string, readonly parentPath: string, private readonly folder: boolean) {}
  get path(): string {
    return this.parentPath;
  }
  isFile(): boolean {
    return !this.folder;
  }
  isDirectory(): boolean {
    return this.folder;
  }
  isSymbolicLink(): boolean {
    return false;
  }
}

export function makeDirent(name: string, parent: string, folder: boolean): Dirent {
  return new Dirent(name, parent, folder);
}
