//! What the suites came to: on the terminal, and in `docs/conformance.md`.

use super::suite::{Outcome, State};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Suite → test → why it does not pass.
pub type Reasons = BTreeMap<String, BTreeMap<String, String>>;

/// Reads the reasons. A title may end in `*`, which stands for anything.
pub fn reasons(path: &Path) -> Result<Reasons> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} does not hold reasons by suite and test", path.display()))
}

fn fits(pattern: &str, title: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => title.starts_with(start),
        None => pattern == title,
    }
}

fn reason<'a>(reasons: &'a Reasons, suite: &str, title: &str) -> Option<&'a str> {
    let own = reasons.get(suite)?;
    own.iter()
        .find(|(pattern, _)| fits(pattern, title))
        .map(|(_, reason)| reason.as_str())
}

/// A commit is named by its first letters.
fn short(tag: &str) -> &str {
    if tag.len() == 40 { &tag[..8] } else { tag }
}

/// One line for each suite.
pub fn summary(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "\n{:16} {:10} {:>6} {:>7} {:>7} {:>8} {:>6}\n",
        "suite", "tag", "passed", "failed", "pending", "share", "needs"
    );
    for outcome in outcomes {
        let _ = writeln!(
            text,
            "{:16} {:10} {:6} {:7} {:7} {:7.1}% {:5}%",
            outcome.suite.name,
            short(&outcome.suite.tag),
            outcome.count(State::Passed),
            outcome.count(State::Failed),
            outcome.count(State::Pending),
            outcome.share(),
            outcome.suite.needs
        );
    }
    text
}

/// What must be put right.
pub fn problems(outcomes: &[Outcome], reasons: &Reasons) -> Vec<String> {
    let mut problems = Vec::new();
    for outcome in outcomes {
        let name = &outcome.suite.name;
        if outcome.share() < outcome.suite.needs {
            problems.push(format!("{name}: {:.1} % pass, {} % must", outcome.share(), outcome.suite.needs));
        }
        for test in outcome.tests.iter().filter(|test| test.state == State::Failed) {
            if reason(reasons, name, &test.title).is_none() {
                let error = test.error.lines().next().unwrap_or_default();
                problems.push(format!("{name}: unexplained: {}\n    {error}", test.title));
            }
        }
        for pattern in reasons.get(name).into_iter().flat_map(|own| own.keys()) {
            let is_needed = outcome
                .tests
                .iter()
                .any(|test| test.state == State::Failed && fits(pattern, &test.title));
            if !is_needed {
                problems.push(format!("{name}: passes, and still has a reason: {pattern}"));
            }
        }
    }
    problems
}

const INTRODUCTION: &str = "# Conformance

Public test suites, unmodified, on the runtime of this project. Made by `cargo xtask conformance`, which fetches each suite at its tag and runs it with \
mocha in Node 20. `http`, `https`, `async_hooks`, `diagnostics_channel` and the packages that are ours (`express`, `router`, `body-parser`, `send`, \
`serve-static`, `finalhandler`) come from a sandbox, wherever the suite, its client or a package asks for them, and requests go over the sandbox's \
virtual ports. The npm middleware (from `cookie-parser` down) is its own code at the tag. Everything else that tests and middleware ask for is Node's \
own; one version of supertest and of the other packages serves all suites (`conformance/package.json`).

`path-to-regexp` and `qs` are held against the engine: of the first all cases of `parse` and `match`, of the second each assertion about calls of \
`parse` with options that Express or body-parser can give.

Express 5.3.0 is what the runtime claims. `express-5.3` is the suite at the newest public commit before that release; `express` is the suite of the \
release before it, of which 5.3.0 changed some answers.

";

const SCRIPTS: &str = "
## Node's own scripts

The scripts of Node's `test/parallel`, each alone in a process. Of a family those are run that the page could run at all and that pass in Node 20 on the \
machine of the run: not those that ask for processes, threads, raw sockets, TLS, HTTP/2, Node's internals or flags of its executable \
(`conformance/scripts/run.mjs` says it exactly). What the script itself requires of the modules named is the sandbox's; `test/common`, which checks it, keeps Node's. \
`node-http` is what never speaks of a socket, `node-http-sockets` the rest.

";

/// The text of `docs/conformance.md`.
pub fn page(outcomes: &[Outcome], reasons: &Reasons) -> String {
    let (scripts, suites): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.suite.scripts.is_some());
    let mut page = String::from(INTRODUCTION);
    page.push_str(&table(&TESTS, &suites));
    page.push_str("\n## Tests that do not pass\n");
    page.push_str(&failures(&suites, reasons));
    page.push_str(SCRIPTS);
    page.push_str(&table(&FAMILIES, &scripts));
    page.push_str(&failures(&scripts, reasons));
    page
}

/// The heading from which on `docs/conformance-database.md` is made by this command.
const DATABASE: &str = "## Suites of other document databases";

/// The text of `docs/conformance-database.md`: what people wrote, then these outcomes.
pub fn database(known: &str, outcomes: &[Outcome], reasons: &Reasons) -> String {
    let written = known.split(DATABASE).next().unwrap_or_default().trim_end();
    let outcomes: Vec<&Outcome> = outcomes.iter().collect();
    format!(
        "{written}\n\n{DATABASE}\n\n{DATABASE_TEXT}{}{}",
        table(&TESTS, &outcomes),
        failures(&outcomes, reasons)
    )
}

const DATABASE_TEXT: &str = "Made by `cargo xtask conformance`: the query, update, projection and aggregation tests of both, \
unmodified, with mingo's interface and NeDB's matching, changing and comparing answered by commands to the database of a sandbox \
(`conformance/adapters`). A test that does not pass shows where MongoDB itself is different, or where the test asks for what is not a database's.

";

/// A column of a table: its heading, and what stands there for a suite.
type Column = (&'static str, fn(&Outcome) -> String);

const TESTS: [Column; 8] = [
    ("Suite", |outcome| format!("[{}]({})", outcome.suite.name, outcome.suite.repository)),
    TAG,
    ("Tests", ran),
    PASSED,
    FAILED,
    ("Pending in the suite", |outcome| outcome.count(State::Pending).to_string()),
    SHARE,
    NEEDS,
];

/// Of Node's scripts.
const FAMILIES: [Column; 8] = [
    ("Family", |outcome| outcome.suite.name.clone()),
    ("Scripts", |outcome| {
        format!("`{}`", outcome.suite.scripts.as_deref().unwrap_or_default())
    }),
    TAG,
    ("Run", ran),
    PASSED,
    FAILED,
    SHARE,
    NEEDS,
];

const TAG: Column = ("Tag", |outcome| short(&outcome.suite.tag).to_owned());
const PASSED: Column = ("Passed", |outcome| outcome.count(State::Passed).to_string());
const FAILED: Column = ("Failed", |outcome| outcome.count(State::Failed).to_string());
const SHARE: Column = ("Passed, %", |outcome| format!("{:.1}", outcome.share()));
const NEEDS: Column = ("Must, %", |outcome| outcome.suite.needs.to_string());

fn ran(outcome: &Outcome) -> String {
    outcome.tests.len().to_string()
}

fn table(columns: &[Column], outcomes: &[&Outcome]) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut page = row(columns.iter().map(|(heading, _)| (*heading).to_owned()).collect());
    page += &row(columns.iter().map(|_| "---".to_owned()).collect());
    for outcome in outcomes {
        page += &row(columns.iter().map(|(_, cell)| cell(outcome)).collect());
    }
    page
}

fn failures(outcomes: &[&Outcome], reasons: &Reasons) -> String {
    let mut page = String::new();
    for outcome in outcomes {
        let failed: Vec<_> = outcome.tests.iter().filter(|test| test.state == State::Failed).collect();
        if failed.is_empty() {
            continue;
        }
        let _ = writeln!(page, "\n### {}\n", outcome.suite.name);
        for test in failed {
            let why = reason(reasons, &outcome.suite.name, &test.title).unwrap_or("unexplained");
            let _ = writeln!(page, "- {}: {why}", test.title.replace('|', "\\|"));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::suite::{Suite, Test};

    /// An outcome with so many tests in each state.
    fn outcome(name: &str, tag: &str, needs: f64, scripts: Option<&str>, passed: usize, failed: usize, pending: usize) -> Outcome {
        let states = [(State::Passed, passed), (State::Failed, failed), (State::Pending, pending)];
        let test = |state| Test {
            title: String::new(),
            state,
            error: String::new(),
        };
        Outcome {
            suite: Suite {
                name: name.into(),
                repository: "https://github.com/expressjs/express".into(),
                tag: tag.into(),
                needs,
                database: false,
                prepare: None,
                scripts: scripts.map(str::to_owned),
            },
            tests: states.iter().flat_map(|(state, count)| (0..*count).map(|_| test(*state))).collect(),
        }
    }

    #[test]
    fn rows_of_both_tables() {
        let check = |columns: &[Column], outcome: &Outcome, heading: &str, row: &str| {
            let written = table(columns, &[outcome]);
            let lines: Vec<&str> = written.lines().collect();
            assert_eq!(lines, [heading, "| --- | --- | --- | --- | --- | --- | --- | --- |", row]);
        };
        let commit = "a3714473".repeat(5);
        check(
            &TESTS,
            &outcome("express-5.3", &commit, 98.0, None, 1256, 0, 4),
            "| Suite | Tag | Tests | Passed | Failed | Pending in the suite | Passed, % | Must, % |",
            "| [express-5.3](https://github.com/expressjs/express) | a3714473 | 1260 | 1256 | 0 | 4 | 100.0 | 98 |",
        );
        check(
            &FAMILIES,
            &outcome("node-http", "v20.19.2", 85.0, Some("test-http-*.js"), 155, 6, 0),
            "| Family | Scripts | Tag | Run | Passed | Failed | Passed, % | Must, % |",
            "| node-http | `test-http-*.js` | v20.19.2 | 161 | 155 | 6 | 96.3 | 85 |",
        );
    }
}
