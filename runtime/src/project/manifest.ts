/** What an exported project has beside the learner's files: a package.json with which Node runs it, and a README that says how. */

/** Files of a project: path → text. */
export type Files = Record<string, string>;

interface Manifest {
  name?: string;
  version?: string;
  private?: boolean;
  type?: string;
  main?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  engines?: Record<string, string>;
}

/** Reads ES modules without a `type`, as the page does. */
const NODE = '>=20.19';

/** `require('x')`, `import('x')`, `import 'x'` and `… from 'x'`. */
const NAMED = /\b(?:require|import)\s*\(\s*(["'`])([^"'`\s]+)\1|\b(?:from|import)\s*(["'])([^"'\s]+)\3/g;

const versionOf = (name: string): string | undefined =>
  Object.hasOwn(OWN_PACKAGES, name) ? OWN_PACKAGES[name] : Object.hasOwn(PACKS, name) ? PACKS[name] : undefined;

/** The package that a specifier leads to: `nanoid/non-secure` → `nanoid`. */
const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** The packages that a project's code asks for and that are known here, in order. */
export function used(files: Files): string[] {
  const found = new Set<string>();
  for (const [path, text] of Object.entries(files)) {
    if (/\.[cm]?js$/.test(path)) for (const [, , asked, , from] of text.matchAll(NAMED)) found.add(packageOf(asked ?? from ?? ''));
    // A view engine is required by Express, by the ending of its files.
    const ending = /\.(\w+)$/.exec(path)?.[1];
    if (ending && !/^[cm]?js$/.test(ending)) found.add(ending);
  }
  return [...found].filter((name) => versionOf(name) !== undefined).sort();
}

/** A name as npm takes it. */
export function packageName(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return plain.slice(0, 100) || 'project';
}

function parsed(text: string | undefined): Manifest {
  try {
    const value = JSON.parse(text ?? '{}') as Manifest;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** Versions as the page has them; of packages that it does not know the written ones stay. */
function pinned(names: string[], written: Record<string, string> = {}): Record<string, string> {
  const all = [...new Set([...Object.keys(written), ...names])].sort();
  return Object.fromEntries(all.map((name) => [name, versionOf(name) ?? written[name] ?? '*']));
}

/** What a project starts with: server.js, or what its package.json says, or what is usual. */
export function entryOf(files: Files): string {
  const { main, scripts } = parsed(files['package.json']);
  const started = /\bnode(?:mon)?\s+(?:-\S+\s+)*([\w./-]+)/.exec(scripts?.start ?? '')?.[1];
  const all = ['server.js', started, main, 'index.js', 'app.js', 'server.mjs', 'index.mjs'];
  return all.find((path) => path !== undefined && path in files) ?? 'server.js';
}

/** The package.json to go with the files: the learner's own, completed. One that does not parse is replaced. */
export function manifest(name: string, files: Files, entry: string): string {
  const { name: given, version, private: hidden, scripts, dependencies, devDependencies, engines, ...rest } = parsed(files['package.json']);
  const start = { start: `node ${entry}`, dev: `node --watch ${entry}`, ...scripts };
  const development = Object.keys({ ...devDependencies, ...(/\bnodemon\b/.test(JSON.stringify(start)) && !dependencies?.nodemon ? { nodemon: '' } : {}) });
  const whole: Manifest = {
    name: given ?? packageName(name),
    version: version ?? '1.0.0',
    private: hidden ?? true,
    ...rest,
    scripts: start,
    dependencies: pinned(used(files).filter((one) => !development.includes(one)), dependencies),
    ...(development.length > 0 ? { devDependencies: pinned(development, devDependencies) } : {}),
    engines: { node: NODE, ...engines },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** What to know before it runs in Node. */
export function readme(name: string, files: Files): string {
  const code = Object.entries(files).filter(([path]) => /\.[cm]?js$/.test(path)).map(([, text]) => text).join('\n');
  const notes = [
    /localhost:4000|127\.0\.0\.1:4000/.test(code) ? '- The practice API on port 4000 lives in the course’s page. Calls to it fail here.' : '',
    used(files).includes('nodemailer') ? '- In the page, mail goes to an outbox. Here nodemailer sends it: give it a real server.' : '',
    used(files).includes('bcrypt') ? '- `bcrypt` is compiled when it is installed. `bcryptjs` does the same without a compiler.' : '',
  ].filter(Boolean);
  return [
    `# ${name}`, '', 'Made in Backlab. It needs [Node](https://nodejs.org) 20.19 or newer.', '', '```sh', 'npm install', 'npm start', '```', '',
    '`npm run dev` starts it again whenever a file changes. The packages have the versions that the page has.', ...(notes.length > 0 ? ['', 'What differs outside of the page:', '', ...notes] : []), '',
  ].join('\n');
}
