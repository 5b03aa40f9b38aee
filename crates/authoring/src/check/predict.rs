//! Kind predict: the truth is measured, and the samples of the author are judged by it.

use backlab_course::grading::Submission;
use backlab_course::report::{CheckResult, CheckState};
use backlab_course::values::plain;
use serde_json::Value;
use std::collections::BTreeMap;

use super::tasks::{Proving, SEEDS, difference, words};
use crate::finding::{Finding, line_of};
use crate::sandbox::{Proof, Sandbox};
use crate::source::{LessonSource, Library, TaskSource};

pub(super) fn prove(sandbox: &mut dyn Sandbox, library: &Library, lesson: &LessonSource, source: &TaskSource) -> Proof {
    let mut proving = Proving::new(sandbox, library, lesson, source);
    let right: BTreeMap<String, String> = source
        .raw
        .checks
        .iter()
        .filter_map(|check| Some((check.id.clone(), plain(check.right.first()?))))
        .collect();
    let reports: Vec<_> = SEEDS.iter().map(|seed| proving.answer(&right, seed)).collect();
    let again = proving.answer(&right, SEEDS[0]);
    match difference(&reports[0], &again) {
        Some(check) => proving.say("task.yaml", format!("the same seed gave two reports: check `{check}`")),
        None => proving.proof.held += 1,
    }
    for check in &source.raw.checks {
        let line = line_of(&source.text, "checks:", &format!("id: {}", check.id));
        let fault = |message: String| {
            Finding::new(
                format!("{}/task.yaml", source.folder),
                line,
                format!("check `{}`: {message}", check.id),
            )
        };
        if check.right.is_empty() || check.wrong.is_empty() {
            proving
                .proof
                .findings
                .push(fault("kind predict has samples, `right: […]` and `wrong: { cause: … }`".into()));
        }
        for sample in &check.right {
            let result = proving.sample(&right, &check.id, &plain(sample));
            match result.filter(|result| result.state != CheckState::Pass) {
                Some(result) => proving
                    .proof
                    .findings
                    .push(fault(format!("{sample} must be right: {}", words(&result)))),
                None => proving.proof.held += 1,
            }
        }
        let samples = check.wrong.iter().flat_map(|(cause, written)| match written {
            Value::Array(items) => items.iter().map(|item| (cause, plain(item))).collect(),
            single => vec![(cause, plain(single))],
        });
        for (cause, sample) in samples {
            let result = proving.sample(&right, &check.id, &sample);
            let shown = result
                .as_ref()
                .and_then(|result| result.cause.as_ref())
                .map(|shown| shown.id.clone());
            if result.is_none_or(|result| result.state != CheckState::Fail) {
                proving.proof.findings.push(fault(format!("`{sample}` must be wrong and is right")));
            } else if shown.as_ref() != Some(cause) {
                let shown = shown.unwrap_or_else(|| "no cause".into());
                proving
                    .proof
                    .findings
                    .push(fault(format!("`{sample}` must get `{cause}` and gets `{shown}`")));
            } else {
                proving.proof.held += 1;
            }
        }
        match proving
            .sample(&right, &check.id, "")
            .filter(|result| result.state == CheckState::Fail)
        {
            Some(_) => proving.proof.held += 1,
            None => proving.proof.findings.push(fault("an empty answer must be wrong".into())),
        }
    }
    proving.coverage();
    proving.proof
}

impl Proving<'_> {
    fn answer(&mut self, answers: &BTreeMap<String, String>, seed: &str) -> backlab_course::report::Report {
        let submission = Submission {
            files: self.task.starter.clone(),
            answers: answers.clone(),
            ..Submission::default()
        };
        self.grade("program", seed, submission)
    }

    /// Judges one typed answer, the other checks answered right.
    fn sample(&mut self, right: &BTreeMap<String, String>, check: &str, typed: &str) -> Option<CheckResult> {
        let mut answers = right.clone();
        answers.insert(check.to_owned(), typed.to_owned());
        let report = self.answer(&answers, SEEDS[0]);
        report.checks.into_iter().find(|result| result.id == check)
    }
}
