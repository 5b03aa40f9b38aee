/** What `fs` can do, synchronously, with Node's errors. */
import { join } from '../../modules/resolve';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { isEncoding } from '../buffer/checks';
import { invalidArgType, nodeError, systemError } from '../errors';
import { flagsOf } from './flags';
import { makeDirent, makeStats } from './stats';

type Options = { encoding?: string | null; flag?: string; recursive?: boolean; force?: boolean; withFileTypes?: boolean; throwIfNoEntry?: boolean };
type Given = string | Options | null | undefined;

/** Longest name of a file or folder, and longest path, as on Linux. */
const MOST_NAME = 255;
const MOST_PATH = 4095;

function checkEncoding(encoding: unknown): void {
  if (!encoding || encoding === 'buffer' || isEncoding(encoding)) return;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid encoding. Received '${String(encoding)}'`);
}

const options = (given: Given): Options => (typeof given === 'string' ? { encoding: given } : (given ?? {}));

export function makeOperations(program: Program): Record<string, (...args: never[]) => unknown> {
  const { files, clock } = program.world;
  const descriptors = new Map<number, { path: string; append: boolean; at: number }>();

  /** Absolute path of a path argument. */
  function locate(path: unknown, name = 'path'): string {
    const text = path instanceof URL ? decodeURIComponent(path.pathname) : path instanceof Uint8Array ? new TextDecoder().decode(path) : path;
    if (typeof text !== 'string') throw invalidArgType(name, 'of type string or an instance of Buffer or URL', path);
    return join((program.process.cwd as () => string)(), text);
  }
  /** The same, also of an open file. */
  function locateOpen(path: unknown, syscall = 'read'): string {
    if (typeof path !== 'number') return locate(path);
    const open = descriptors.get(path);
    if (!open) throw systemError('EBADF', syscall);
    return open.path;
  }
  const shown = (path: unknown): string => (path instanceof URL ? decodeURIComponent(path.pathname) : String(path));

  function missing(syscall: string, path: unknown): Error {
    const at = locate(path);
    const tooLong = at.length > MOST_PATH || at.split('/').some((part) => part.length > MOST_NAME);
    return systemError(tooLong ? 'ENAMETOOLONG' : 'ENOENT', syscall, shown(path));
  }

  function read(path: unknown): Uint8Array {
    const at = locateOpen(path);
    const node = files.node(at);
    if (node) return node.data;
    if (files.isFolder(at)) throw Object.assign(systemError('EISDIR', 'read'), {});
    throw missing('open', path);
  }

  function bytesOf(data: unknown, encoding: string | null | undefined): Uint8Array {
    if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    throw invalidArgType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  }

  function append(at: string, bytes: Uint8Array, path: string): void {
    const old = files.node(at)?.data ?? new Uint8Array();
    const joined = new Uint8Array(old.length + bytes.length);
    joined.set(old);
    joined.set(bytes, old.length);
    files.write(at, joined, 'open', path);
  }

  function writeFile(path: unknown, data: unknown, given?: Given): void {
    const { encoding, flag = 'w' } = options(given);
    checkEncoding(encoding);
    const at = locateOpen(path, 'write');
    if (flag.includes('x') && files.isFile(at)) throw systemError('EEXIST', 'open', shown(path));
    if (flag.startsWith('r') && !files.isFile(at)) throw systemError('ENOENT', 'open', shown(path));
    if (flag.startsWith('a')) append(at, bytesOf(data, encoding), shown(path));
    else files.write(at, bytesOf(data, encoding), 'open', shown(path));
  }

  const stat = (syscall: string) =>
    function (path: unknown, given?: Options): unknown {
      const at = syscall === 'fstat' ? locateOpen(path, syscall) : locate(path);
      const node = files.node(at);
      if (node || files.isFolder(at)) return makeStats(node, files.folderTime(at) ?? 0);
      if (given?.throwIfNoEntry === false) return undefined;
      throw missing(syscall, path);
    };

  function exists(path: unknown): boolean {
    try {
      const at = locate(path);
      return files.isFile(at) || files.isFolder(at);
    } catch {
      return false;
    }
  }

  function removeTree(at: string): void {
    for (const { name, folder } of files.list(at)) {
      if (folder) removeTree(join(at, name));
      else files.remove(join(at, name));
    }
    files.removeFolder(at);
  }

  function readdir(path: unknown, given?: Given): unknown {
    const at = locate(path);
    const { withFileTypes, recursive } = options(given);
    if (!files.isFolder(at)) throw systemError(files.isFile(at) ? 'ENOTDIR' : 'ENOENT', 'scandir', shown(path));
    const list = (folder: string, prefix: string): { name: string; folder: boolean; parent: string }[] =>
      files.list(folder).flatMap((item) => {
        const entry = { name: prefix + item.name, folder: item.folder, parent: folder };
        return recursive && item.folder ? [entry, ...list(join(folder, item.name), `${prefix}${item.name}/`)] : [entry];
      });
    return list(at, '').map((item) => (withFileTypes ? makeDirent(item.name.split('/').at(-1)!, item.parent, item.folder) : item.name));
  }

  return {
    readFile(path: unknown, given?: Given) {
      const { encoding } = options(given);
      checkEncoding(encoding);
      const data = Buffer.from(read(path));
      return encoding && encoding !== 'buffer' ? data.toString(encoding) : data;
    },
    writeFile,
    appendFile(path: unknown, data: unknown, given?: Given) {
      writeFile(path, data, { ...options(given), flag: 'a' });
    },
    stat: stat('stat'),
    lstat: stat('lstat'),
    fstat: stat('fstat'),
    exists,
    access(path: unknown) {
      if (!exists(path)) throw systemError('ENOENT', 'access', shown(path));
    },
    mkdir(path: unknown, given?: Options | number) {
      const at = locate(path);
      const recursive = typeof given === 'object' && given?.recursive === true;
      if (recursive) return files.makeFolders(at);
      if (files.isFolder(at) || files.isFile(at)) throw systemError('EEXIST', 'mkdir', shown(path));
      if (!files.isFolder(join(at, '..'))) throw systemError('ENOENT', 'mkdir', shown(path));
      files.makeFolders(at);
      return undefined;
    },
    mkdtemp(prefix: string) {
      if (!files.isFolder(join(locate(prefix), '..'))) throw systemError('ENOENT', 'mkdtemp', `${prefix}XXXXXX`);
      const at = `${locate(prefix)}${String(program.world.random.next()).slice(2, 8)}`;
      files.makeFolders(at);
      return at;
    },
    readdir,
    unlink(path: unknown) {
      const at = locate(path);
      if (files.isFolder(at)) throw systemError('EISDIR', 'unlink', shown(path));
      if (!files.isFile(at)) throw systemError('ENOENT', 'unlink', shown(path));
      files.remove(at);
    },
    rmdir(path: unknown, given?: Options) {
      const at = locate(path);
      if (!files.isFolder(at)) throw systemError('ENOENT', 'rmdir', shown(path));
      if (given?.recursive) removeTree(at);
      else if (files.list(at).length > 0) throw systemError('ENOTEMPTY', 'rmdir', shown(path));
      else files.removeFolder(at);
    },
    rm(path: unknown, given: Options = {}) {
      const at = locate(path);
      if (files.isFile(at)) files.remove(at);
      else if (files.isFolder(at)) {
        if (!given.recursive) throw Object.assign(new Error(`Path is a directory: rm returned EISDIR (is a directory) ${shown(path)}`), { code: 'ERR_FS_EISDIR' });
        removeTree(at);
      } else if (!given.force) throw systemError('ENOENT', 'lstat', shown(path));
    },
    rename(from: unknown, to: unknown) {
      const source = locate(from);
      if (!exists(from)) throw systemError('ENOENT', 'rename', shown(from), shown(to));
      files.move(source, locate(to));
    },
    copyFile(from: unknown, to: unknown, mode = 0) {
      if (!files.isFile(locate(from))) throw systemError('ENOENT', 'copyfile', shown(from), shown(to));
      if (mode & 1 && files.isFile(locate(to))) throw systemError('EEXIST', 'copyfile', shown(from), shown(to));
      files.write(locate(to), read(from).slice(), 'copyfile', shown(to));
    },
    truncate(path: unknown, length = 0) {
      files.write(locate(path), read(path).slice(0, length), 'open', shown(path));
    },
    realpath(path: unknown) {
      const at = locate(path);
      // Folder by folder, as links could be on the way.
      const parts = at.split('/').slice(1).map((_, end, all) => `/${all.slice(0, end + 1).join('/')}`);
      for (const part of parts) if (!exists(part)) throw systemError('ENOENT', 'lstat', part);
      return at;
    },
    utimes(path: unknown, _atime: unknown, mtime: unknown) {
      const at = locate(path);
      const node = files.node(at);
      if (!node && !files.isFolder(at)) throw systemError('ENOENT', 'utime', shown(path));
      if (node) node.mtime = mtime instanceof Date ? mtime.getTime() : Number(mtime) * 1000;
    },
    chmod(path: unknown, mode: number) {
      const node = files.node(locate(path));
      if (!node) throw systemError('ENOENT', 'chmod', shown(path));
      node.mode = 0o100000 | mode;
    },
    open(path: unknown, given: unknown = 'r') {
      const at = locate(path);
      const flags = flagsOf(given);
      if (flags.startsWith('r') && !files.isFile(at)) throw systemError('ENOENT', 'open', shown(path));
      if (flags.includes('x') && files.isFile(at)) throw systemError('EEXIST', 'open', shown(path));
      if (flags.startsWith('w') || !files.isFile(at)) files.write(at, new Uint8Array(), 'open', shown(path));
      const fd = Math.max(9, ...descriptors.keys()) + 1;
      descriptors.set(fd, { path: at, append: flags.startsWith('a'), at: 0 });
      return fd;
    },
    close(fd: number) {
      if (!descriptors.delete(fd)) throw systemError('EBADF', 'close');
    },
    write(fd: number, data: unknown, ...rest: unknown[]) {
      const open = descriptors.get(fd);
      if (!open) throw systemError('EBADF', 'write');
      const bytes = bytesOf(data, typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined);
      append(open.path, bytes, open.path);
      return bytes.length;
    },
    read(fd: number, target: Uint8Array, offset = 0, length = target.length, position: number | null = null) {
      const open = descriptors.get(fd);
      if (!open) throw systemError('EBADF', 'read');
      const from = position ?? open.at;
      const part = read(fd).subarray(from, from + length);
      target.set(part, offset);
      if (position === null) open.at += part.length;
      return part.length;
    },
    fsync: () => void clock.now(),
  } as Record<string, (...args: never[]) => unknown>;
}
