//! A lesson as the page loads it: compiled at build time, one JSON file per lesson and language.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::task::Task;

/// The course map: every module and lesson, without their contents.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Course {
    pub modules: Vec<Module>,
    /// Languages that have texts, `en` first.
    pub languages: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Module {
    /// `express`
    pub id: String,
    pub number: u32,
    pub title: Text,
    pub summary: Text,
    pub lessons: Vec<LessonCard>,
}

/// A text in every language that has it; `en` is always there.
pub type Text = BTreeMap<String, String>;

/// A lesson on the map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LessonCard {
    /// The slug; also its address, `lessons/<id>/`.
    pub id: String,
    /// `L12`: position in the curriculum.
    pub number: u32,
    pub title: Text,
    pub summary: Text,
    pub minutes: u32,
    pub version: u32,
    pub teaches: Vec<String>,
    pub needs: Vec<String>,
    /// False for a lesson of the plan that is not written yet.
    pub ready: bool,
    pub tasks: Vec<TaskCard>,
}

/// A task in lists (Practice, course map).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TaskCard {
    /// `middleware/hanging`
    pub id: String,
    pub kind: String,
    pub title: Text,
    pub minutes: u32,
    pub version: u32,
}

/// A lesson in one language, each piece that the language lacks in English.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lesson {
    pub id: String,
    pub number: u32,
    pub language: String,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
    pub version: u32,
    pub module: String,
    pub objectives: Vec<String>,
    pub sections: Vec<Section>,
    /// In the order of the page.
    pub tasks: Vec<Task>,
    /// Files shared by all projects of the lesson (`files:` sets and `files/`).
    pub files: BTreeMap<String, String>,
    pub previous: Option<LessonLink>,
    pub next: Option<LessonLink>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LessonLink {
    pub id: String,
    pub title: String,
    pub ready: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Section {
    /// `intro`, `one-route`.
    pub id: String,
    /// HTML of the heading; empty for `intro`.
    pub title: String,
    /// The language that this section is in (`en` when it fell back).
    pub language: String,
    pub blocks: Vec<Block>,
}

/// A piece of a section. All `html` is ready-made, with highlighted code and resolved links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    Prose {
        html: String,
    },
    Snippet(Snippet),
    Task {
        id: String,
    },
    /// The lane: one request of a snippet, drawn from a real run. `send` is the request chosen first.
    Lane {
        snippet: String,
        send: String,
    },
    Quiz(Quiz),
    Sort(Sort),
    Callout {
        kind: CalloutKind,
        title: String,
        html: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalloutKind {
    Note,
    Warn,
}

/// A runnable program and the requests its transcript sends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snippet {
    pub id: String,
    /// `js`, `html`, `json`.
    pub language: String,
    pub code: String,
    /// Highlighted lines, `<span class="ln">…</span>` each, to stand in an element of class `code`.
    pub html: String,
    /// False: shown only.
    pub runs: bool,
    pub requests: Vec<SnippetRequest>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SnippetRequest {
    /// `GET /about`
    pub request: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Quiz {
    pub id: String,
    /// HTML of the question.
    pub question: String,
    pub options: Vec<QuizOption>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QuizOption {
    pub html: String,
    pub right: bool,
    /// HTML.
    pub feedback: String,
}

/// Cards into buckets, or (one bucket, `ordered`) cards into an order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sort {
    pub id: String,
    pub question: String,
    pub ordered: bool,
    pub buckets: Vec<Bucket>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Bucket {
    pub title: String,
    pub cards: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Card {
    pub html: String,
    pub feedback: String,
}

/// One thing that the palette finds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SearchEntry {
    /// `lesson`, `section`, `task` or `concept`.
    pub kind: String,
    /// The id of the thing: `middleware`, `middleware#scope`, `middleware/hanging`, `layer-order`.
    pub id: String,
    /// The lesson to open.
    pub lesson: String,
    pub title: Text,
    /// More words to find it by: the summary, or the lesson's title.
    pub text: Text,
}
