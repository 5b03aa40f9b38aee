/** The databases of this worker: their module is asked of the page when something first needs it. */
import type { Database, DatabaseSource } from '../sandbox';
import { databaseOf } from '../sandbox/connection-string';
import { startDatabases, type Databases } from './engine';
import type { FromWorker } from './protocol';

export class DatabaseShelf {
  private started: Promise<Databases> | undefined;
  private waiting: { resolve: (bytes: ArrayBuffer) => void; reject: (error: Error) => void } | undefined;
  private main: Database | Promise<Database> | undefined;

  constructor(private readonly journal: Uint8Array[], private readonly tell: (message: FromWorker) => void) {}

  /** The one that outlives every program, booted from the page's journal before it is used. */
  readonly lasting: DatabaseSource = () => (this.main ??= this.boot());

  /** A fresh one with nothing but the seed data. */
  readonly fresh: DatabaseSource = async () => (await this.start())([]).database;

  /** Loads the module for a program that will need it, while its packs are loaded. */
  ahead(files: Record<string, string>): void {
    if (databaseOf(files) !== undefined) Promise.resolve(this.lasting()).catch(() => undefined);
  }

  /** The page's answer. */
  came(bytes: ArrayBuffer | null, failure: string): void {
    if (bytes) this.waiting?.resolve(bytes);
    else this.waiting?.reject(new Error(failure));
    this.waiting = undefined;
  }

  private async boot(): Promise<Database> {
    try {
      const { database, damage } = (await this.start())(this.journal);
      if (damage.length > 0) this.tell({ event: { event: 'damaged', damage } });
      this.main = database;
      return database;
    } catch (error) {
      // The next one who asks tries again.
      this.main = undefined;
      throw error;
    }
  }

  private start(): Promise<Databases> {
    this.started ??= this.load();
    return this.started;
  }

  private async load(): Promise<Databases> {
    try {
      const bytes = await new Promise<ArrayBuffer>((resolve, reject) => {
        this.waiting = { resolve, reject };
        this.tell({ want: 'database' });
      });
      return await startDatabases(bytes);
    } catch (error) {
      this.started = undefined;
      throw error;
    }
  }
}
