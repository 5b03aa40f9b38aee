//! Proves the lessons: the format by reading, the tasks and snippets by running them.

mod concepts;
mod format;
mod limits;
mod matchers;
mod predict;
mod snippets;
mod task_format;
mod tasks;
#[cfg(test)]
mod tests;
mod translations;

pub(crate) use tasks::words;

use std::path::Path;

use crate::finding::{AuthoringError, Finding};
use crate::lock;
use crate::sandbox::{Job, Maker, NodeSandbox, Proof, run_all};
use crate::source::{self, LessonSource, Library};

/// What `lessons check` came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Statements that were proved.
    pub held: usize,
    /// What must be changed.
    pub findings: Vec<Finding>,
    /// What is good to know: texts that fall back to English or are out of date.
    pub notes: Vec<Finding>,
}

/// Checks every lesson, or the one with the slug `only`, in sandboxes of the packaged runtime.
/// Without `only`, and when nothing is wrong, `lessons.lock` is brought up to date.
/// `begins` hears the slug of each lesson when its proofs begin.
pub fn check(lessons: &Path, package: &Path, only: Option<&str>, begins: Begins<'_>) -> Result<Outcome, AuthoringError> {
    check_with(lessons, only, begins, &|| Ok(Box::new(NodeSandbox::start(package)?)))
}

/// Called from the threads that prove.
pub type Begins<'a> = &'a (dyn Fn(&str) + Sync);

pub(crate) fn check_with(lessons: &Path, only: Option<&str>, begins: Begins<'_>, make: Maker<'_>) -> Result<Outcome, AuthoringError> {
    let library = source::load(lessons, only)?;
    let (mut outcome, lock) = read_all(&library, only)?;
    let jobs = chosen(&library, only)
        .into_iter()
        .flat_map(|lesson| run_proofs(&library, lesson, begins))
        .collect();
    for proof in run_all(jobs, make)? {
        outcome.held += proof.held;
        outcome.findings.extend(proof.findings);
    }
    outcome.findings.sort();
    outcome.findings.dedup();
    if only.is_none() && outcome.findings.is_empty() {
        lock.write(lessons)?;
    }
    Ok(outcome)
}

fn chosen<'a>(library: &'a Library, only: Option<&str>) -> Vec<&'a LessonSource> {
    library
        .lessons
        .iter()
        .filter(|lesson| only.is_none_or(|only| only == lesson.slug))
        .collect()
}

fn read_all(library: &Library, only: Option<&str>) -> Result<(Outcome, lock::Lock), AuthoringError> {
    let chosen = chosen(library, only);
    let mut outcome = Outcome::default();
    let within =
        |file: &str| only.is_none() || !file.contains('/') || chosen.iter().any(|lesson| file.starts_with(&format!("{}/", lesson.folder)));
    outcome
        .findings
        .extend(library.faults.iter().filter(|fault| within(&fault.file)).cloned());
    if let Some(only) = only.filter(|_| chosen.is_empty()) {
        let hint = crate::finding::nearest(only, library.lessons.iter().map(|lesson| &lesson.slug));
        outcome
            .findings
            .push(Finding::new("lessons", 0, format!("there is no written lesson `{only}`{hint}")));
    }
    for lesson in &chosen {
        read_proofs(library, lesson, &mut outcome);
    }
    if only.is_none() {
        format::library(library, &mut outcome.findings);
    }
    let (lock, out_of_date) = lock::check(library, &chosen, &mut outcome.findings)?;
    outcome.notes.extend(out_of_date);
    outcome.findings.sort();
    outcome.findings.dedup();
    outcome.notes.sort();
    Ok((outcome, lock))
}

/// What can be proved by reading.
fn read_proofs(library: &Library, lesson: &LessonSource, outcome: &mut Outcome) {
    let before = outcome.findings.len();
    format::lesson(library, lesson, &mut outcome.findings);
    for task in &lesson.tasks {
        task_format::task(library, lesson, task, &mut outcome.findings);
    }
    concepts::lesson(library, lesson, &mut outcome.findings);
    limits::lesson(lesson, &mut outcome.findings);
    translations::lesson(library, lesson, &mut outcome.findings, &mut outcome.notes);
    if outcome.findings.len() == before {
        outcome.held += 4 + lesson.tasks.len();
    }
}

/// What has to be run.
fn run_proofs<'a>(library: &'a Library, lesson: &'a LessonSource, begins: Begins<'a>) -> Vec<Job<'a, Proof>> {
    let mut jobs: Vec<Job<'a, Proof>> = vec![Box::new(move |sandbox| {
        begins(&lesson.slug);
        snippets::prove(sandbox, library, lesson)
    })];
    for task in &lesson.tasks {
        jobs.push(Box::new(move |sandbox| match task.raw.kind.as_str() {
            "predict" => predict::prove(sandbox, library, lesson, task),
            _ => tasks::prove(sandbox, library, lesson, task),
        }));
    }
    jobs
}

/// The Markdown texts of a block.
fn texts(piece: &crate::markdown::Piece) -> Vec<&str> {
    use crate::markdown::Piece;
    match piece {
        Piece::Prose(text) => vec![text],
        Piece::Callout { title, text, .. } => vec![title, text],
        Piece::Quiz(quiz) => {
            let options = quiz.options.iter().flat_map(|item| [item.text.as_str(), item.feedback.as_str()]);
            std::iter::once(quiz.question.as_str()).chain(options).collect()
        }
        Piece::Sort(sort) => {
            let cards = sort
                .buckets
                .iter()
                .flat_map(|(_, cards)| cards)
                .flat_map(|item| [item.text.as_str(), item.feedback.as_str()]);
            std::iter::once(sort.question.as_str()).chain(cards).collect()
        }
        Piece::Snippet(_) | Piece::Task(_) | Piece::Lane { .. } | Piece::Same(_) => Vec::new(),
    }
}
