/** What libraries of the runtime know as `process`: ticks of the program that runs. */
import type { Program } from '../../sandbox/program';
import { current, host } from '../../sandbox/realm';

export function nextTick(run: (...args: unknown[]) => void, ...args: unknown[]): void {
  const owner = current.owner as Program | undefined;
  if (owner) owner.nextTick(run, ...args);
  else host.queueMicrotask(() => run(...args));
}

/** In the next tick; at once where no other tick waits, which could see the difference. */
export function lastTick<T>(run: (value: T) => void, value: T): void {
  if ((current.owner as Program | undefined)?.waitingTicks === 0) run(value);
  else nextTick(run as () => void, value);
}

export const env: Record<string, string | undefined> = {};
export const browser = false;
export const version = 'v20.20.2';
export const platform = 'linux';
export const cwd = (): string => ((current.owner as Program | undefined)?.process.cwd as (() => string) | undefined)?.() ?? '/app';
export const argv: string[] = [];
export const emitWarning = (): void => undefined;
export default { nextTick, env, browser, version, platform, cwd, argv, emitWarning };
