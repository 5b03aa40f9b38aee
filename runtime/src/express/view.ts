/** Templates: finds the file of a view and calls the engine that `app.engine` registered. */
import type { Kit } from './kit';

type Render = (path: string, options: object, done: (error: unknown, text?: string) => void) => void;

interface ViewOptions {
  defaultEngine?: string;
  root: string | string[];
  engines: Record<string, Render>;
}

export function View(kit: Kit) {
  const { fs, path } = kit;

  return class View {
    readonly ext: string;
    readonly engine: Render;
    readonly root: string | string[];
    readonly defaultEngine: string | undefined;
    readonly path: string | undefined;

    constructor(
      readonly name: string,
      options: ViewOptions,
    ) {
      this.defaultEngine = options.defaultEngine;
      this.root = options.root;
      this.ext = path.extname(name);
      if (!this.ext && !this.defaultEngine) throw new Error('No default engine was specified and no extension was provided.');
      let file = name;
      if (!this.ext) {
        this.ext = this.defaultEngine![0] === '.' ? this.defaultEngine! : `.${this.defaultEngine}`;
        file += this.ext;
      }
      this.engine = options.engines[this.ext] ??= load(this.ext.slice(1));
      this.path = this.lookup(file);
    }

    lookup(name: string): string | undefined {
      for (const root of [this.root].flat()) {
        const place = path.resolve(root, name);
        const found = this.resolve(path.dirname(place), path.basename(place));
        if (found) return found;
      }
      return undefined;
    }

    resolve(directory: string, file: string): string | undefined {
      const places = [path.join(directory, file), path.join(directory, path.basename(file, this.ext), `index${this.ext}`)];
      return places.find((place) => {
        try {
          return fs.statSync(place).isFile();
        } catch {
          return false;
        }
      });
    }

    /** Calls back in a later turn, also when the engine does not. */
    render(options: object, done: (error: unknown, text?: string) => void): void {
      let sync = true;
      this.engine(this.path!, options, (...given) => {
        if (!sync) return done(...given);
        kit.process.nextTick(() => done(...given));
      });
      sync = false;
    }
  };

  function load(name: string): Render {
    if (!kit.require) {
      throw new Error(`Cannot find module '${name}'. View engines are not offered here; register one with app.engine('${name}', render).`);
    }
    const render = (kit.require(name) as { __express?: unknown }).__express;
    if (typeof render !== 'function') throw new Error(`Module "${name}" does not provide a view engine.`);
    return render as Render;
  }
}
