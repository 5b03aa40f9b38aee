//! Proves the lessons with the packaged runtime.

use super::counts::Counts;
use crate::root;
use anyhow::Result;
use std::path::Path;

/// Checks every lesson, or one, and prints each finding and what is good to know.
pub fn check(lessons: &Path, only: Option<&str>) -> Result<Counts> {
    let outcome = backlab_authoring::check(lessons, &root::target().join("package/backlab-runtime"), only)?;
    for note in &outcome.notes {
        println!("note: {note}");
    }
    for finding in &outcome.findings {
        println!("{finding}");
    }
    println!("lessons: {} proofs held, {} findings", outcome.held, outcome.findings.len());
    Ok(Counts {
        passed: outcome.held,
        failed: outcome.findings.len(),
    })
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
