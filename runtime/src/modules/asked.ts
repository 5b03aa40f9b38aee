/** Finds the packs that a project asks for, before it runs: `require` cannot wait for one. */
import { ENGINE_PACKS } from './engine-packs';

/** A text in code that could be a package's name. */
const QUOTED = /(["'`])((?:@[\w.-]+\/)?[\w-][\w.-]*(?:\/[\w.-]+)*)\1/g;

/**
 * Packs that texts of code name in any string: in `require`, `import`, `app.set('view engine', …)` or a table of names that is
 * required later. A name in a comment loads a pack too many, and code that does not parse yet is read as well.
 */
export function asked(files: Record<string, string>): string[] {
  const found = new Set<string>();
  const take = (name: string): void => {
    if (!Object.hasOwn(PACKS, name)) return;
    if (found.has(name)) return;
    found.add(name);
    for (const other of PACK_NEEDS[name] ?? []) take(other);
    // A path into a package may lead to the package itself.
    if (name.includes('/')) take(name.slice(0, name.lastIndexOf('/')));
  };
  for (const [path, text] of Object.entries(files)) {
    for (const [pack, names] of Object.entries(ENGINE_PACKS)) if (names.test(text)) found.add(pack);
    const ending = /[^./]+$/.exec(path)?.[0] ?? '';
    if (/^[cm]?js$/.test(ending)) for (const [, , name = ''] of text.matchAll(QUOTED)) take(name);
    else take(ending);
    if (/(^|\/)package\.json$/.test(path)) for (const name of dependencies(text)) take(name);
  }
  return [...found].sort();
}

function dependencies(text: string): string[] {
  try {
    return Object.keys((JSON.parse(text) as { dependencies?: object }).dependencies ?? {});
  } catch {
    return [];
  }
}
