/** Which database a program that uses MongoDB works in, as its files say before it runs. */
import { asked } from '../modules/asked';

/** `mongodb://user:password@host:27017,other/shop?retryWrites=true` */
const URL = /mongodb(?:\+srv)?:\/\/[^\s"'`/?]+(?:\/([\w-]+))?/;
const DEFAULT = 'test';

/**
 * The database that the first connection string of a project names: in `env`, then in its files in order of their paths. Without a
 * name in it, it is MongoDB's `test`; undefined when the project uses neither mongoose nor mongodb.
 */
export function databaseOf(files: Record<string, string>, env: Record<string, string> = {}): string | undefined {
  const packs = asked(files);
  if (!packs.includes('mongoose') && !packs.includes('mongodb')) return undefined;
  const texts = [...Object.values(env), ...Object.keys(files).sort().map((path) => files[path]!)];
  for (const text of texts) {
    const found = URL.exec(text);
    if (found) return found[1] ?? DEFAULT;
  }
  return DEFAULT;
}
