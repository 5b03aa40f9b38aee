//! Installs what a machine with rustup, Node 20 and npm lacks, at pinned versions.

use crate::command::{Program, find, step};
use crate::{disk, root};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

const TRUNK: &str = "0.21.14";
const WASM_BINDGEN: &str = "0.2.130";
/// Folders with a `package-lock.json` of their own.
const NPM_FOLDERS: [&str; 3] = ["runtime", "packs", "e2e"];

/// What every build needs.
pub fn ensure_for_build() -> Result<()> {
    ensure_wasm_target()?;
    // It compiles in half the time without optimisation, and little of a build is its own work.
    cargo_tool("trunk", "trunk", TRUNK, &["--locked", "--debug"])?;
    // Without --locked: the lock file of this release names yanked crates.
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN, &[])?;
    NPM_FOLDERS.iter().try_for_each(|folder| npm(folder))
}

/// What the public suites need.
pub fn ensure_for_conformance() -> Result<()> {
    npm("conformance")
}

/// What the browser tests need besides.
pub fn ensure_for_test() -> Result<()> {
    disk::warn_if_full();
    ensure_for_build()?;
    chromium().map(|_| ())
}

fn ensure_wasm_target() -> Result<()> {
    let installed = Program::new("rustup")
        .args(["target", "list", "--installed"])
        .hint("Install Rust by rustup: https://rustup.rs")
        .quiet()?;
    if installed.contains("wasm32-unknown-unknown") {
        return Ok(());
    }
    step("Add the wasm target", || {
        Program::new("rustup")
            .args(["target", "add", "wasm32-unknown-unknown"])
            .hint("It downloads from Rust's release server: connect to the network and run the command again.")
            .run()
    })
}

/// The folder of a tool at the pinned version: the PATH's, or ours, installed on first use.
fn cargo_tool(package: &str, binary: &str, version: &str, options: &[&str]) -> Result<()> {
    if tool(binary).is_some() {
        return Ok(());
    }
    let folder = root::tools().join(format!("{package}-{version}"));
    step(&format!("Install {package} {version} (a few minutes, once)"), || {
        let mut install = vec!["install", package, "--version", version, "--root"];
        let place = folder.to_string_lossy().into_owned();
        install.push(&place);
        install.extend(options);
        Program::new("cargo")
            .args(install)
            // Nobody debugs a tool.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .hint("It is built from crates.io: connect to the network and run the command again.")
            .run()
    })
}

/// Where a tool of the pinned version is.
pub fn tool(binary: &str) -> Option<PathBuf> {
    let (package, version) = match binary {
        "trunk" => ("trunk", TRUNK),
        _ => ("wasm-bindgen-cli", WASM_BINDGEN),
    };
    let ours = root::tools().join(format!("{package}-{version}/bin")).join(binary);
    if ours.is_file() {
        return Some(ours);
    }
    let found = find(binary)?;
    let says = Program::new(&found).args(["--version"]).quiet().ok()?;
    says.split_whitespace().any(|word| word == version).then_some(found)
}

/// PATH with the pinned tools first, for programs that look for them there.
pub fn path() -> Result<std::ffi::OsString> {
    let mut folders: Vec<PathBuf> = ["trunk", "wasm-bindgen"]
        .iter()
        .filter_map(|name| tool(name)?.parent().map(Path::to_owned))
        .collect();
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    Ok(std::env::join_paths(folders)?)
}

fn npm(folder: &str) -> Result<()> {
    let folder = root::root().join(folder);
    let lock = std::fs::read(folder.join("package-lock.json")).unwrap_or_default();
    let stamp = folder.join("node_modules/.installed-from");
    if !lock.is_empty() && std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(
        &format!(
            "Install the npm packages of {}",
            folder.file_name().unwrap_or_default().to_string_lossy()
        ),
        || {
            Program::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .folder(&folder)
                .hint("It needs Node 20 with npm, and the network on the first run.")
                .quiet()?;
            Ok(std::fs::write(&stamp, &lock)?)
        },
    )
}

/// A Chromium for the browser tests: `$CHROMIUM`, the PATH's, or Debian's package.
pub fn chromium() -> Result<PathBuf> {
    let known = || {
        std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find(name)))
    };
    if let Some(found) = known() {
        return Ok(found);
    }
    apt(&["chromium"], "Install Chromium, or set CHROMIUM to the path of one.")?;
    match known() {
        Some(found) => Ok(found),
        None => bail!("Chromium was not found after its installation. Set CHROMIUM to the path of one."),
    }
}

fn apt(packages: &[&str], otherwise: &str) -> Result<()> {
    let may = find("apt-get").is_some() && Program::new("sh").args(["-c", "test $(id -u) = 0"]).succeeds();
    if !may {
        bail!("{} is missing and only root can install it. {otherwise}", packages.join(", "));
    }
    step(&format!("Install {} from Debian's packages", packages.join(", ")), || {
        Program::new("apt-get").args(["update", "-qq"]).hint(otherwise).quiet()?;
        let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
        install.extend(packages);
        Program::new("apt-get")
            .args(install)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .hint(otherwise)
            .quiet()
            .map(|_| ())
    })
}
