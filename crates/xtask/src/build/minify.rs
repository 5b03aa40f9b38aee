//! Makes a script or a stylesheet smaller, in its place.

use crate::command::Program;
use crate::root;
use anyhow::Result;
use std::path::Path;

pub fn minify(path: &Path) -> Result<()> {
    let path = path.to_string_lossy();
    Program::new(root::root().join("runtime/node_modules/.bin/esbuild"))
        .args([
            &*path,
            "--minify",
            "--target=es2022",
            "--allow-overwrite",
            &format!("--outfile={path}"),
        ])
        .quiet()?;
    Ok(())
}
