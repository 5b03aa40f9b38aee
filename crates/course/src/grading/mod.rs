//! Grades a submission: asks a sandbox for one record after the other and turns them into a report.
//!
//! The grader does nothing itself. Whoever owns a sandbox sends it what [`Grader::next`] returns and hands the answer to
//! [`Grader::answer`], until there is nothing more to ask; [`Grader::report`] may be read at any time.

mod action;
mod causes;
mod check;
mod predict;
#[cfg(test)]
mod tests;
mod world;

use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

use crate::i18n::Texts;
use crate::report::{CheckResult, CheckState, Report};
use crate::task::{Cause, Task};
use check::Run;

pub use action::{ACTIONS, STEP_WORDS};
pub use predict::normalise as normalise_answer;

/// What the learner hands in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Submission {
    /// The whole project: path → text.
    pub files: BTreeMap<String, String>,
    /// Kind predict: what was typed, by check id.
    pub answers: BTreeMap<String, String>,
    /// In which the report speaks; empty for English.
    pub language: String,
}

impl Submission {
    fn texts(&self) -> Texts {
        Texts {
            language: self.language.clone(),
        }
    }
}

/// The grading of one submission, as a state machine.
#[derive(Debug)]
pub struct Grader {
    task: Task,
    catalogue: Vec<Cause>,
    submission: Submission,
    report: Report,
    waiting: VecDeque<usize>,
    run: Option<Run>,
    asked: bool,
    started: bool,
    unfilled: Vec<String>,
}

impl Grader {
    /// Prepares to grade. The same task, seed and submission always ask the same and give the same report.
    pub fn new(task: &Task, catalogue: &[Cause], seed: &str, submission: Submission) -> Self {
        let mut report = Report {
            task: task.id.clone(),
            version: task.version,
            seed: seed.to_owned(),
            ..Report::default()
        };
        report.checks = task.checks.iter().map(|one| check::waiting(task, one, seed)).collect();
        let waiting = (0..task.checks.len()).collect();
        let mut task = task.clone();
        if task.kind == "predict" {
            let checks = task.checks.iter_mut().flat_map(|check| &mut check.causes);
            task.causes
                .iter_mut()
                .chain(checks)
                .for_each(|cause| cause.when = predict::pattern(&cause.when));
        }
        let mut grader = Self {
            task,
            catalogue: catalogue.to_vec(),
            submission,
            report,
            waiting,
            run: None,
            asked: false,
            started: false,
            unfilled: Vec::new(),
        };
        grader.count();
        grader
    }

    /// Returns the next command for the sandbox (`GraderCommand` of the runtime's protocol), or `None` while an answer is
    /// awaited and when all is done.
    #[expect(
        clippy::should_implement_trait,
        reason = "`None` may be followed by another command, once the answer is there"
    )]
    pub fn next(&mut self) -> Option<Value> {
        if self.asked {
            return None;
        }
        loop {
            if let Some(run) = &mut self.run {
                if let Some(command) = run.next(&mut self.report.checks[run.index]) {
                    self.asked = true;
                    return Some(command);
                }
                self.close();
                continue;
            }
            let index = self.waiting.pop_front()?;
            let check = &self.task.checks[index];
            self.report.checks[index].state = CheckState::Running;
            if check.advice.is_empty() {
                self.run = Some(Run::new(&self.task, index, &self.report.seed, &self.submission));
            } else {
                check::advise(check, &self.submission, &mut self.report.checks[index]);
                self.explain(index, &json!({}));
                self.count();
            }
        }
    }

    /// Takes the sandbox's answer (`GraderAnswer`) to the last command.
    pub fn answer(&mut self, answer: Value) {
        self.asked = false;
        if let Some(run) = &mut self.run {
            run.answer(answer, &mut self.report.checks[run.index]);
        }
    }

    /// The report as far as it is known.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether every check has an outcome.
    pub fn is_done(&self) -> bool {
        !self.asked && self.run.is_none() && self.waiting.is_empty()
    }

    /// Names in cause texts that had no value: a fault of the task, not of the learner.
    pub fn unfilled(&self) -> &[String] {
        &self.unfilled
    }

    /// Ends a check: finds its cause, and gives up on the rest when the server did not start at all.
    fn close(&mut self) {
        let Some(run) = self.run.take() else { return };
        let index = run.index;
        self.started |= run.started;
        if self.report.checks[index].state == CheckState::Fail {
            let record = run.failed_record(&self.report.checks[index]);
            let earlier = run.records;
            self.find_cause(index, &record, &earlier, run.scope);
            if self.report.checks[index].differs.as_deref() == Some("start") && !self.started {
                self.give_up();
            }
        }
        self.count();
    }

    fn explain(&mut self, index: usize, record: &Value) {
        if self.report.checks[index].state == CheckState::Fail {
            self.find_cause(index, record, &[], crate::values::Scope::default());
        }
    }

    fn find_cause(&mut self, index: usize, record: &Value, records: &[Value], scope: crate::values::Scope) {
        let result = &mut self.report.checks[index];
        let differs = result.differs.clone().unwrap_or_default();
        let mut candidates = self.task.checks[index]
            .causes
            .iter()
            .chain(&self.task.causes)
            .chain(&self.catalogue);
        while let Some(cause) = causes::find(&mut candidates, record, records, &differs, &scope) {
            let (found, missing) = causes::fill(cause, record, result, scope.clone());
            // A sentence with a gap would help nobody.
            if missing.is_empty() {
                result.cause = Some(found);
                return;
            }
            self.unfilled.extend(missing);
        }
    }

    fn give_up(&mut self) {
        while let Some(index) = self.waiting.pop_front() {
            if self.task.checks[index].advice.is_empty() {
                self.report.checks[index].state = CheckState::CouldNotRun;
            }
        }
    }

    fn count(&mut self) {
        let counted = |result: &&CheckResult| !result.extra;
        self.report.of = u32::try_from(self.report.checks.iter().filter(counted).count()).unwrap_or(u32::MAX);
        let passed = self
            .report
            .checks
            .iter()
            .filter(counted)
            .filter(|result| result.state == CheckState::Pass)
            .count();
        self.report.passed = u32::try_from(passed).unwrap_or(u32::MAX);
    }
}
