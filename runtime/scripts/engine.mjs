/**
 * Builds `crates/engine` to `src/engine/`, for the worker and for Node alike: JavaScript glue and wasm of the engine (`engine.js`,
 * `engine_bg.wasm`), which serves every request, and of the databases (`database.js`), of asymmetric keys (`keys.js`) and of Brotli
 * (`brotli.js`), which are loaded on demand.
 *
 *     node scripts/engine.mjs          release build, shrunk by binaryen
 *     node scripts/engine.mjs --dev    quick build
 *
 * Start one with its bytes: `import { initSync } from './engine/engine.js'; const { memory } = initSync({ module: bytes });`
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runtime = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(runtime);
const profile = process.argv.includes('--dev') ? 'dev' : 'wasm-release';
const output = join(runtime, 'src/engine');

const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const built = join(target, 'wasm32-unknown-unknown', profile === 'dev' ? 'debug' : profile, 'backlab_engine.wasm');
/** Module → the feature of the crate that makes it. */
const MODULES = { engine: 'core', database: 'database', keys: 'keys', brotli: 'brotli' };

for (const [name, feature] of Object.entries(MODULES)) {
  run('cargo', ['build', '--package', 'backlab-engine', '--no-default-features', '--features', feature, '--target', 'wasm32-unknown-unknown', '--profile', profile]);
  // Binding and shrinking take longer than a compiler that has nothing to do.
  const stamp = join(output, `${name}.made-from`);
  const madeFrom = `${profile} ${createHash('sha256').update(readFileSync(built)).digest('hex')}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) continue;
  run('wasm-bindgen', [built, '--target', 'web', '--omit-default-module-path', '--out-dir', output, '--out-name', name]);
  const wasm = join(output, `${name}_bg.wasm`);
  if (profile !== 'dev' && existsSync(join(runtime, 'node_modules/binaryen'))) {
    const { shrink } = await import('./shrink.mjs');
    await shrink(wasm);
  }
  writeFileSync(stamp, madeFrom);
  console.log(`src/engine/${name}_bg.wasm: ${Math.round(statSync(wasm).size / 1024)} KiB`);
}

function run(program, args) {
  try {
    execFileSync(program, args, { cwd: root, stdio: 'inherit' });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.error(`${program} is not installed. Run \`cargo xtask serve\` once: it installs what the build needs.`);
    process.exit(1);
  }
}
