//! One public suite: where it comes from, and what became of its tests.

use crate::command::Program;
use crate::root;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// An entry of `conformance/suites.json`; what `run.mjs` reads besides is not repeated here.
pub struct Suite {
    pub name: String,
    pub repository: String,
    /// A tag, or a commit where the version has no tag yet.
    pub tag: String,
    /// Per cent that must pass.
    pub needs: f64,
    /// It is about the document database and told of on its page.
    pub database: bool,
    /// A script of the suite that its own test command runs first.
    pub prepare: Option<String>,
    /// The names of scripts that run alone, each in a process of its own; None for files of mocha.
    pub scripts: Option<String>,
}

/// What became of a test.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Passed,
    Failed,
    /// The suite itself does not run it.
    Pending,
}

pub struct Test {
    pub title: String,
    pub state: State,
    pub error: String,
}

pub struct Outcome {
    pub suite: Suite,
    pub tests: Vec<Test>,
}

impl Outcome {
    pub fn count(&self, state: State) -> usize {
        self.tests.iter().filter(|test| test.state == state).count()
    }

    /// Per cent of what was run.
    pub fn share(&self) -> f64 {
        let run = self.tests.len() - self.count(State::Pending);
        if run == 0 {
            return 0.0;
        }
        self.count(State::Passed) as f64 * 100.0 / run as f64
    }
}

fn text(value: &serde_json::Value, key: &str) -> Result<String> {
    let found = value[key]
        .as_str()
        .ok_or_else(|| anyhow!("`{key}` is missing or no text: {value}"))?;
    Ok(found.to_owned())
}

pub fn read(path: &Path) -> Result<Vec<Suite>> {
    let list: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(path)?).with_context(|| format!("{} cannot be read", path.display()))?;
    list.iter()
        .map(|entry| {
            Ok(Suite {
                name: text(entry, "name")?,
                repository: text(entry, "repository")?,
                tag: text(entry, "tag")?,
                needs: entry["needs"].as_f64().unwrap_or(100.0),
                database: entry["database"] == true,
                prepare: entry["prepare"].as_str().map(str::to_owned),
                scripts: entry["scripts"].as_str().map(str::to_owned),
            })
        })
        .collect()
}

impl Suite {
    /// The last part of the repository's address.
    fn repository_name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or(&self.name)
    }

    /// Checks the suite out below `target/conformance`; nothing of it is committed. Families of scripts share one checkout.
    pub fn fetch(&self, from: Option<&Path>) -> Result<PathBuf> {
        let place = if self.scripts.is_some() {
            self.repository_name()
        } else {
            &self.name
        };
        let folder = root::target().join("conformance").join(place);
        let stamp = folder.join(".git/fetched");
        if fs::read_to_string(&stamp).is_ok_and(|tag| tag == self.tag) {
            return Ok(folder);
        }
        let source = match from {
            Some(clones) => clones.join(self.repository_name()).to_string_lossy().into_owned(),
            None => self.repository.clone(),
        };
        fs::create_dir_all(&folder)?;
        let git = |args: &[&str]| {
            Program::new("git")
                .args(args)
                .folder(&folder)
                .hint("It needs the network, or `--from <folder>` with clones of the suites' repositories.")
                .quiet()
        };
        git(&["init", "--quiet"])?;
        let mut fetch = vec!["fetch", "--quiet", "--depth", "1"];
        if self.scripts.is_some() {
            // Of a repository as large as Node's only the tests are brought.
            git(&["sparse-checkout", "set", "test/common", "test/fixtures", "test/parallel"])?;
            git(&["config", "remote.suite.url", &source])?;
            git(&["config", "remote.suite.promisor", "true"])?;
            fetch.extend(["--filter=blob:none", "suite", &self.tag]);
        } else {
            fetch.extend([source.as_str(), &self.tag]);
        }
        git(&fetch)?;
        git(&["checkout", "--quiet", "--force", "FETCH_HEAD"])?;
        if let Some(script) = &self.prepare {
            Program::new("sh")
                .args([script])
                .folder(&folder)
                .hint("The suite makes certificates with openssl: install it.")
                .quiet()?;
        }
        fs::write(&stamp, &self.tag)?;
        Ok(folder)
    }

    /// Runs the suite in Node on a packaged runtime.
    pub fn run(&self, package: &Path, checkout: &Path) -> Result<Vec<Test>> {
        let runner = if self.scripts.is_some() {
            "conformance/scripts/run.mjs"
        } else {
            "conformance/run.mjs"
        };
        let output = Program::new("node")
            .args([Path::new(runner), package, checkout, Path::new(&self.name)])
            .quiet()?;
        let line = output.lines().last().unwrap_or_default();
        let report: serde_json::Value = serde_json::from_str(line).with_context(|| format!("{} gave no report", self.name))?;
        let tests = report["tests"]
            .as_array()
            .ok_or_else(|| anyhow!("{} gave no list of tests", self.name))?;
        if tests.is_empty() {
            bail!("{} ran no test", self.name);
        }
        tests.iter().map(test_of).collect()
    }
}

fn test_of(value: &serde_json::Value) -> Result<Test> {
    let state = match text(value, "state")?.as_str() {
        "passed" => State::Passed,
        "pending" => State::Pending,
        _ => State::Failed,
    };
    Ok(Test {
        title: text(value, "title")?,
        state,
        error: value["error"].as_str().unwrap_or_default().to_owned(),
    })
}
