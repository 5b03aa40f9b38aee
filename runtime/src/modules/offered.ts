/** What to say of a package that is not there. */

/** Single changes of letters between two names, two neighbours that changed places being one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1), swapped ? before[j - 2]! + 1 : Infinity);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The names that are nearest to what was written, at most three. */
export function near(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((other) => ({ other, far: distance(wanted, plain(other)) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** What happened, why, and what to do next. */
export function missingPackage(name: string, offered: readonly string[], builtins: readonly string[]): string {
  if (Object.hasOwn(PACKS, name)) {
    return (
      `"${name}" is offered here, but it was not loaded before the program started: packages are loaded by the names that stand in the ` +
      `project's files. Write the name in full where it is required, require('${name}'), or list it in package.json with npm install ${name}. Then start again.`
    );
  }
  const close = near(name, [...offered, ...builtins]);
  return (
    `"${name}" is not offered here.${close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : ''} Packages that can be required: ${offered.join(', ')}. ` +
    `Node's own modules: ${builtins.join(', ')}. Authors add a package as docs/writing-lessons.md says under "Packages".`
  );
}
