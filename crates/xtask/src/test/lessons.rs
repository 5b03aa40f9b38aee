//! Proves the lessons with the packaged runtime.

use super::counts::{self, Counts};
use crate::command::Program;
use crate::{mongod, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Checks every lesson, or one, and prints each finding and what is good to know.
pub fn check(lessons: &Path, only: Option<&str>) -> Result<Counts> {
    let begins = |lesson: &str| eprintln!("  proving {lesson}");
    let outcome = backlab_authoring::check(lessons, &root::target().join("package/backlab-runtime"), only, &begins)?;
    for note in &outcome.notes {
        println!("note: {note}");
    }
    for finding in &outcome.findings {
        println!("{finding}");
    }
    println!("lessons: {} proofs held; findings: {}", outcome.held, outcome.findings.len());
    Ok(Counts {
        passed: outcome.held,
        failed: outcome.findings.len(),
    })
}

/// Asks real Express in real Node what the checks ask of every solution, exported, and compares.
pub fn solutions(lessons: &Path) -> Result<Counts> {
    let recordings = backlab_authoring::record(lessons, &root::target().join("package/backlab-runtime"))?;
    let file = root::target().join("recordings.jsonl");
    let lines: Vec<String> = recordings.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    fs::write(&file, lines.join("\n")).with_context(|| format!("{} cannot be written", file.display()))?;
    let database = mongod::start(0, false, false)?;
    counts::node(
        Program::new("npm")
            .args(["run", "--silent", "solutions"])
            .folder(root::root().join("runtime"))
            .env("RECORDINGS", file)
            .env("MONGOD", database.to_string()),
    )
}

/// Prints what the checks said of each changed solution.
pub fn mutate(lessons: &Path, only: Option<&str>) -> Result<()> {
    backlab_authoring::mutate(
        lessons,
        &root::target().join("package/backlab-runtime"),
        only,
        &mut std::io::stdout(),
    )?;
    Ok(())
}

/// Writes the JSON Schemas beside the lessons.
pub fn schema(lessons: &Path) -> Result<()> {
    backlab_authoring::schema(lessons)?;
    Ok(())
}
