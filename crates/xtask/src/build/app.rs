//! Builds the Yew app with Trunk, and optimises its wasm.

use super::minify::minify;
use super::{names, split};
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
    split::split(out, if release { "wasm-release" } else { "debug" })?;
    if release { optimise(out) } else { Ok(()) }
}

fn optimise(out: &Path) -> Result<()> {
    for file in sizes::files(out)?.into_iter().filter(|file| file.ends_with(".wasm")) {
        let path = out.join(&file).to_string_lossy().into_owned();
        Program::new(root::root().join("runtime/node_modules/.bin/wasm-opt"))
            .args([
                "-Oz",
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
                "--enable-bulk-memory",
                "--enable-nontrapping-float-to-int",
                "--enable-sign-ext",
                "--enable-mutable-globals",
                "--enable-reference-types",
                "--enable-multivalue",
                &path,
                "-o",
                &path,
            ])
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
