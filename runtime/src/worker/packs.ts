/** The packs of this worker: asks the page for those that a program needs, before it starts. */
import { asked } from '../modules/asked';
import type { FromWorker, LoadedPacks } from './protocol';

export class Packs {
  private readonly texts = new Map<string, string>();
  private readonly failures = new Map<string, string>();
  private readonly waiting = new Map<number, (loaded: LoadedPacks) => void>();
  private count = 0;

  constructor(private readonly tell: (message: FromWorker) => void) {}

  /** Text of a pack that has come; throws for one that could not be loaded. */
  readonly text = (name: string): string | undefined => {
    const failure = this.failures.get(name);
    if (failure) throw Object.assign(new Error(failure), { code: 'ERR_PACK_NOT_LOADED' });
    return this.texts.get(name);
  };

  /** Resolves when the packs that these files name are here, or could not be loaded. */
  async prepare(files: Record<string, string>): Promise<void> {
    const names = asked(files).filter((name) => !this.texts.has(name));
    if (names.length === 0) return;
    this.count += 1;
    const need = this.count;
    const { texts, failures } = await new Promise<LoadedPacks>((resolve) => {
      this.waiting.set(need, resolve);
      this.tell({ need, names });
    });
    for (const name of names) this.failures.delete(name);
    for (const [name, text] of Object.entries(texts)) this.texts.set(name, text);
    for (const [name, failure] of Object.entries(failures)) this.failures.set(name, failure);
  }

  came(need: number, loaded: LoadedPacks): void {
    this.waiting.get(need)?.(loaded);
    this.waiting.delete(need);
  }
}
