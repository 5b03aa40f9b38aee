//! Builds the page: engine, runtime, content, app, then the folder of static files.

mod app;
mod direct;
mod engine;
mod join;
mod loader;
mod minify;
mod names;
mod not_found;
mod pages;
mod runtime;
mod split;
mod worker;

use crate::command::step;
use crate::root;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Options {
    /// Where the page will be served from. Only the 404 page needs it, and looks for it when it is not given.
    pub base: Option<String>,
    /// Shrink everything, and render every page to HTML, so that it can be read before the app has started.
    pub release: bool,
}

/// Writes `dist/`.
pub fn build(options: &Options) -> Result<()> {
    let parts = Parts::new();
    step("Build the engine", || engine::build(options.release))?;
    step("Bundle the runtime", || runtime::page(&parts.runtime, options.release))?;
    step("Compile the lessons", || content(&parts.content))?;
    step("Build the app", || app::build(&parts.app, options.release))?;
    step("Write the pages", || assemble(&parts, options))?;
    eprintln!("The page is in {}", root::dist().display());
    Ok(())
}

/// Builds again what a change of these parts needs.
pub fn rebuild(parts: &[Part], options: &Options) -> Result<()> {
    let folders = Parts::new();
    for part in parts {
        match part {
            Part::Engine => {
                engine::build(options.release)?;
                runtime::page(&folders.runtime, options.release)?;
            }
            Part::Runtime => runtime::page(&folders.runtime, options.release)?,
            Part::Lessons => content(&folders.content)?,
            Part::App => app::build(&folders.app, options.release)?,
        }
    }
    assemble(&folders, options)
}

/// A part of the page that changes on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Engine,
    Runtime,
    Lessons,
    App,
}

/// The wasm files of each part of the app, as it was built last.
pub fn parts() -> Result<BTreeMap<String, Vec<String>>> {
    Ok(serde_json::from_slice(&fs::read(
        root::target().join("page").join(split::MANIFEST),
    )?)?)
}

/// Writes the Node package of the runtime.
pub fn package() -> Result<()> {
    step("Build the engine", || engine::build(true))?;
    step("Package the runtime", || {
        runtime::package(&root::target().join("package/backlab-runtime"))
    })
}

/// Compiles the lessons and the mock API's description into a folder.
pub fn content(out: &Path) -> Result<()> {
    fs::create_dir_all(out)?;
    backlab_authoring::compile(&root::root().join("lessons"), out)
        .context("The lessons do not compile, `cargo xtask lessons check` names each place")?;
    fs::write(
        out.join("mock-api.json"),
        serde_json::to_vec(&backlab_backend::MockApi::reference())?,
    )?;
    Ok(())
}

struct Parts {
    runtime: PathBuf,
    content: PathBuf,
    app: PathBuf,
}

impl Parts {
    fn new() -> Self {
        let folder = root::target().join("page");
        Self {
            runtime: folder.join("runtime"),
            content: folder.join("content"),
            app: folder.join("app"),
        }
    }
}

/// Puts the parts together beside `dist/` and then exchanges the folders, so that a page being served is gone for a moment only.
fn assemble(parts: &Parts, options: &Options) -> Result<()> {
    let dist = root::dist();
    let fresh = root::target().join("page/dist");
    let _ = fs::remove_dir_all(&fresh);
    copy(&parts.app, &fresh)?;
    copy(&parts.runtime, &fresh)?;
    copy(&parts.content, &fresh.join("content"))?;
    pages::write(&fresh, &parts.content, options)?;
    worker::write(&fresh, options.release)?;
    let old = root::target().join("page/old");
    let _ = fs::remove_dir_all(&old);
    if dist.exists() {
        fs::rename(&dist, &old)?;
    }
    Ok(fs::rename(&fresh, &dist)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in crate::sizes::files(from).with_context(|| format!("nothing was built in {}", from.display()))? {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(from.join(&file), target)?;
    }
    Ok(())
}
