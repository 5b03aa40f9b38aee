/** `npm` in the console: what it does to package.json, and what it prints. */
import { near } from '../modules/offered';
import type { PackageJson } from '../modules/resolve';

/** What a command of npm comes to. */
export interface NpmResult {
  text: string;
  exit: number;
  /** The new text of package.json. */
  packageJson?: string;
}

type Group = 'dependencies' | 'devDependencies';
type Manifest = PackageJson & Partial<Record<Group, Record<string, string>>>;

const VERSION = '10.8.2';
const GROUPS: Group[] = ['dependencies', 'devDependencies'];
const DOES: Record<string, 'install' | 'uninstall' | 'list' | 'init' | 'version'> = {
  install: 'install', i: 'install', add: 'install', ci: 'install', in: 'install',
  uninstall: 'uninstall', un: 'uninstall', remove: 'uninstall', rm: 'uninstall', r: 'uninstall',
  ls: 'list', list: 'list', ll: 'list',
  init: 'init', create: 'init',
  '-v': 'version', '--version': 'version',
};

/** Without a prototype: `constructor` is no package. */
const versions = (): Record<string, string> => Object.assign(Object.create(null) as Record<string, string>, PACKS, OWN_PACKAGES);
const count = (number: number): string => `${number} package${number === 1 ? '' : 's'}`;

/** Two spaces unless the file has another indent; npm ends the file with a line feed. */
function written(manifest: Manifest, before: string | undefined): string {
  const indent = /^([ \t]+)"/m.exec(before ?? '')?.[1] ?? '  ';
  return `${JSON.stringify(manifest, null, indent)}\n`;
}

/** Sorted as npm sorts them; an empty group goes. */
function setGroup(manifest: Manifest, group: Group, entries: Record<string, string>): void {
  const names = Object.keys(entries).sort();
  if (names.length === 0) delete manifest[group];
  else manifest[group] = Object.fromEntries(names.map((name) => [name, entries[name]!]));
}

function notThere(name: string): string {
  const known = Object.keys(versions()).filter((other) => !other.includes('/'));
  const close = near(name, known);
  return (
    `npm error code E404\nnpm error 404 '${name}' is not offered here.${close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : ''}\n` +
    `npm error 404 Packages that can be installed: ${known.sort().join(', ')}.\nnpm error 404 Authors add a package as docs/writing-lessons.md says under "Packages".`
  );
}

function install(manifest: Manifest, before: string | undefined, args: string[]): NpmResult {
  const known = versions();
  const asked = args.filter((word) => !word.startsWith('-'));
  const development = args.some((word) => word === '-D' || word === '--save-dev');
  if (asked.length === 0) {
    const names = GROUPS.flatMap((group) => Object.keys(manifest[group] ?? {}));
    const missing = names.find((name) => !known[name]);
    return missing ? { text: notThere(missing), exit: 1 } : { text: `up to date, audited ${count(names.length + 1)}`, exit: 0 };
  }
  const notes: string[] = [];
  let added = 0;
  for (const word of asked) {
    const [, name = word, range = ''] = /^(@?[^@]+)(?:@(.*))?$/.exec(word) ?? [];
    const version = known[name];
    if (!version || name.includes('/')) return { text: notThere(name), exit: 1 };
    if (/^[\^~]?\d/.test(range) && /\d+/.exec(range)![0] !== version.split('.')[0]) notes.push(`npm warn ${name}@${range} is not here; ${version} is`);
    const group = development ? 'devDependencies' : 'dependencies';
    if (!GROUPS.some((each) => manifest[each]?.[name])) added += 1;
    for (const each of GROUPS) {
      const { [name]: _, ...rest } = manifest[each] ?? {};
      const exact = args.some((flag) => flag === '-E' || flag === '--save-exact');
      setGroup(manifest, each, each === group ? { ...rest, [name]: `${exact ? '' : '^'}${version}` } : rest);
    }
  }
  const total = GROUPS.reduce((sum, group) => sum + Object.keys(manifest[group] ?? {}).length, 1);
  const done = added > 0 ? `added ${count(added)}, and audited ${count(total)}` : `up to date, audited ${count(total)}`;
  return { text: [...notes, done].join('\n'), exit: 0, packageJson: written(manifest, before) };
}

function uninstall(manifest: Manifest, before: string | undefined, args: string[]): NpmResult {
  const names = args.filter((word) => !word.startsWith('-'));
  if (names.length === 0) return { text: 'npm error Must provide a package name to remove', exit: 1 };
  const there = names.filter((name) => GROUPS.some((group) => manifest[group]?.[name]));
  if (there.length === 0) return { text: 'up to date', exit: 0 };
  for (const group of GROUPS) setGroup(manifest, group, Object.fromEntries(Object.entries(manifest[group] ?? {}).filter(([name]) => !there.includes(name))));
  return { text: `removed ${count(there.length)}`, exit: 0, packageJson: written(manifest, before) };
}

function list(manifest: Manifest): NpmResult {
  const known = versions();
  const entries = GROUPS.flatMap((group) => Object.entries(manifest[group] ?? {})).sort(([a], [b]) => (a < b ? -1 : 1));
  const missing = entries.filter(([name]) => !known[name]);
  const line = ([name, range]: [string, string]): string => (known[name] ? `${name}@${known[name]}` : `UNMET DEPENDENCY ${name}@${range}`);
  const lines = entries.map((entry, at) => `${at === entries.length - 1 ? '└──' : '├──'} ${line(entry)}`);
  const problems = missing.map(([name, range]) => `npm error missing: ${name}@${range}, required by ${manifest.name ?? 'app'}@${manifest.version ?? ''}`);
  const head = `${manifest.name ?? 'app'}${manifest.version ? `@${manifest.version}` : ''} /app`;
  return { text: [head, ...(lines.length > 0 ? lines : ['└── (empty)']), ...problems].join('\n'), exit: missing.length > 0 ? 1 : 0 };
}

function init(manifest: Manifest, before: string | undefined, main: string): NpmResult {
  const whole: Manifest = { name: 'app', version: '1.0.0', main, ...manifest, scripts: manifest.scripts ?? { start: `node ${main}` } };
  const packageJson = written(whole, before);
  return { text: `Wrote to /app/package.json:\n\n${packageJson}`, exit: 0, packageJson };
}

/** Does what `npm <words>` asks of package.json; undefined when it asks for a script. `before` is the text of package.json. */
export function npm(words: string[], before: string | undefined, main: string): NpmResult | undefined {
  const does = Object.hasOwn(DOES, words[0] ?? '') ? DOES[words[0]!] : undefined;
  if (!does) return undefined;
  if (does === 'version') return { text: VERSION, exit: 0 };
  let manifest: Manifest;
  try {
    manifest = before === undefined ? {} : ((JSON.parse(before) as Manifest | null) ?? {});
  } catch (error) {
    return { text: `npm error code EJSONPARSE\nnpm error package.json is no JSON: ${(error as Error).message}`, exit: 1 };
  }
  const args = words.slice(1);
  if (does === 'install') return install(manifest, before, args);
  if (does === 'uninstall') return uninstall(manifest, before, args);
  return does === 'list' ? list(manifest) : init(manifest, before, main);
}
