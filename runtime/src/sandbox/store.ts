/** Loads the databases when something first asks for them, and keeps every answer back until its change is stored. */
import type { Database, EngineBackend, Journalled, Unchanged } from './backend';
import { host } from './realm';
import type { World } from './world';

interface Waiting extends Journalled {
  resolve: () => void;
  reject: (error: Error) => void;
}

export class Store {
  /** Something was written since the sandbox was made. */
  touched = false;
  /** Told when a change is stored. */
  readonly listeners = new Set<() => void>();
  private loaded: Database | undefined;
  private loading: Promise<Database> | undefined;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;

  constructor(private readonly world: World) {}

  /** There are databases in this sandbox. */
  get exists(): boolean {
    return this.world.options.database !== undefined;
  }

  /** The databases, if they are here or can be had at once. */
  now(): Database | undefined {
    if (!this.loaded && !this.loading) void this.load();
    return this.loaded;
  }

  /** The databases, once they are loaded. */
  async backend(): Promise<EngineBackend> {
    const { backend } = this.now() ?? (await this.loading!);
    return backend;
  }

  /** Resolves when the change of an answer is stored; rejects when it could not be, and was taken back. Undefined: nothing is to be stored. */
  keep(answer: Journalled | Unchanged): Promise<void> | undefined {
    if (!answer.journal || answer.journal.length === 0) {
      this.tell(answer.changed);
      return undefined;
    }
    this.touched = true;
    if (!this.world.options.onJournal) {
      this.loaded?.backend.confirm(answer.sequence);
      this.tell(answer.changed);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...answer, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** Resolves when nothing is being stored: another sandbox may take over the databases. */
  async idle(): Promise<void> {
    await this.writing;
  }

  private load(): void {
    const { database } = this.world.options;
    if (!database) {
      this.loading = Promise.reject(new Error('There is no database in this sandbox: it was made without an engine'));
      this.loading.catch(() => undefined);
      return;
    }
    const made = database();
    if (!(made instanceof Promise)) {
      this.loaded = made;
      return;
    }
    // What waits for the databases is not idle.
    this.hold();
    this.loading = made.then(
      (here) => {
        this.loaded = here;
        this.release();
        return here;
      },
      (error: unknown) => {
        // The next one who asks tries again.
        this.loading = undefined;
        this.release();
        throw error;
      },
    );
    // Whoever waits for it hears of it; nobody may.
    this.loading.catch(() => undefined);
  }

  /** Stores batch after batch: what came while one was written is the next. */
  private async write(): Promise<void> {
    const { options } = this.world;
    const { backend } = this.loaded!;
    this.hold();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await options.onJournal?.(batch.flatMap(({ journal }) => journal));
      } catch (error) {
        // Later changes stand on those that are gone.
        backend.discard(batch[0]!.sequenceBefore);
        for (const { reject } of [...batch, ...this.waiting.splice(0)]) reject(error as Error);
        continue;
      }
      backend.confirm(batch.at(-1)!.sequence);
      for (const { resolve, changed } of batch) {
        try {
          this.tell(changed);
        } catch (error) {
          // Whoever listens has no say in what is stored.
          host.queueMicrotask(() => {
            throw error;
          });
        }
        resolve();
      }
    }
    this.writing = undefined;
    this.release();
  }

  private tell(changed: string[] | undefined): void {
    if (!changed || changed.length === 0) return;
    this.world.options.onChanged?.(changed);
    for (const listener of [...this.listeners]) listener();
  }

  private hold(): void {
    this.world.holds += 1;
  }

  private release(): void {
    this.world.holds -= 1;
    this.world.released();
  }
}
