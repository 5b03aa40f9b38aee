//! A lesson as the page loads it: compiled at build time, one JSON file per lesson and language.

use backlab_backend::fields;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};
use std::collections::BTreeMap;

use crate::json::Tagged;
use crate::tasks::Tasks;

/// The course map: every module and lesson, without their contents.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Course {
    pub modules: Vec<Module>,
    /// Languages that have texts, `en` first.
    pub languages: Vec<String>,
}

fields!(Course { modules, languages });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Module {
    /// `express`
    pub id: String,
    pub number: u32,
    pub title: Text,
    pub summary: Text,
    pub lessons: Vec<LessonCard>,
}

fields!(Module {
    id,
    number,
    title,
    summary,
    lessons
});

/// A text in every language that has it; `en` is always there.
pub type Text = BTreeMap<String, String>;

/// A lesson on the map.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
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

fields!(LessonCard {
    id,
    number,
    title,
    summary,
    minutes,
    version,
    teaches,
    needs,
    ready,
    tasks
});

/// A task in lists (Practice, course map).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TaskCard {
    /// `middleware/hanging`
    pub id: String,
    pub kind: String,
    pub title: Text,
    pub minutes: u32,
    pub version: u32,
}

fields!(TaskCard {
    id,
    kind,
    title,
    minutes,
    version
});

/// A lesson in one language, each piece that the language lacks in English.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
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
    pub tasks: Tasks,
    /// Files shared by all projects of the lesson (`files:` sets and `files/`).
    pub files: BTreeMap<String, String>,
    pub previous: Option<LessonLink>,
    pub next: Option<LessonLink>,
}

fields!(Lesson {
    id,
    number,
    language,
    title,
    summary,
    minutes,
    version,
    module,
    objectives,
    sections,
    tasks,
    files,
    previous,
    next
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct LessonLink {
    pub id: String,
    pub title: String,
    pub ready: bool,
}

fields!(LessonLink { id, title, ready });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Section {
    /// `intro`, `one-route`.
    pub id: String,
    /// HTML of the heading; empty for `intro`.
    pub title: String,
    /// The language that this section is in (`en` when it fell back).
    pub language: String,
    pub blocks: Vec<Block>,
}

fields!(Section {
    id,
    title,
    language,
    blocks
});

/// A piece of a section. All `html` is ready-made, with highlighted code and resolved links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case", try_from = "Value")]
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

impl TryFrom<Value> for Block {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self, Error> {
        let (name, mut fields) = Tagged::of(value, "block")?;
        Ok(match name.as_str() {
            "prose" => Self::Prose {
                html: fields.field("html")?,
            },
            "snippet" => Self::Snippet(fields.all()?),
            "task" => Self::Task { id: fields.field("id")? },
            "lane" => Self::Lane {
                snippet: fields.field("snippet")?,
                send: fields.field("send")?,
            },
            "quiz" => Self::Quiz(fields.all()?),
            "sort" => Self::Sort(fields.all()?),
            "callout" => Self::Callout {
                kind: fields.field("kind")?,
                title: fields.field("title")?,
                html: fields.field("html")?,
            },
            other => return Err(Error::custom(format!("no block is called `{other}`"))),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalloutKind {
    Note,
    Warn,
}

/// A runnable program and the requests its transcript sends.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
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

fields!(Snippet {
    id,
    language,
    code,
    html,
    runs,
    requests
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SnippetRequest {
    /// `GET /about`
    pub request: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

fields!(SnippetRequest { request, headers, body });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Quiz {
    pub id: String,
    /// HTML of the question.
    pub question: String,
    pub options: Vec<QuizOption>,
}

fields!(Quiz { id, question, options });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct QuizOption {
    pub html: String,
    pub right: bool,
    /// HTML.
    pub feedback: String,
}

fields!(QuizOption { html, right, feedback });

/// Cards into buckets, or (one bucket, `ordered`) cards into an order.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Sort {
    pub id: String,
    pub question: String,
    pub ordered: bool,
    pub buckets: Vec<Bucket>,
}

fields!(Sort {
    id,
    question,
    ordered,
    buckets
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Bucket {
    pub title: String,
    pub cards: Vec<Card>,
}

fields!(Bucket { title, cards });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Card {
    pub html: String,
    pub feedback: String,
}

fields!(Card { html, feedback });

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
