/** Bundles each package that `packs/package.json` names to `packs/<name>.js`: CommonJS text that a sandbox runs on the first require. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../packs');
const cache = join(here, '../target/packs');
const { dependencies, packs } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { subpaths, aliases, needs, own } = packs;

/** The package that a specifier leads to: `nanoid/non-secure` → `nanoid`. */
const packageOf = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
const names = [...Object.keys(dependencies), ...subpaths, ...Object.keys(aliases)].sort();

/** The engine's modules that are no packages, and loaded like them: file in `src/engine` → what it exports. */
const ENGINE_PACKS = { keys: ['AsymmetricKey', 'Cipher'], brotli: ['BrotliEncoder', 'BrotliDecoder'] };

/** What the runtime is told at build time: specifier → version, of the packs and of the packages that it brings itself. */
export const packDefines = {
  PACKS: JSON.stringify(Object.fromEntries(names.map((name) => [name, dependencies[packageOf(name)]]))),
  /** Pack → the packs that it requires, so that a class of theirs is one class for all. */
  PACK_NEEDS: JSON.stringify(needs),
  OWN_PACKAGES: JSON.stringify(own),
};

/** Of the packs that cannot work as they are: a file of theirs → what stands in its place. */
const REPLACED = [
  [/nodemailer\/dist\/cjs\/(smtp-transport|smtp-pool|sendmail-transport|ses-transport)\/index\.js$/, 'outbox.cjs'],
  [/nodemailer\/dist\/cjs\/fetch\/index\.js$/, 'ethereal.cjs'],
  [/mongodb\/lib\/mongo_client_auth_providers\.js$/, 'mongo-auth.cjs'],
  [/mongodb\/lib\/client-side-encryption\/(auto_encrypter|client_encryption)\.js$/, 'mongo-encryption.cjs'],
];

/** A package that stands in for another. */
const INSTEAD = { 'whatwg-url': 'native-url.cjs' };

/** Texts of the packs that are changed: file → what, and what instead. */
const CHANGED = [
  // Who waits for a connection goes on in the request that it waits for, not in the one that frees the connection.
  [/mongodb\/lib\/(cmap\/connection_pool|sdam\/topology)\.js$/, '(0, utils_1.promiseWithResolvers)()', "require('backlab:resolvers')()"],
];

const nodes = new Set(builtinModules);
/** Node's modules, the runtime's own packages, and the packs that a pack needs are asked for when it runs. */
const surroundings = (pack) => ({
  name: 'surroundings',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      const name = path.replace(/^node:/, '');
      if (nodes.has(name)) return { path: name, external: true };
      if (INSTEAD[path]) return { path: join(folder, INSTEAD[path]) };
      const needed = (needs[pack] ?? []).find((other) => other === packageOf(path));
      if (needed) return { path: path.endsWith('/bson') ? 'bson' : needed, external: true };
      return path in own || path.startsWith('backlab:') ? { path, external: true } : undefined;
    });
    onLoad({ filter: /[\\/](nodemailer[\\/]dist[\\/]cjs|mongodb[\\/]lib)[\\/]/ }, async ({ path }) => {
      const file = path.replaceAll('\\', '/');
      const other = REPLACED.find(([pattern]) => pattern.test(file))?.[1];
      if (other) return { contents: await readFile(join(folder, other), 'utf8'), loader: 'js', resolveDir: folder };
      const change = CHANGED.find(([pattern]) => pattern.test(file));
      if (!change) return undefined;
      const [, what, instead] = change;
      const text = await readFile(path, 'utf8');
      if (!text.includes(what)) throw new Error(`${file} has changed: "${what}" is not in it. Adapt CHANGED in build-packs.mjs.`);
      return { contents: text.replaceAll(what, instead), loader: 'js' };
    });
  },
});

async function bundle(name) {
  if (aliases[name]) return `module.exports=require(${JSON.stringify(aliases[name])});`;
  const result = await build({
    stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: folder, sourcefile: 'pack.cjs', loader: 'js' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    minify: true,
    // Programs print classes and the names of layers.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    plugins: [surroundings(name)],
    logLevel: 'error',
  });
  const { inputs } = result.metafile;
  const entry = Object.entries(inputs).find(([path]) => path.endsWith('pack.cjs'))[1].imports[0]?.path;
  // What Node's require answers for an ES module is its namespace.
  const namespace = inputs[entry]?.format === 'esm' ? 'Object.setPrototypeOf(Object.defineProperty(module.exports,Symbol.toStringTag,{value:"Module"}),null);' : '';
  return result.outputFiles[0].text + namespace;
}

/** Glue and wasm in one text, which a program that has started can run without waiting. */
async function bundleEngine(file, names) {
  const engine = process.env.BACKLAB_ENGINE ?? join(here, 'src/engine');
  const { outputFiles } = await build({
    stdin: {
      contents: `import { initSync, ${names} } from './${file}.js'; import module from './${file}_bg.wasm'; initSync({ module }); export { ${names} };`,
      resolveDir: engine,
      loader: 'js',
    },
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    minify: true,
    loader: { '.wasm': 'binary' },
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** What the packs are made from; the same text means the same packs. */
async function fingerprint() {
  const hash = createHash('sha256');
  const files = (await readdir(folder)).filter((file) => /\.(json|cjs)$/.test(file)).sort();
  for (const file of files) hash.update(await readFile(join(folder, file)));
  return hash.update(await readFile(fileURLToPath(import.meta.url))).digest('hex');
}

/** Writes every pack below `out`, from the last build when nothing changed; prints the size of each that is built. */
export async function buildPacks(out) {
  const stamp = join(cache, '.made-from');
  const wanted = await fingerprint();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    if (!existsSync(join(folder, 'node_modules'))) throw new Error('The packs are not installed. Run `npm ci` in packs/ first.');
    await rm(cache, { recursive: true, force: true });
    let sum = 0;
    for (const name of names) {
      const text = await bundle(name);
      const file = join(cache, 'packs', `${name}.js`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      const small = brotliCompressSync(text).length;
      sum += small;
      console.log(`packs/${name}.js: ${(text.length / 1024).toFixed(1)} KiB, ${(small / 1024).toFixed(1)} KiB brotli`);
    }
    console.log(`${names.length} packs: ${(sum / 1024).toFixed(0)} KiB brotli`);
    await writeFile(stamp, wanted);
  }
  await cp(join(cache, 'packs'), join(out, 'packs'), { recursive: true });
  for (const [file, exported] of Object.entries(ENGINE_PACKS)) {
    await writeFile(join(out, 'packs', `backlab-${file}.js`), await bundleEngine(file, exported));
  }
}
