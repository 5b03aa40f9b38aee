//! Builds the engine's wasm module and its JavaScript glue.

use crate::command::Program;
use crate::tools;
use anyhow::Result;

/// Writes the glue and the module to `runtime/src/engine/`.
pub fn build(release: bool) -> Result<()> {
    let script = "runtime/scripts/engine.mjs";
    let arguments: &[&str] = if release { &[script] } else { &[script, "--dev"] };
    Program::new("node").args(arguments).env("PATH", tools::path()?).run()
}
