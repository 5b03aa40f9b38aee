/** `fs.watch` and `fs.watchFile`: told by the files themselves, so that nothing is polled. */
import { join } from '../../modules/resolve';
import type { Program } from '../../sandbox/program';
import { invalidArgType, systemError } from '../errors';
import { EventEmitter, type Listener } from '../events/emitter';

interface WatchOptions {
  recursive?: boolean;
  persistent?: boolean;
  signal?: AbortSignal;
}

/** What both kinds of watchers do: they hear of changes, and keep the program alive until they are closed. */
abstract class Watcher extends EventEmitter {
  private counted = false;
  private forget: (() => void) | undefined;

  constructor(protected readonly program: Program, persistent: boolean, heard: (path: string, kind: 'change' | 'rename') => void) {
    super();
    for (const name of ['program', 'counted', 'forget']) Object.defineProperty(this, name, { enumerable: false, writable: true });
    const forget = program.world.files.watch(heard);
    const ended = program.onEnd(() => this.close());
    this.forget = () => {
      forget();
      ended();
    };
    this.count(persistent);
  }

  close(): void {
    if (!this.forget) return;
    this.forget();
    this.forget = undefined;
    this.count(false);
    this.program.nextTick(() => this.emit('close'));
  }

  ref(): this {
    return this.count(this.forget !== undefined);
  }

  unref(): this {
    return this.count(false);
  }

  private count(counts: boolean): this {
    if (counts === this.counted) return this;
    this.counted = counts;
    this.program.alive += counts ? 1 : -1;
    if (!counts) this.program.world.released();
    return this;
  }
}

class FSWatcher extends Watcher {
  constructor(program: Program, path: string, shown: string, { recursive = false, persistent = true, signal }: WatchOptions) {
    const { files } = program.world;
    const isFolder = files.isFolder(path);
    if (!isFolder && !files.isFile(path)) throw Object.assign(systemError('ENOENT', 'watch', shown), { filename: shown });
    const inside = path === '/' ? '/' : `${path}/`;
    super(program, persistent, (changed, kind) => {
      const name = changed === path ? path.slice(path.lastIndexOf('/') + 1) : isFolder && changed.startsWith(inside) ? changed.slice(inside.length) : undefined;
      if (name === undefined || (!recursive && name.includes('/'))) return;
      program.post(() => this.emit('change', kind, name));
    });
    signal?.addEventListener('abort', () => this.close(), { once: true });
  }
}

class StatWatcher extends Watcher {}

export function makeWatch(program: Program, stat: (path: string) => unknown): Record<string, unknown> {
  const absolute = (path: unknown): string => {
    if (typeof path !== 'string' && !(path instanceof URL)) throw invalidArgType('filename', 'of type string or an instance of Buffer or URL', path);
    return join((program.process.cwd as () => string)(), typeof path === 'string' ? path : decodeURIComponent(path.pathname));
  };
  const statWatchers = new Map<string, StatWatcher>();
  const now = (path: string): unknown => (program.world.files.isFile(path) ? stat(path) : { mtimeMs: 0, size: 0, isFile: () => false });

  return {
    watch(path: unknown, ...rest: unknown[]) {
      const listener = rest.at(-1);
      const [options] = rest;
      const watcher = new FSWatcher(program, absolute(path), String(path), typeof options === 'object' && options !== null ? (options as WatchOptions) : {});
      if (typeof listener === 'function') watcher.on('change', listener as Listener);
      return watcher;
    },
    watchFile(path: unknown, ...rest: unknown[]) {
      const listener = rest.at(-1);
      if (typeof listener !== 'function') throw invalidArgType('listener', 'of type function', listener);
      const name = absolute(path);
      const { persistent = true } = (typeof rest[0] === 'object' ? rest[0] : {}) as WatchOptions;
      let watcher = statWatchers.get(name);
      if (!watcher) {
        let before = now(name);
        watcher = new StatWatcher(program, persistent, (changed) => {
          if (changed !== name) return;
          const [current, previous] = [now(name), before];
          before = current;
          program.post(() => statWatchers.get(name)?.emit('change', current, previous));
        });
        statWatchers.set(name, watcher);
      }
      return watcher.on('change', listener as Listener);
    },
    unwatchFile(path: unknown, listener?: Listener) {
      const watcher = statWatchers.get(absolute(path));
      if (!watcher) return;
      if (listener) watcher.off('change', listener);
      else watcher.removeAllListeners('change');
      if (watcher.listenerCount('change') > 0) return;
      watcher.close();
      statWatchers.delete(absolute(path));
    },
  };
}
