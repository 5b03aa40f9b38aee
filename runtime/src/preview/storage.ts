/** `localStorage` and `sessionStorage` of a previewed page, whose opaque origin has none. The page that holds the frame keeps them for the next page. */
import type { Area, Kept } from './protocol';
import { tell } from './requests';

/** In characters, as browsers count it. */
const QUOTA = 5_000_000;

/** Puts both in place for pages of `origin`. `kept` is what pages stored before. */
export function giveStorage(origin: string, kept: Kept): void {
  const areas = (kept[origin] ??= { localStorage: {}, sessionStorage: {} });
  let telling = false;
  const keep = (): void => {
    if (telling) return;
    telling = true;
    // After all that the script stores in one go, and before it can lead to another page.
    queueMicrotask(() => {
      telling = false;
      tell({ preview: 'keep', kept });
    });
  };
  for (const area of Object.keys(areas) as Area[]) {
    const storage = storageOf(new Map(Object.entries(areas[area])), (items) => {
      areas[area] = Object.fromEntries(items);
      keep();
    });
    Object.defineProperty(globalThis, area, { configurable: true, enumerable: true, get: () => storage });
  }
}

/** The methods of `Storage`; its items are properties as well. */
function storageOf(items: Map<string, string>, changed: (items: Map<string, string>) => void): Storage {
  const methods = {
    getItem: (name: string) => items.get(String(name)) ?? null,
    setItem(...given: [name: string, value: string]): void {
      if (given.length < 2) throw new TypeError(`Failed to execute 'setItem' on 'Storage': 2 arguments required, but only ${given.length} present.`);
      const [name, value] = given;
      const next = new Map(items).set(String(name), String(value));
      if ([...next].reduce((sum, [key, text]) => sum + key.length + text.length, 0) > QUOTA) {
        throw new DOMException(`Setting the value of '${name}' exceeded the quota.`, 'QuotaExceededError');
      }
      items.set(String(name), String(value));
      changed(items);
    },
    removeItem(name: string): void {
      if (items.delete(String(name))) changed(items);
    },
    clear(): void {
      items.clear();
      changed(items);
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    get length(): number {
      return items.size;
    },
    [Symbol.toStringTag]: 'Storage',
  };
  const isItem = (name: string | symbol): name is string => typeof name === 'string' && !(name in methods);
  return new Proxy(Object.create(methods) as Storage, {
    get: (target, name) => (isItem(name) ? items.get(name) : Reflect.get(target, name)),
    set(_, name, value) {
      if (typeof name === 'string') methods.setItem(name, value as string);
      return true;
    },
    has: (target, name) => (isItem(name) ? items.has(name) : Reflect.has(target, name)),
    deleteProperty(_, name) {
      if (isItem(name)) methods.removeItem(name);
      return true;
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor(_, name) {
      const value = typeof name === 'string' ? items.get(name) : undefined;
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}
