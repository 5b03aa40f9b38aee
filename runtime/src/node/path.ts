/** Node's `path`, of Linux; `path.win32` beside it. */
import { posix, win32 } from 'path-unified';

export function makePath(): Record<string, unknown> {
  const [linux, windows]: Record<string, unknown>[] = [{ ...posix }, { ...win32 }];
  for (const path of [linux!, windows!]) Object.assign(path, { win32: windows, posix: linux, _makeLong: path.toNamespacedPath });
  return linux!;
}
