//! The graders are graded: every right answer passes, every wrong one fails and is told why.

use backlab_course::grading::Submission;
use backlab_course::report::{CheckResult, CheckState, Report};
use backlab_course::task::{Cause, Task};
use serde_json::Value;
use std::collections::BTreeSet;

use crate::compile::{catalogue, compile_task};
use crate::finding::{Finding, line_of};
use crate::sandbox::{Proof, Sandbox, grade};
use crate::source::{Files, LessonSource, Library, TaskSource, overlay};

/// Three runs with other random values each.
pub(super) const SEEDS: [&str; 3] = ["1a2b", "7f3a", "c0de"];

/// The proofs of one task, with what they have seen so far.
pub(super) struct Proving<'a> {
    pub sandbox: &'a mut dyn Sandbox,
    pub source: &'a TaskSource,
    pub task: Task,
    pub catalogue: Vec<Cause>,
    pub proof: Proof,
    /// Causes that were shown, checks that were failed.
    pub reached: BTreeSet<String>,
    pub failed: BTreeSet<String>,
}

pub(super) fn prove(sandbox: &mut dyn Sandbox, library: &Library, lesson: &LessonSource, source: &TaskSource) -> Proof {
    let mut proving = Proving::new(sandbox, library, lesson, source);
    proving.starter();
    proving.right("solution", &source.solution);
    for (name, files) in &source.right {
        proving.right(&format!("right/{name}"), files);
    }
    for (name, files) in &source.wrong {
        proving.wrong(name, files);
    }
    if source.raw.kind == "fix" {
        proving.exploitable();
    }
    proving.coverage();
    proving.proof
}

impl<'a> Proving<'a> {
    pub fn new(sandbox: &'a mut dyn Sandbox, library: &Library, lesson: &LessonSource, source: &'a TaskSource) -> Self {
        let task = compile_task(library, lesson, source, "en");
        let (proof, reached, failed) = (Proof::default(), BTreeSet::new(), BTreeSet::new());
        Self {
            sandbox,
            source,
            task,
            catalogue: catalogue(library, "en"),
            proof,
            reached,
            failed,
        }
    }

    /// Grades, and remembers which causes were shown and which checks failed.
    pub fn grade(&mut self, name: &str, seed: &str, submission: Submission) -> Report {
        let grader = grade(self.sandbox, &self.task, &self.catalogue, seed, submission);
        for result in &grader.report().checks {
            if result.state == CheckState::Fail {
                self.failed.insert(result.id.clone());
                self.reached.extend(result.cause.iter().map(|cause| cause.id.clone()));
            }
            if result.state == CheckState::CouldNotRun && !result.got_text.is_empty() {
                self.say(name, format!("check `{}` could not run: {}", result.id, result.got_text));
            }
        }
        for gap in grader.unfilled() {
            let (cause, value) = gap.split_once(": ").unwrap_or((gap, ""));
            let line = line_of(&self.source.text, "", &format!("id: {cause}"));
            let message = format!("cause `{cause}`: `{value}` has no value when `{name}` gets it");
            self.proof
                .findings
                .push(Finding::new(format!("{}/task.yaml", self.source.folder), line, message));
        }
        grader.report().clone()
    }

    fn files(&self, answer: &Files) -> Submission {
        Submission {
            files: overlay(self.task.starter.clone(), &[answer]),
            ..Submission::default()
        }
    }

    pub fn say(&mut self, name: &str, message: String) {
        self.proof
            .findings
            .push(Finding::new(format!("{}/{name}", self.source.folder), 0, message));
    }

    fn starter(&mut self) {
        let submission = self.files(&Files::new());
        let report = self.grade("starter", SEEDS[0], submission);
        if report.is_passed() {
            self.say("starter", "the starter passes: the task asks for nothing".into());
        } else {
            self.proof.held += 1;
        }
    }

    fn right(&mut self, name: &str, answer: &Files) {
        for seed in SEEDS {
            let submission = self.files(answer);
            let report = self.grade(name, seed, submission);
            // `failed` is about wrong answers; a right one that fails is a finding of its own.
            let failures: Vec<&CheckResult> = report.checks.iter().filter(|result| result.state != CheckState::Pass).collect();
            match failures.first() {
                Some(result) => {
                    let message = format!("must pass and fails (seed {seed}): {}", words(result));
                    self.say(name, message);
                    return;
                }
                None => self.proof.held += 1,
            }
        }
        let submission = self.files(answer);
        let (first, again) = (
            self.grade(name, SEEDS[0], submission.clone()),
            self.grade(name, SEEDS[0], submission),
        );
        match difference(&first, &again) {
            Some(check) => self.say(name, format!("the same seed gave two reports: check `{check}`")),
            None => self.proof.held += 1,
        }
    }

    fn wrong(&mut self, name: &str, answer: &Files) {
        let submission = self.files(answer);
        let report = self.grade(&format!("wrong/{name}"), SEEDS[0], submission);
        let folder = format!("wrong/{name}");
        let wanted = name.split('.').next().unwrap_or(name);
        if report.is_passed() {
            return self.say(&folder, format!("must fail and passes: no check sees `{wanted}`"));
        }
        let failed: Vec<&CheckResult> = report.checks.iter().filter(|result| result.state == CheckState::Fail).collect();
        let Some((first, others)) = failed.split_first() else { return };
        let shown = |result: &CheckResult| {
            result
                .cause
                .as_ref()
                .map_or("no cause".to_owned(), |cause| format!("`{}`", cause.id))
        };
        if first.cause.as_ref().is_none_or(|cause| cause.id != wanted) {
            return self.say(&folder, format!("must get `{wanted}` and gets {}: {}", shown(first), words(first)));
        }
        let also = self.source.raw.wrong.get(name).map(|wrong| wrong.also.clone()).unwrap_or_default();
        let stray = others.iter().find(|result| {
            result
                .cause
                .as_ref()
                .is_some_and(|cause| cause.id != wanted && !also.contains(&cause.id))
        });
        match stray {
            Some(result) => {
                let message = format!(
                    "check `{}` shows {} beside `{wanted}`: put it into `wrong: {{ {name}: {{ also: […] }} }}` or tell them apart. {}",
                    result.id,
                    shown(result),
                    words(result)
                );
                self.say(&folder, message);
            }
            None => self.proof.held += 1,
        }
    }

    /// Kind fix: on the starter every attack succeeds and every honest user gets through.
    fn exploitable(&mut self) {
        let submission = self.files(&Files::new());
        let report = self.grade("starter", SEEDS[0], submission.clone());
        let attacks: Vec<(String, usize)> = self
            .task
            .checks
            .iter()
            .filter(|check| !check.attack.is_empty())
            .map(|check| (check.id.clone(), check.attack.len()))
            .collect();
        for (id, steps) in &attacks {
            let result = report.checks.iter().find(|result| result.id == *id);
            if result.is_none_or(|result| result.state != CheckState::Fail || result.step >= *steps) {
                self.say("starter", format!("check `{id}`: the attack must succeed on the starter"));
            }
        }
        let mut honest = self.task.clone();
        honest.checks.retain(|check| !check.attack.is_empty());
        honest.checks.iter_mut().for_each(|check| check.attack.clear());
        let grader = grade(self.sandbox, &honest, &[], SEEDS[0], submission);
        for result in grader.report().checks.iter().filter(|result| result.state != CheckState::Pass) {
            self.say(
                "starter",
                format!("the honest user must get through on the starter: {}", words(result)),
            );
        }
        self.proof.held += 1;
    }

    /// Every cause is reached and every check is failed by some answer.
    pub fn coverage(&mut self) {
        let file = format!("{}/task.yaml", self.source.folder);
        let raw = &self.source.raw;
        for check in raw.checks.iter().filter(|check| !self.failed.contains(&check.id)) {
            let line = line_of(&self.source.text, "checks:", &format!("id: {}", check.id));
            let message = format!(
                "no answer fails the check `{}`: add a wrong answer that does, or remove it",
                check.id
            );
            self.proof.findings.push(Finding::new(&file, line, message));
        }
        let causes = raw.checks.iter().flat_map(|check| &check.causes).chain(&raw.causes);
        for cause in causes.filter(|cause| !self.reached.contains(&cause.id)) {
            let line = line_of(&self.source.text, "causes:", &format!("id: {}", cause.id));
            let message = format!("no answer gets the cause `{}`: add wrong/{}/, or remove it", cause.id, cause.id);
            self.proof.findings.push(Finding::new(&file, line, message));
        }
    }
}

/// A failed check in one line.
pub(crate) fn words(result: &CheckResult) -> String {
    if result.state == CheckState::CouldNotRun {
        return format!("check `{}` could not run. {}", result.id, result.got_text);
    }
    let step = result
        .steps
        .get(result.step)
        .or(result.steps.last())
        .map(|step| step.title.clone())
        .unwrap_or_default();
    let cause = result.cause.as_ref().map(|cause| format!(" [{}]", cause.id)).unwrap_or_default();
    let differs = result.differs.as_deref().unwrap_or_default();
    format!(
        "check `{}`, {step}: {differs} differs. Expected: {} Got: {}{cause}",
        result.id, result.expected_text, result.got_text
    )
}

/// The first check that two reports tell differently. Times are left out.
pub(super) fn difference(one: &Report, other: &Report) -> Option<String> {
    let seen = |result: &CheckResult| {
        let console: Vec<String> = result.console.iter().map(|line| line.text.clone()).collect();
        let got: Option<Value> = result.got.clone();
        (
            result.state,
            result.step,
            result.differs.clone(),
            got,
            result.cause.clone(),
            console,
        )
    };
    one.checks
        .iter()
        .zip(&other.checks)
        .find(|(one, other)| seen(one) != seen(other))
        .map(|(one, _)| one.id.clone())
}
