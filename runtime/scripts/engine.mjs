/**
 * Builds `crates/engine` to `src/engine/`: JavaScript glue and `engine_bg.wasm`, for the worker and for Node alike.
 *
 *     node scripts/engine.mjs          release build, shrunk by binaryen
 *     node scripts/engine.mjs --dev    quick build
 *
 * Start it with the bytes: `import { initSync } from './engine/engine.js'; const { memory } = initSync({ module: bytes });`
 */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runtime = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(runtime);
const profile = process.argv.includes('--dev') ? 'dev' : 'wasm-release';
const output = join(runtime, 'src/engine');

run('cargo', ['build', '--package', 'backlab-engine', '--target', 'wasm32-unknown-unknown', '--profile', profile]);

const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const built = join(target, 'wasm32-unknown-unknown', profile === 'dev' ? 'debug' : profile, 'backlab_engine.wasm');
run('wasm-bindgen', [built, '--target', 'web', '--omit-default-module-path', '--out-dir', output, '--out-name', 'engine']);

const wasm = join(output, 'engine_bg.wasm');
if (profile !== 'dev' && existsSync(join(runtime, 'node_modules/binaryen'))) {
  const { shrink } = await import('./shrink.mjs');
  await shrink(wasm);
}
console.log(`src/engine/engine_bg.wasm: ${Math.round(statSync(wasm).size / 1024)} KiB`);

function run(program, args) {
  try {
    execFileSync(program, args, { cwd: root, stdio: 'inherit' });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.error(`${program} is not installed. Run \`cargo xtask serve\` once: it installs what the build needs.`);
    process.exit(1);
  }
}
