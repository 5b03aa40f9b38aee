//! Cuts the app's wasm at its split points (`src/parts.rs`), so that a page loads only what it draws.

use crate::command::Program;
use crate::{root, sizes, tools};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Lists, for each part, the wasm files that it loads beside the main one.
pub const MANIFEST: &str = "parts.json";

/// Puts a main module and one file for each part in the place of what Trunk wrote to `out`.
pub fn split(out: &Path, profile: &str) -> Result<()> {
    let linked = root::target().join("wasm32-unknown-unknown").join(profile).join("backlab.wasm");
    let input = fs::read(&linked).with_context(|| format!("{} is missing", linked.display()))?;
    let name = script(out)?;
    let work = root::target().join("page/split");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work)?;
    let (main, main_module, link) = (work.join("main.wasm"), format!("./{name}.js"), format!("./{name}-parts.js"));
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &work;
    options.main_out_path = &main;
    options.main_module = &main_module;
    options.link_name = &link;
    let parts = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the app's wasm could not be split: {error:#}"))?;
    let bindgen = tools::tool("wasm-bindgen").context("wasm-bindgen is missing; `cargo xtask serve` installs it")?;
    Program::new(bindgen)
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--keep-lld-exports",
            "--out-name",
            &name,
            "--out-dir",
        ])
        .args([out, main.as_path()])
        .run()?;
    let mut loader = fs::read_to_string(work.join(&link))?;
    let mut named = BTreeMap::new();
    for path in &parts.split_modules {
        let bytes = fs::read(path)?;
        let stem = path.file_stem().context("a part has no name")?.to_string_lossy().into_owned();
        let digest: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = format!("{stem}-{digest}.wasm");
        fs::write(out.join(&file), bytes)?;
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{file}\""));
        named.insert(stem, file);
    }
    fs::write(out.join(&link), loader)?;
    let files: BTreeMap<&String, Vec<&String>> = parts
        .prefetch_map
        .iter()
        .map(|(part, stems)| (part, stems.iter().filter_map(|stem| named.get(stem)).collect()))
        .collect();
    Ok(fs::write(root::target().join("page").join(MANIFEST), serde_json::to_vec(&files)?)?)
}

/// The name, without its ending, of the script that Trunk made.
pub fn script(out: &Path) -> Result<String> {
    sizes::files(out)?
        .into_iter()
        .find_map(|file| Some(file.strip_suffix("_bg.wasm")?.to_owned()))
        .context("Trunk wrote no wasm")
}
