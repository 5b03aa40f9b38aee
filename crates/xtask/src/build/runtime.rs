//! Bundles the TypeScript runtime for the page and for Node.

use crate::command::Program;
use anyhow::Result;
use std::path::Path;

/// Writes host, worker, sandbox frame, preview, editor and service worker.
pub fn page(out: &Path, release: bool) -> Result<()> {
    let out = out.to_string_lossy().into_owned();
    let mode = if release { "release" } else { "debug" };
    Program::new("node").args(["runtime/build-page.mjs", &out, mode]).run()
}

/// Writes the npm-style package.
pub fn package(out: &Path) -> Result<()> {
    let out = out.to_string_lossy().into_owned();
    Program::new("node").args(["runtime/build.mjs", "--package", &out]).run()
}
