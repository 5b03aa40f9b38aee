/** Open files of one program: how each was opened, and where in it the next byte is read or written. */
import { systemError } from '../errors';
import type { VirtualFiles } from './files';
import type { Flags } from './flags';

interface OpenFile {
  path: string;
  flags: Flags;
  at: number;
}

/** Where in the memory, and where in the file; null goes on from the last. */
export interface Span {
  offset: number;
  length: number;
  position: number | null;
}

/** Lower numbers are Node's own. */
const FIRST = 10;
const NOTHING = new Uint8Array();

/** Bytes put into others, which grow where they end too soon. */
export function overlaid(old: Uint8Array, bytes: Uint8Array, at: number): Uint8Array {
  const all = new Uint8Array(Math.max(old.length, at + bytes.length));
  all.set(old);
  all.set(bytes, at);
  return all;
}

export class Descriptors {
  private readonly byNumber = new Map<number, OpenFile>();

  constructor(private readonly files: VirtualFiles) {}

  get(fd: unknown, syscall: string): OpenFile {
    const open = this.byNumber.get(fd as number);
    if (!open) throw systemError('EBADF', syscall);
    return open;
  }

  open(path: string, flags: Flags): number {
    const fd = Math.max(FIRST - 1, ...this.byNumber.keys()) + 1;
    this.byNumber.set(fd, { path, flags, at: 0 });
    return fd;
  }

  close(fd: number): void {
    if (!this.byNumber.delete(fd)) throw systemError('EBADF', 'close');
  }

  read(fd: number, target: Uint8Array, { offset, length, position }: Span): number {
    const open = this.get(fd, 'read');
    if (!open.flags.reads) throw systemError('EBADF', 'read');
    const from = position ?? open.at;
    const part = this.bytes(open).subarray(from, from + length);
    target.set(part, offset);
    if (position === null) open.at += part.length;
    return part.length;
  }

  /** All that is left. */
  rest(fd: number): Uint8Array {
    const open = this.get(fd, 'fstat');
    if (!open.flags.reads) throw systemError('EBADF', 'read');
    const rest = this.bytes(open).subarray(open.at);
    open.at += rest.length;
    return rest;
  }

  write(fd: number, bytes: Uint8Array, position: number | null): number {
    const open = this.get(fd, 'write');
    if (!open.flags.writes) throw systemError('EBADF', 'write');
    const old = this.bytes(open);
    const at = open.flags.appends ? old.length : (position ?? open.at);
    this.files.write(open.path, overlaid(old, bytes, at), 'write');
    if (position === null) open.at = at + bytes.length;
    return bytes.length;
  }

  private bytes({ path }: OpenFile): Uint8Array {
    if (this.files.isFolder(path)) throw systemError('EISDIR', 'read');
    return this.files.node(path)?.data ?? NOTHING;
  }
}
