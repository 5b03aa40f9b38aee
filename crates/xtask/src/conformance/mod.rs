//! Runs public test suites on the packaged runtime and writes `docs/conformance.md`.

mod report;
mod suite;
mod tutorials;

use crate::command::step;
use crate::{build, root, tools};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use suite::{Outcome, Suite};

/// What to run, and with what.
pub struct Options {
    /// Suites by name; all when empty.
    pub only: Vec<String>,
    /// A folder with clones of the suites' repositories, instead of the network.
    pub from: Option<PathBuf>,
    /// A packaged runtime, instead of one built now.
    pub package: Option<PathBuf>,
}

/// What stands for the tutorials among the names of suites.
const TUTORIALS: &str = "tutorials";

/// Runs the suites and the tutorials. Fails for a suite below its mark and for a failing test without a reason.
pub fn conformance(options: &Options) -> Result<()> {
    let folder = root::root().join("conformance");
    let suites: Vec<Suite> = suite::read(&folder.join("suites.json"))?;
    let tutorials = options.only.iter().any(|name| name == TUTORIALS);
    let only: Vec<&String> = options.only.iter().filter(|name| *name != TUTORIALS).collect();
    if let Some(unknown) = only.iter().find(|name| !suites.iter().any(|suite| suite.name == ***name)) {
        let names: Vec<&str> = suites.iter().map(|suite| suite.name.as_str()).collect();
        bail!("There is no suite `{unknown}`. There are: {TUTORIALS}, {}", names.join(", "));
    }
    tools::ensure_for_conformance()?;
    let package = match &options.package {
        Some(package) => package.canonicalize().context("There is no package in that folder.")?,
        None => {
            tools::ensure_for_build()?;
            build::package()?;
            root::target().join("package/backlab-runtime")
        }
    };
    if tutorials || options.only.is_empty() {
        tutorials::run(&package, options.from.as_deref())?;
    }
    let database_suites = suites.iter().filter(|suite| suite.database).count();
    let mut outcomes = Vec::new();
    for suite in suites {
        if !options.only.is_empty() && !only.contains(&&suite.name) {
            continue;
        }
        let checkout = step(&format!("Get {} {}", suite.name, suite.tag), || {
            suite.fetch(options.from.as_deref())
        })?;
        let tests = step(&format!("Run {}", suite.name), || suite.run(&package, &checkout))?;
        outcomes.push(Outcome { suite, tests });
    }
    let reasons = report::reasons(&folder.join("reasons.json"))?;
    print!("{}", report::summary(&outcomes));
    let (database, runtime): (Vec<Outcome>, Vec<Outcome>) = outcomes.into_iter().partition(|outcome| outcome.suite.database);
    let docs = root::root().join("docs");
    if options.only.is_empty() {
        write(&docs.join("conformance.md"), &report::page(&runtime, &reasons))?;
    }
    if database.len() == database_suites {
        let file = docs.join("conformance-database.md");
        let known = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        write(&file, &report::database(&known, &database, &reasons))?;
    }
    let outcomes: Vec<Outcome> = runtime.into_iter().chain(database).collect();
    let problems = report::problems(&outcomes, &reasons);
    if problems.is_empty() {
        return Ok(());
    }
    for problem in &problems {
        eprintln!("{problem}");
    }
    bail!(
        "{} problems; a failing test needs a fix, or a reason in conformance/reasons.json",
        problems.len()
    )
}

fn write(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
