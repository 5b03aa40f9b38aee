//! Cuts the app's wasm at its split points (`src/parts.rs`), so that a page loads only what it draws.

use super::join::{self, Place};
use super::loader;
use crate::command::Program;
use crate::{root, sizes, tools};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lists, for each part, the wasm files that it loads beside the main one.
pub const MANIFEST: &str = "parts.json";

/// Puts a main module and the files of the parts in the place of what Trunk wrote to `out`.
pub fn split(out: &Path, release: bool) -> Result<()> {
    let profile = if release { "wasm-release" } else { "debug" };
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
    let loads: BTreeMap<String, Vec<String>> = parts.prefetch_map.into_iter().collect();
    let mut places = join::places(&loads);
    if release {
        let wasm = out.join(format!("{name}_bg.wasm"));
        join::into_main(&wasm, &placed(&places, &Place::Main, &work))?;
    } else {
        // Joining takes time, and saves it only where files travel.
        for (stem, place) in &mut places {
            *place = Place::File(stem.clone());
        }
    }
    let mut named = BTreeMap::new();
    for place in places.values() {
        let Place::File(stem) = place else { continue };
        if named.contains_key(stem) {
            continue;
        }
        let files = placed(&places, place, &work);
        let bytes = if release {
            let whole = work.join("joined.wasm");
            join::into_file(&files, &whole)?;
            fs::read(&whole)?
        } else {
            fs::read(work.join(format!("{stem}.wasm")))?
        };
        let digest: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = format!("{stem}-{digest}.wasm");
        fs::write(out.join(&file), bytes)?;
        named.insert(stem.clone(), file);
    }
    let file_of = |stem: &str| match places.get(stem)? {
        Place::Main => None,
        Place::File(joined) => named.get(joined).map(String::as_str),
    };
    let script = loader::rewrite(&fs::read_to_string(work.join(&link))?, file_of);
    fs::write(out.join(&link), if release { loader::for_joined(&script) } else { script })?;
    let files: BTreeMap<&String, BTreeSet<&str>> = loads
        .iter()
        .map(|(part, stems)| (part, stems.iter().filter_map(|stem| file_of(stem)).collect()))
        .collect();
    Ok(fs::write(root::target().join("page").join(MANIFEST), serde_json::to_vec(&files)?)?)
}

/// The cutter's files that go to a place.
fn placed(places: &BTreeMap<String, Place>, wanted: &Place, work: &Path) -> Vec<PathBuf> {
    let here = places.iter().filter(|(_, place)| *place == wanted);
    here.map(|(stem, _)| work.join(format!("{stem}.wasm"))).collect()
}

/// The name, without its ending, of the script that Trunk made.
pub fn script(out: &Path) -> Result<String> {
    sizes::files(out)?
        .into_iter()
        .find_map(|file| Some(file.strip_suffix("_bg.wasm")?.to_owned()))
        .context("Trunk wrote no wasm")
}
