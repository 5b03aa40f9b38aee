//! Builds the engine's wasm module and its JavaScript glue.

use crate::command::Program;
use crate::tools;
use anyhow::Result;

/// Writes the glue and the module to `runtime/src/engine/`.
pub fn build(release: bool) -> Result<()> {
    let mode = if release { "release" } else { "debug" };
    Program::new("node")
        .args(["runtime/scripts/engine.mjs", mode])
        .env("PATH", tools::path()?)
        .run()
}
