//! One check: opens a sandbox, performs the steps one by one, and stops at the first difference.

use backlab_backend::trace::{ConsoleLine, ProgramError, Trace};
use serde_json::{Map, Value, json};

use super::{Submission, action, predict, world};
use crate::i18n::Texts;
use crate::matcher::{self, Difference, words};
use crate::place;
use crate::report::{CheckResult, CheckState, StepResult};
use crate::task::{Check, Task};
use crate::values::Scope;

/// A check that has not begun.
pub(super) fn waiting(task: &Task, check: &Check, seed: &str) -> CheckResult {
    let scope = world::scope(task, &check.id, seed);
    let mut ignored = Vec::new();
    let mut text = |html: &str| scope.fill_html(html, &mut ignored);
    CheckResult {
        id: check.id.clone(),
        title: text(&check.title),
        why: text(&check.why),
        hints: check.hints.iter().map(|hint| text(hint)).collect(),
        extra: check.extra,
        ..CheckResult::default()
    }
}

/// A check on the source: file (or `*`) → pattern of its text.
pub(super) fn advise(check: &Check, submission: &Submission, result: &mut CheckResult) {
    let texts = submission.texts();
    result.state = CheckState::Pass;
    for (name, pattern) in &check.advice {
        let named = submission.files.iter().filter(|(path, _)| name == "*" || *path == name);
        for (path, text) in named {
            if !matcher::text_fits(pattern, text) {
                result.state = CheckState::Fail;
                result.differs = Some(format!("files.{path}"));
                result.expected = Some(pattern.clone());
                result.expected_text = matcher::is(path, pattern, &texts);
                result.got_text = texts.fill(&words::IS_NOT, &[("place", path)]);
                return;
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Open,
    Opening,
    Starting,
    Step,
    Performing,
    Close,
    Closing,
}

/// The check that is running.
#[derive(Debug)]
pub(super) struct Run {
    pub index: usize,
    pub scope: Scope,
    /// Of every step so far.
    pub records: Vec<Value>,
    /// Whether the program started at least once.
    pub started: bool,
    steps: Vec<Value>,
    step: usize,
    phase: Phase,
    /// The program runs, or ran to its end.
    up: bool,
    project: Value,
    start: Value,
    name: String,
    predicts: Option<(String, String)>,
    texts: Texts,
}

impl Run {
    pub fn new(task: &Task, index: usize, seed: &str, submission: &Submission) -> Self {
        let check = &task.checks[index];
        let scope = world::scope(task, &check.id, seed);
        let own_seed = world::check_seed(seed, &check.id);
        let steps: Vec<Value> = check.steps.iter().chain(&check.attack).chain(&check.honest).cloned().collect();
        let typed = || submission.answers.get(&check.id).cloned().unwrap_or_default();
        Self {
            index,
            project: world::project(task, &submission.files, &scope, &own_seed),
            scope,
            records: Vec::new(),
            started: false,
            steps,
            step: 0,
            phase: Phase::Open,
            up: false,
            start: Value::Null,
            name: check.id.clone(),
            predicts: (task.kind == "predict").then(|| (task.answer.clone().unwrap_or_default(), typed())),
            texts: submission.texts(),
        }
    }

    /// The record that the failing step left, with the learner's prediction.
    pub fn failed_record(&self, result: &CheckResult) -> Value {
        let record = self.records.get(result.step).or(self.records.last());
        record.unwrap_or(&self.start).clone()
    }

    /// Returns the next command, or `None` when the check is over.
    pub fn next(&mut self, result: &mut CheckResult) -> Option<Value> {
        loop {
            match self.phase {
                Phase::Open => {
                    self.phase = Phase::Opening;
                    let first = self.steps.first().cloned().unwrap_or(Value::Null);
                    if let Some(env) = first.pointer("/restart/env") {
                        self.add_env(world::texts(self.scope.fill(env)));
                    }
                    // A program of commands may come without a server.
                    let entry = self.project["entry"].as_str().unwrap_or_default();
                    let server = self.project["files"].get(entry).is_some();
                    self.up = server || !action::stands_alone(&first);
                    let command = json!({ "do": "open", "sandbox": self.name, "project": self.project, "start": self.up });
                    return Some(command);
                }
                Phase::Step => {
                    let Some(step) = self.steps.get(self.step).cloned() else {
                        self.finish(CheckState::Pass, result);
                        continue;
                    };
                    let first = self.step == 0;
                    if first && (step.get("restart").is_some() || !action::acts(&step)) {
                        let record = self.start.clone();
                        self.judge(&step, record, result);
                        continue;
                    }
                    if !self.up && !action::stands_alone(&step) && step.get("restart").is_none() {
                        self.up = true;
                        self.phase = Phase::Starting;
                        return Some(self.perform(json!({ "restart": {} })));
                    }
                    self.phase = Phase::Performing;
                    return Some(self.perform(action::action(&step, &self.scope)));
                }
                Phase::Close => {
                    self.phase = Phase::Closing;
                    return Some(json!({ "do": "close", "sandbox": self.name }));
                }
                Phase::Opening | Phase::Starting | Phase::Performing | Phase::Closing => return None,
            }
        }
    }

    /// `restart` as the first step: the environment of the first start.
    fn add_env(&mut self, env: Value) {
        let Value::Object(env) = env else { return };
        let mut all = self.project["env"].as_object().cloned().unwrap_or_default();
        all.extend(env);
        self.project["env"] = all.into();
    }

    fn perform(&self, action: Value) -> Value {
        json!({ "do": "perform", "sandbox": self.name, "action": action })
    }

    /// Takes the answer to the last command.
    pub fn answer(&mut self, mut answer: Value, result: &mut CheckResult) {
        if self.phase == Phase::Closing {
            return;
        }
        if answer["ok"] != Value::Bool(true) {
            let silent = self.texts.get(&words::SANDBOX_SILENT);
            result.got_text = answer["message"].as_str().unwrap_or(silent).to_owned();
            result.expected_text = self.texts.get(&words::STEP_PERFORMED).to_owned();
            self.finish(CheckState::CouldNotRun, result);
            return;
        }
        let record = answer.get_mut("record").map(Value::take).unwrap_or(Value::Null);
        keep_console(&record, result);
        match self.phase {
            Phase::Opening | Phase::Starting => self.begin(record, result),
            _ => {
                let step = self.steps.get(self.step).cloned().unwrap_or(Value::Null);
                self.judge(&step, record, result);
            }
        }
    }

    /// The program was started (or only its files were put in place).
    fn begin(&mut self, record: Value, result: &mut CheckResult) {
        self.phase = Phase::Step;
        let step = self.steps.get(self.step).cloned().unwrap_or(Value::Null);
        let excused = ["error", "exit"]
            .iter()
            .any(|word| step.pointer("/expect").is_some_and(|expect| expect.get(word).is_some()));
        let failed = record.get("error").is_some_and(|error| !error.is_null())
            || record.get("exit").is_some_and(|exit| !exit.is_null() && *exit != 0);
        self.start = record;
        if self.up && failed && !excused {
            let got = self.start.get("error").or(self.start.get("exit")).cloned();
            let difference = Difference {
                place: "start".into(),
                expected: self.texts.get(&words::A_START).into(),
                got,
            };
            let record = self.start.clone();
            self.fail(&difference, record, result);
        } else {
            self.started |= self.up;
        }
    }

    fn judge(&mut self, step: &Value, mut record: Value, result: &mut CheckResult) {
        self.phase = Phase::Step;
        let expect = self.scope.fill(step.get("expect").unwrap_or(&Value::Null));
        let mut expect = expect.as_object().cloned().unwrap_or_default();
        unchanged(&mut expect, self.records.last().unwrap_or(&self.start));
        let mut found = matcher::compare(&expect, &record, action::requests(step));
        let last = self.step + 1 == self.steps.len();
        if let (Some((of, typed)), None, true) = (&self.predicts, &found, last) {
            let truth = predict::truth(of, &record);
            record["answer"] = predict::answer(of, typed);
            if !predict::same(of, typed, &truth) {
                found = Some(Difference {
                    place: "answer".into(),
                    expected: truth,
                    got: Some(typed.clone().into()),
                });
            }
        }
        match found {
            Some(difference) => self.fail(&difference, record, result),
            None => {
                result.steps.push(self.step_result(step, &record, true));
                for (name, at) in step.get("save").and_then(Value::as_object).into_iter().flatten() {
                    let saved = at.as_str().and_then(|at| place::get(&record, at));
                    self.scope.set(name, saved.unwrap_or(Value::Null));
                }
                self.records.push(record);
                self.step += 1;
            }
        }
    }

    fn fail(&mut self, difference: &Difference, record: Value, result: &mut CheckResult) {
        let step = self.steps.get(self.step).cloned().unwrap_or(Value::Null);
        (result.expected_text, result.got_text) = matcher::sentence(difference, &record, &self.texts);
        result.step = self.step;
        result.differs = Some(difference.place.clone());
        result.expected = Some(difference.expected.clone());
        result.got = difference.got.clone();
        result.steps.push(self.step_result(&step, &record, false));
        self.records.push(record);
        self.finish(CheckState::Fail, result);
    }

    fn finish(&mut self, state: CheckState, result: &mut CheckResult) {
        result.state = state;
        self.phase = Phase::Close;
    }

    fn step_result(&self, step: &Value, record: &Value, ok: bool) -> StepResult {
        StepResult {
            title: action::title(step, &self.scope, &self.texts),
            sent: record.get("sent").cloned(),
            status: record["status"].as_u64().and_then(|status| u16::try_from(status).ok()),
            text: record["text"].as_str().unwrap_or_default().to_owned(),
            trace: record
                .get("trace")
                .and_then(|trace| crate::json::from_value::<Trace>(trace.clone()).ok()),
            error: record
                .get("error")
                .and_then(|error| crate::json::from_value::<ProgramError>(error.clone()).ok()),
            ok,
        }
    }
}

/// `db: { users: unchanged }` means: as it was before the step.
fn unchanged(expect: &mut Map<String, Value>, before: &Value) {
    let Some(Value::Object(collections)) = expect.get_mut("db") else {
        return;
    };
    for (name, pattern) in collections.iter_mut() {
        if pattern.as_str() == Some("unchanged") {
            *pattern = before.pointer(&format!("/db/{name}")).cloned().unwrap_or_else(|| json!([]));
        }
    }
}

fn keep_console(record: &Value, result: &mut CheckResult) {
    for line in record["console"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let seq = u32::try_from(result.console.len()).unwrap_or(u32::MAX);
        result.console.push(ConsoleLine {
            seq,
            level: "log".into(),
            text: line.to_owned(),
            ..ConsoleLine::default()
        });
    }
}
