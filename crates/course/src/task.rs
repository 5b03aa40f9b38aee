//! A task as the page and the grader read it: texts as HTML where shown, checks as data.

use backlab_backend::fields;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A graded task in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Task {
    /// `middleware/hanging`
    pub id: String,
    pub version: u32,
    /// predict, sort, faded, open, debug, attack, fix, mutants.
    pub kind: String,
    pub title: String,
    pub minutes: u32,
    /// HTML.
    pub goal: String,
    /// Files shown first.
    pub open: Vec<String>,
    pub readonly: Vec<String>,
    pub entry: String,
    /// The whole project the learner starts from, all overlays applied.
    pub starter: BTreeMap<String, String>,
    /// Only the files that differ.
    pub solution: BTreeMap<String, String>,
    /// Digest of `starter`; progress keeps it.
    pub starter_digest: String,
    /// Kind predict: the program shown, as lines of HTML, and what the learner predicts (`console`, `status`, `text`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The world and the checks in the words of the authoring format, as JSON (`seeds`, `data`, `env`, `clock`, `network`, `clients`, `checks`, `causes`).
    pub seeds: BTreeMap<String, Value>,
    pub world: BTreeMap<String, Value>,
    pub checks: Vec<Check>,
    pub causes: Vec<Cause>,
    /// HTML: idea, where, shape.
    pub hints: Vec<String>,
    /// HTML, shown when all checks pass.
    pub after: String,
    /// HTML per version: what changed.
    pub changes: BTreeMap<u32, String>,
}

fields!(Task {
    id,
    version,
    kind,
    title,
    minutes,
    goal,
    open,
    readonly,
    entry,
    starter,
    solution,
    starter_digest,
    program,
    answer,
    seeds,
    world,
    checks,
    causes,
    hints,
    after,
    changes
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Check {
    pub id: String,
    /// HTML.
    pub title: String,
    pub why: String,
    pub steps: Vec<Value>,
    pub attack: Vec<Value>,
    pub honest: Vec<Value>,
    /// A test on the source instead of steps: file (or `*`) → pattern of its text. Does not count unless `extra` is written as false.
    pub advice: BTreeMap<String, Value>,
    /// The task can be passed without it.
    pub extra: bool,
    pub causes: Vec<Cause>,
    pub hints: Vec<String>,
}

fields!(Check {
    id,
    title,
    why,
    steps,
    attack,
    honest,
    advice,
    extra,
    causes,
    hints
});

/// A mistake this looks like. Texts are HTML with `~` values still open; the grader fills them escaped.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Cause {
    pub id: String,
    /// One record pattern, or a list of them.
    pub when: Value,
    pub what: String,
    pub why: String,
    pub next: String,
    /// `error`, `response`, `console`, `trace`, `trace.stopped`, …
    pub show: String,
}

fields!(Cause {
    id,
    when,
    what,
    why,
    next,
    show
});
