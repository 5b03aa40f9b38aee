//! Public Express tutorials, unchanged, in real Node and in a sandbox; writes `docs/conformance-tutorials.md`.

use super::suite::Suite;
use crate::command::{Program, step};
use crate::root;
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const INTRODUCTION: &str = "# Tutorials

Servers of public Express tutorials, as they are at the commit: each starts in real Node and in a sandbox, and both answer the same requests. Status, \
headers and bytes are compared; dates and frames of stacks are not. On both sides the packages have the versions of `packs/package.json`, Express 5 \
among them, whatever the tutorial's own package.json asks for. Made by `cargo xtask conformance tutorials`; the list is \
`conformance/tutorials/list.json`.

";

/// Fetches the tutorials, runs them and writes the page. Fails when one answers otherwise than in Node.
pub fn run(package: &Path, from: Option<&Path>) -> Result<()> {
    let folder = root::root().join("conformance/tutorials");
    let list: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(folder.join("list.json"))?).context("list.json cannot be read")?;
    let mut sources = BTreeSet::new();
    for entry in &list {
        let text = |key: &str| entry[key].as_str().ok_or_else(|| anyhow!("`{key}` is missing: {entry}"));
        sources.insert((text("repository")?.to_owned(), text("commit")?.to_owned()));
    }
    step("Install what tutorials require", || {
        Program::new("npm")
            .args(["ci", "--silent", "--no-audit", "--no-fund"])
            .folder(&folder)
            .quiet()
    })?;
    for (repository, commit) in sources {
        let name = format!("tutorials/{}-{commit}", repository.replace('/', "+"));
        let suite = Suite {
            name,
            repository: format!("https://github.com/{repository}"),
            tag: commit,
            needs: 100.0,
            database: false,
            prepare: None,
            scripts: None,
        };
        step(&format!("Get {repository}"), || suite.fetch(from))?;
    }
    let checkouts = root::target().join("conformance/tutorials");
    let (succeeded, table) = Program::new("node")
        .args([folder.join("run.mjs").as_path(), package, checkouts.as_path()])
        .tee()?;
    let page = root::root().join("docs/conformance-tutorials.md");
    fs::write(&page, format!("{INTRODUCTION}{table}")).with_context(|| format!("{} cannot be written", page.display()))?;
    if succeeded {
        return Ok(());
    }
    Err(anyhow!("A tutorial answers otherwise than in Node; the differences stand above."))
}
