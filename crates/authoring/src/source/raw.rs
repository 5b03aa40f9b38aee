//! The authoring format as closed types: what `task.yaml`, front matter and the catalogues may hold.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Kinds of task.
pub const KINDS: &[&str] = &["predict", "faded", "open", "debug", "attack", "fix"];

/// What the simulator can be asked to have.
pub const CAPABILITIES: &[&str] = &[
    "http", "express", "node", "time", "lab", "sql", "mongo", "redis", "firebase", "security", "files", "network", "sockets", "graphql",
    "types", "deploy", "trace",
];

/// `task.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawTask {
    pub id: String,
    pub version: u32,
    /// predict, faded, open, debug, attack, fix.
    pub kind: String,
    pub title: String,
    pub minutes: u32,
    /// Markdown; a table of request and answer is the contract.
    pub goal: String,
    pub open: Vec<String>,
    pub readonly: Vec<String>,
    pub entry: String,
    /// `{ id: int 100..999, page: word, who: [Asha, Ravi] }`
    pub seeds: BTreeMap<String, Value>,
    pub data: Option<Value>,
    pub env: Option<Value>,
    pub clock: Option<String>,
    pub network: Option<Value>,
    pub clients: Option<Value>,
    pub checks: Vec<RawCheck>,
    pub causes: Vec<RawCause>,
    pub hints: RawHints,
    pub wrong: BTreeMap<String, RawWrong>,
    pub after: String,
    pub inside: Option<String>,
    pub changes: BTreeMap<u32, String>,
    /// Kind predict: the program that is shown.
    pub program: Option<String>,
    /// Kind predict: `console`, `status` or `text`.
    pub answer: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawCheck {
    pub id: String,
    pub title: String,
    pub why: String,
    pub steps: Vec<Value>,
    pub attack: Vec<Value>,
    pub honest: Vec<Value>,
    pub extra: Option<bool>,
    /// A test on the source: file (or `*`) → pattern of its text.
    pub advice: BTreeMap<String, Value>,
    pub causes: Vec<RawCause>,
    pub hints: RawHints,
    /// Kind predict: answers that are right.
    pub right: Vec<Value>,
    /// Kind predict: cause → an answer that shows it.
    pub wrong: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawCause {
    pub id: String,
    /// A record pattern, or a list of them.
    pub when: Value,
    pub what: String,
    pub why: String,
    pub next: String,
    /// The evidence that opens: error, response, console, trace, or a place in it.
    pub show: String,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawHints {
    pub idea: Option<String>,
    pub r#where: Option<String>,
    pub shape: Option<String>,
}

impl RawHints {
    /// The rungs that are there, first to last.
    pub fn rungs(&self) -> Vec<&str> {
        [&self.idea, &self.r#where, &self.shape]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect()
    }
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawWrong {
    pub also: Vec<String>,
}

/// Front matter of `lesson.md`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawLesson {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
    pub version: u32,
    pub objectives: Vec<String>,
    pub teaches: Vec<String>,
    pub needs: Vec<String>,
    pub capabilities: Vec<String>,
    pub files: Vec<String>,
}

/// `task.<language>.yaml`: texts only, keyed by id.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TaskTexts {
    pub title: Option<String>,
    pub goal: Option<String>,
    pub checks: BTreeMap<String, CheckTexts>,
    pub causes: BTreeMap<String, CauseTexts>,
    pub hints: RawHints,
    pub after: Option<String>,
    pub changes: BTreeMap<u32, String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckTexts {
    pub title: Option<String>,
    pub why: Option<String>,
    pub hints: RawHints,
    pub causes: BTreeMap<String, CauseTexts>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CauseTexts {
    pub what: Option<String>,
    pub why: Option<String>,
    pub next: Option<String>,
}

/// An entry of `concepts.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Concept {
    pub title: String,
    /// The lesson that teaches it.
    pub lesson: String,
    /// Words of code that give it away.
    pub code: Vec<String>,
}

/// `plan.yaml`: every module and lesson of the course, written or not.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    pub modules: Vec<PlannedModule>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlannedModule {
    pub id: String,
    pub number: u32,
    pub title: BTreeMap<String, String>,
    pub summary: BTreeMap<String, String>,
    /// The task that ends the module.
    pub boss: String,
    pub lessons: Vec<PlannedLesson>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlannedLesson {
    pub id: String,
    pub number: u32,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
}
