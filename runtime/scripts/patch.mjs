/** A package's text with parts of it replaced, which must be there: marks are of the pinned version. */
import { readFile } from 'node:fs/promises';

/** Reads a file and replaces each mark wherever it stands; what `adapt` names has to be adapted to a newer version. */
export async function patched(path, changes, adapt) {
  let text = await readFile(path, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`The text of ${path} has changed: "${from}" is not in it. Adapt ${adapt}.`);
    text = text.replaceAll(from, () => to);
  }
  return text;
}
