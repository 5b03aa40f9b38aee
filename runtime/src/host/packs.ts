/** Loads packs for the workers: the page has the network and the offline cache, they have neither. */
import { ENGINE_PACKS } from '../modules/engine-packs';
import type { PackProgress } from '../protocol';
import type { LoadedPacks } from '../worker/protocol';

export class PackShelf {
  private readonly texts = new Map<string, Promise<string>>();

  constructor(private readonly load: (file: string) => Promise<Response>) {}

  /**
   * What the build does not know is not asked for; what failed is tried again the next time. `onProgress` hears what is being
   * loaded, and an empty list at the end.
   */
  async take(names: string[], onProgress: (progress: PackProgress) => void): Promise<LoadedPacks> {
    const known = names.filter((name) => Object.hasOwn(PACKS, name) || Object.hasOwn(ENGINE_PACKS, name));
    const waiting = new Set(known.filter((name) => !this.texts.has(name)));
    const progress = (): void => {
      const done = known.length - waiting.size;
      onProgress({ names: [...waiting], at: done + 1, of: known.length });
    };
    if (waiting.size > 0) progress();
    const loaded: LoadedPacks = { texts: {}, failures: {} };
    await Promise.all(
      known.map(async (name) => {
        try {
          loaded.texts[name] = await this.text(name);
        } catch (error) {
          this.texts.delete(name);
          loaded.failures[name] = `The package "${name}" could not be loaded: ${(error as Error).message}`;
        }
        if (waiting.delete(name)) progress();
      }),
    );
    return loaded;
  }

  private text(name: string): Promise<string> {
    let text = this.texts.get(name);
    if (!text) this.texts.set(name, (text = this.load(`packs/${name}.js`).then((answer) => answer.text())));
    return text;
  }
}
