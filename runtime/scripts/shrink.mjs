/** Makes the engine's wasm smaller: what a panic would say goes first, since nothing shows it, then binaryen optimises for size. */
import binaryen from 'binaryen';
import { readFile, writeFile } from 'node:fs/promises';

/** Functions of Rust's library that never return. Cut down to the trap they end in, they take their callers' arguments along. */
const DEAD_ENDS = [
  /^core(\[\w+\])?::(panicking::|option::(expect|unwrap)_failed|result::unwrap_failed|cell::panic_|cell::lazy::panic_)/,
  /^core(\[\w+\])?::(slice::index::slice_\w*fail|slice::copy_from_slice_impl::len_mismatch_fail|str::slice_error_fail)/,
  /^alloc(\[\w+\])?::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)/,
  /^<alloc(\[\w+\])?::vec::Vec<.*>>::\w+::assert_failed/,
  /^std(\[\w+\])?::(panicking::|thread::local::panic_access_error)/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic|__rust_start_panic)/,
];

/** Rewrites a wasm file that still has its names. */
export async function shrink(file) {
  const module = binaryen.readBinary(await readFile(file));
  let cut = 0;
  for (let at = 0; at < module.getNumFunctions(); at += 1) {
    const reference = module.getFunctionByIndex(at);
    const { name, module: imported } = binaryen.getFunctionInfo(reference);
    if (imported || !DEAD_ENDS.some((pattern) => pattern.test(name))) continue;
    binaryen.Function(reference).body = module.unreachable();
    cut += 1;
  }
  if (cut < 10) throw new Error(`Only ${cut} panic functions were found in ${file}: Rust names them otherwise now. Adapt DEAD_ENDS in scripts/shrink.mjs.`);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  // Rust's stack lies below its data and ends far above the first kilobyte.
  binaryen.setLowMemoryUnused(true);
  module.optimize();
  module.optimize();
  await writeFile(file, module.emitBinary());
}
