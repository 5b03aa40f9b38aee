/** What `fs` can do, synchronously, with Node's errors. */
import { join } from '../../modules/resolve';
import type { Program } from '../../sandbox/program';
import { Buffer } from '../buffer';
import { invalidArgType, systemError } from '../errors';
import { Descriptors, overlaid, type Span } from './descriptors';
import { flagsOf, type Flags } from './flags';
import { checkFileEncoding, optionsOf, type Given, type Options } from './options';
import { makeDirent, makeStats } from './stats';

/** Longest name of a file or folder, and longest path, as on Linux. */
const MOST_NAME = 255;
const MOST_PATH = 4095;

/** Letters and digits of a name that `mkdtemp` makes up. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `offset, length, position`, one after the other or in an object. */
function spanOf(bytes: Uint8Array, given: unknown[]): Span {
  const [first] = given;
  const [offset, length, position] = typeof first === 'object' && first !== null ? [(first as Span).offset, (first as Span).length, (first as Span).position] : (given as (number | null | undefined)[]);
  return { offset: offset ?? 0, length: length ?? bytes.length - (offset ?? 0), position: typeof position === 'number' && position >= 0 ? position : null };
}

/** Cut, or filled up with zeros. */
function sized(bytes: Uint8Array, length: number): Uint8Array {
  const sized = new Uint8Array(Math.max(0, length));
  sized.set(bytes.subarray(0, sized.length));
  return sized;
}

export function makeOperations(program: Program): Record<string, (...args: never[]) => unknown> {
  const { files, clock } = program.world;
  const descriptors = new Descriptors(files);

  /** Absolute path of a path argument. */
  function locate(path: unknown, name = 'path'): string {
    const text = path instanceof URL ? decodeURIComponent(path.pathname) : path instanceof Uint8Array ? new TextDecoder().decode(path) : path;
    if (typeof text !== 'string') throw invalidArgType(name, 'of type string or an instance of Buffer or URL', path);
    return join((program.process.cwd as () => string)(), text);
  }
  const shown = (path: unknown): string => (path instanceof URL ? decodeURIComponent(path.pathname) : path instanceof Uint8Array ? new TextDecoder().decode(path) : String(path));

  function missing(syscall: string, path: unknown): Error {
    const at = locate(path);
    const tooLong = at.length > MOST_PATH || at.split('/').some((part) => part.length > MOST_NAME);
    return systemError(tooLong ? 'ENAMETOOLONG' : 'ENOENT', syscall, shown(path));
  }

  /** Holds a path to how it is opened; nothing is made or changed. */
  function located(path: unknown, flags: Flags): string {
    const at = locate(path);
    if (files.isFolder(at) && (flags.writes || flags.creates)) throw systemError('EISDIR', 'open', shown(path));
    if (flags.exclusive && files.isFile(at)) throw systemError('EEXIST', 'open', shown(path));
    if (!flags.creates && !files.isFile(at) && !files.isFolder(at)) throw missing('open', path);
    return at;
  }

  function opened(path: unknown, flags: Flags): string {
    const at = located(path, flags);
    if (!files.isFolder(at) && (flags.truncates || !files.isFile(at))) files.write(at, new Uint8Array(), 'open', shown(path));
    return at;
  }

  function read(path: unknown, flag?: unknown): Uint8Array {
    if (typeof path === 'number') return descriptors.rest(path);
    const flags = flagsOf(flag);
    const at = opened(path, flags);
    if (!flags.reads) throw systemError('EBADF', 'read');
    if (files.isFolder(at)) throw systemError('EISDIR', 'read');
    return files.node(at)!.data;
  }

  function bytesOf(data: unknown, encoding: string | null | undefined): Uint8Array {
    if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    throw invalidArgType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  }

  function writeFile(path: unknown, data: unknown, given?: Given): void {
    const { encoding, flag } = optionsOf(given);
    checkFileEncoding(encoding);
    const bytes = bytesOf(data, encoding);
    if (typeof path === 'number') return void descriptors.write(path, bytes, null);
    const flags = flagsOf(flag || 'w');
    if (!flags.writes) {
      opened(path, flags);
      throw systemError('EBADF', 'write');
    }
    // Written at once, so that those who watch hear of one change.
    const at = located(path, flags);
    const old = files.node(at)?.data;
    files.write(at, !old || flags.truncates ? bytes : overlaid(old, bytes, flags.appends ? old.length : 0), 'open', shown(path));
  }

  const stat = (syscall: string) =>
    function (path: unknown, given?: Options): unknown {
      const at = syscall === 'fstat' ? descriptors.get(path, syscall).path : locate(path);
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
    const { withFileTypes, recursive } = optionsOf(given);
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
      const { encoding, flag } = optionsOf(given);
      checkFileEncoding(encoding);
      const data = Buffer.from(read(path, flag));
      return encoding && encoding !== 'buffer' ? data.toString(encoding) : data;
    },
    writeFile,
    appendFile(path: unknown, data: unknown, given?: Given) {
      const options = optionsOf(given);
      writeFile(path, data, { ...options, flag: options.flag || 'a' });
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
    mkdtemp(prefix: unknown) {
      locate(prefix, 'prefix');
      const letters = Array.from({ length: 6 }, () => LETTERS[Math.floor(program.world.random.next() * LETTERS.length)]).join('');
      const path = `${shown(prefix)}${letters}`;
      const at = locate(path);
      if (!files.isFolder(join(at, '..'))) throw systemError('ENOENT', 'mkdtemp', `${shown(prefix)}XXXXXX`);
      files.makeFolders(at);
      return path;
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
      files.write(locate(path), sized(read(path), length), 'open', shown(path));
    },
    ftruncate(fd: number, length = 0) {
      const { path, flags } = descriptors.get(fd, 'ftruncate');
      if (!flags.writes) throw systemError('EINVAL', 'ftruncate');
      files.write(path, sized(read(path), length), 'write');
    },
    realpath(path: unknown) {
      const at = locate(path);
      // Folder by folder, as links could be on the way.
      const parts = at.split('/').slice(1).map((_, end, all) => `/${all.slice(0, end + 1).join('/')}`);
      for (const part of parts) if (!exists(part)) throw systemError('ENOENT', 'lstat', part);
      return at;
    },
    nativeRealpath(path: unknown) {
      if (!exists(path)) throw missing('realpath', path);
      return locate(path);
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
    open(path: unknown, given?: unknown) {
      const flags = flagsOf(given);
      return descriptors.open(opened(path, flags), flags);
    },
    close(fd: number) {
      descriptors.close(fd);
    },
    write(fd: number, data: unknown, ...rest: unknown[]) {
      if (typeof data === 'string') {
        const [position, encoding] = rest as [number | null | undefined, string | undefined];
        return descriptors.write(fd, bytesOf(data, encoding), position ?? null);
      }
      const bytes = bytesOf(data, undefined);
      const { offset, length, position } = spanOf(bytes, rest);
      return descriptors.write(fd, bytes.subarray(offset, offset + length), position);
    },
    read: (fd: number, target: Uint8Array, ...rest: unknown[]) => descriptors.read(fd, target, spanOf(target, rest)),
    fsync: () => void clock.now(),
  } as Record<string, (...args: never[]) => unknown>;
}
