//! Changes each solution in one place at a time, and lists what the checks said.

mod changes;

use backlab_course::grading::Submission;
use backlab_course::report::CheckState;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::check::words;
use crate::compile::{catalogue, compile_task, full_id};
use crate::finding::AuthoringError;
use crate::sandbox::{Job, NodeSandbox, Sandbox, grade, run_all};
use crate::source::{self, LessonSource, Library, TaskSource, overlay};

/// A solution with one change.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// `middleware/hanging`
    pub task: String,
    /// `server.js`
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// `=== → !==`
    pub change: String,
    pub verdict: Verdict,
}

/// What the checks said of a mutant.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Every check passed: the change keeps the contract, or a check is missing.
    Accepted,
    /// The cause shown for the first failing check, if any, and the check in one line.
    Refused { cause: Option<String>, told: String },
}

/// Grades every one-place change of every solution, or of one lesson's; writes the accepted ones and what each refused one was told.
pub fn mutate(lessons: &Path, package: &Path, only: Option<&str>, out: &mut impl Write) -> Result<Vec<Mutant>, AuthoringError> {
    let library = source::load(lessons, Some(""))?;
    let chosen = library.lessons.iter().filter(|lesson| only.is_none_or(|only| only == lesson.slug));
    let tasks = chosen.flat_map(|lesson| lesson.tasks.iter().map(move |task| (lesson, task)));
    let mut jobs: Vec<Job<'_, Vec<Mutant>>> = Vec::new();
    for (lesson, task) in tasks.filter(|(_, task)| !task.solution.is_empty()) {
        let library = &library;
        jobs.push(Box::new(move |sandbox| mutants(sandbox, library, lesson, task)));
    }
    let found: Vec<Mutant> = run_all(jobs, &|| Ok(Box::new(NodeSandbox::start(package)?)))?
        .into_iter()
        .flatten()
        .collect();
    write(&found, out).map_err(|source| AuthoringError::Write {
        path: PathBuf::from("output"),
        source,
    })?;
    Ok(found)
}

fn mutants(sandbox: &mut dyn Sandbox, library: &Library, lesson: &LessonSource, source: &TaskSource) -> Vec<Mutant> {
    let task = compile_task(library, lesson, source, "en");
    let catalogue = catalogue(library, "en");
    let mut found = Vec::new();
    for (file, text) in source.solution.iter().filter(|(file, _)| file.ends_with(".js")) {
        for change in changes::of(text) {
            let files = overlay(
                overlay(task.starter.clone(), &[&source.solution]),
                &[&[(file.clone(), change.apply(text))].into()],
            );
            let grader = grade(
                sandbox,
                &task,
                &catalogue,
                "7f3a",
                Submission {
                    files,
                    ..Submission::default()
                },
            );
            let report = grader.report();
            let failed = report
                .checks
                .iter()
                .find(|result| matches!(result.state, CheckState::Fail | CheckState::CouldNotRun));
            let verdict = match failed.filter(|_| !report.is_passed()) {
                None => Verdict::Accepted,
                Some(result) => Verdict::Refused {
                    cause: result.cause.as_ref().map(|cause| cause.id.clone()),
                    told: words(result),
                },
            };
            let line = text[..change.start].lines().count().max(1) + usize::from(text[..change.start].ends_with('\n'));
            found.push(Mutant {
                task: full_id(lesson, source),
                file: file.clone(),
                line,
                change: change.words(text),
                verdict,
            });
        }
    }
    found
}

fn write(mutants: &[Mutant], out: &mut impl Write) -> std::io::Result<()> {
    let accepted = mutants.iter().filter(|mutant| mutant.verdict == Verdict::Accepted);
    writeln!(out, "Accepted: does each of these keep the contract of its task?")?;
    for mutant in accepted.clone() {
        writeln!(out, "  {} {}:{}  {}", mutant.task, mutant.file, mutant.line, mutant.change)?;
    }
    writeln!(out, "\nRefused: is each told the right thing?")?;
    for mutant in mutants {
        if let Verdict::Refused { cause, told } = &mutant.verdict {
            let cause = cause.as_deref().unwrap_or("no cause");
            writeln!(
                out,
                "  {} {}:{}  {}\n      {cause}: {told}",
                mutant.task, mutant.file, mutant.line, mutant.change
            )?;
        }
    }
    let unexplained = mutants
        .iter()
        .filter(|mutant| matches!(&mutant.verdict, Verdict::Refused { cause: None, .. }))
        .count();
    writeln!(
        out,
        "\n{} mutants: {} accepted, {} refused without a cause",
        mutants.len(),
        accepted.count(),
        unexplained
    )
}
