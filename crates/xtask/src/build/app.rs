//! Builds the Yew app with Trunk, and optimises its wasm.

use super::minify::minify;
use super::{join, names, split};
use crate::command::Program;
use crate::{root, sizes, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Writes `index.html`, scripts, styles and wasm to a folder.
pub fn build(out: &Path, release: bool) -> Result<()> {
    let trunk = tools::tool("trunk").context("trunk is missing; `cargo xtask serve` installs it")?;
    let _ = fs::remove_dir_all(out);
    let mut arguments = vec![
        "build".to_owned(),
        "--public-url".into(),
        "./".into(),
        "--dist".into(),
        out.to_string_lossy().into_owned(),
    ];
    if release {
        arguments.extend(["--cargo-profile".into(), "wasm-release".into()]);
    }
    Program::new(trunk)
        .args(arguments)
        .env("PATH", tools::path()?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("NO_COLOR", "true")
        .run()?;
    split::split(out, release)?;
    if release { optimise(out) } else { Ok(()) }
}

/// For size. A stack stands below all data, so nothing is at the lowest addresses; functions of one kind compress better side by side.
const OPTIMISED: [&str; 6] = [
    "--low-memory-unused",
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

fn optimise(out: &Path) -> Result<()> {
    for file in sizes::files(out)?.into_iter().filter(|file| file.ends_with(".wasm")) {
        let path = out.join(&file).to_string_lossy().into_owned();
        Program::new(root::root().join("runtime/node_modules/.bin/wasm-opt"))
            .args(OPTIMISED)
            .args(join::FEATURES)
            .args([&path, "-o", &path])
            .quiet()?;
    }
    let name = split::script(out)?;
    let (wasm, script) = (out.join(format!("{name}_bg.wasm")), out.join(format!("{name}.js")));
    names::shorten(&wasm, &script, &format!("./{name}_bg.js"))?;
    for file in sizes::files(out)?.into_iter().filter(|file| file.ends_with(".js")) {
        minify(&out.join(file))?;
    }
    Ok(())
}
