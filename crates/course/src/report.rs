//! The outcome of grading one task: data that the screen, the exported file and `lessons check` all read.

use backlab_backend::trace::{ConsoleLine, ProgramError, Trace};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Report {
    pub task: String,
    pub version: u32,
    /// Repeats every random value.
    pub seed: String,
    pub passed: u32,
    pub of: u32,
    pub checks: Vec<CheckResult>,
}

impl Report {
    /// Whether every check that counts passed.
    pub fn is_passed(&self) -> bool {
        self.of > 0 && self.passed == self.of
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CheckResult {
    pub id: String,
    /// HTML, seeds filled in.
    pub title: String,
    pub why: String,
    pub state: CheckState,
    /// Index of the failed step.
    pub step: usize,
    pub steps: Vec<StepResult>,
    /// The first difference: `status`, `headers.x-note`, `json.items[2].id`, `console`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
    /// The matcher, in the words of the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<Value>,
    /// Both in one plain sentence each, for people.
    pub expected_text: String,
    pub got_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<FoundCause>,
    pub console: Vec<ConsoleLine>,
    pub hints: Vec<String>,
    pub extra: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    #[default]
    Waiting,
    Running,
    Pass,
    Fail,
    CouldNotRun,
}

/// One step as it happened.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StepResult {
    /// `GET /users/417`, `wait 61 s`, `restart`.
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
    /// What the program threw during the step, its start included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ProgramError>,
    pub ok: bool,
}

/// The likely mistake, values filled in, Markdown turned into HTML.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FoundCause {
    pub id: String,
    pub what: String,
    pub why: String,
    pub next: String,
    pub show: String,
}
