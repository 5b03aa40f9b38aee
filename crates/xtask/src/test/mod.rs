//! Everything that `cargo xtask test` runs, in the order in which it is cheapest to fail.

mod counts;
mod lessons;
mod tidy;

pub use lessons::{check as lessons_check, mutate as lessons_mutate, schema as lessons_schema};

use crate::build;
use crate::command::Program;
use crate::{root, tools};
use anyhow::{Result, bail};
use counts::Counts;
use std::time::Instant;

type Run = fn() -> Result<Counts>;

/// Name and work of each step.
const STEPS: [(&str, Run); 11] = [
    ("tidy", tidy),
    ("format", format),
    ("clippy", clippy),
    ("native", native),
    ("package", package),
    ("types", types),
    ("runtime", runtime),
    ("wasm", wasm),
    ("lessons", all_lessons),
    ("solutions", solutions),
    ("browser", browser),
];

/// Runs the steps whose name contains one of the words, or all, and prints the sum.
pub fn test(only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|word| !STEPS.iter().any(|(name, _)| name.contains(word.as_str()))) {
        bail!(
            "There is no step `{unknown}`. There are: {}",
            STEPS.map(|(name, _)| name).join(", ")
        );
    }
    tools::ensure_for_test()?;
    let mut rows = Vec::new();
    let mut sum = Counts::default();
    for (name, run) in STEPS {
        if !only.is_empty() && !only.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        eprintln!("\n▸ {name}");
        let started = Instant::now();
        let counts = run().unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            Counts { passed: 0, failed: 1 }
        });
        rows.push(format!(
            "{name:10} {:6} passed {:4} failed {:7.1} s",
            counts.passed,
            counts.failed,
            started.elapsed().as_secs_f64()
        ));
        sum += counts;
    }
    println!("\n{}\n\n{} passed, {} failed", rows.join("\n"), sum.passed, sum.failed);
    if sum.failed > 0 || sum.passed == 0 {
        bail!("not everything passed; the output above names each place");
    }
    Ok(())
}

fn tidy() -> Result<Counts> {
    let findings = tidy::check(&root::root())?;
    for finding in &findings.failures {
        println!("{finding}");
    }
    Ok(Counts {
        passed: findings.rules - findings.broken(),
        failed: findings.broken(),
    })
}

fn format() -> Result<Counts> {
    Program::new("cargo")
        .args(["fmt", "--all", "--check"])
        .hint("Run `cargo fmt --all`.")
        .run()
        .map(|()| Counts::one())
}

fn clippy() -> Result<Counts> {
    Program::new("cargo")
        .args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
        .run()
        .map(|()| Counts::one())
}

fn native() -> Result<Counts> {
    counts::cargo(Program::new("cargo").args(["test", "--workspace", "--no-fail-fast"]))
}

fn package() -> Result<Counts> {
    build::package().map(|()| Counts::one())
}

/// The runtime's TypeScript, which names the types that come with the built engine.
fn types() -> Result<Counts> {
    Program::new("npm")
        .args(["run", "--silent", "check"])
        .folder(root::root().join("runtime"))
        .run()
        .map(|()| Counts::one())
}

fn runtime() -> Result<Counts> {
    counts::node(Program::new("npm").args(["test", "--silent"]).folder(root::root().join("runtime")))
}

fn wasm() -> Result<Counts> {
    let runner = tools::tool("wasm-bindgen").and_then(|path| Some(path.parent()?.join("wasm-bindgen-test-runner")));
    let Some(runner) = runner else {
        bail!("wasm-bindgen-test-runner is missing beside wasm-bindgen")
    };
    counts::cargo(
        Program::new("cargo")
            .args([
                "test",
                "--package",
                "backlab-engine",
                "--target",
                "wasm32-unknown-unknown",
                "--tests",
            ])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner),
    )
}

fn all_lessons() -> Result<Counts> {
    lessons::check(&root::root().join("lessons"), None)
}

fn solutions() -> Result<Counts> {
    lessons::solutions(&root::root().join("lessons"))
}

fn browser() -> Result<Counts> {
    build::build(&build::Options { base: None, release: true })?;
    counts::node(
        Program::new("npm")
            .args(["test", "--silent"])
            .folder(root::root().join("e2e"))
            .env("CHROMIUM", tools::chromium()?),
    )
}
