//! Requests that a lesson brings: from its snippets and from the checks of its tasks.

use std::collections::BTreeMap;

use backlab_course::lesson::{Block, Lesson, SnippetRequest};
use serde_json::Value;

/// A request ready to be loaded into the lab.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedRequest {
    pub method: String,
    /// Path on the learner's server, or a whole address.
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl SavedRequest {
    /// `GET /about`; a path alone is a GET.
    pub fn read(request: &str) -> Option<Self> {
        let request = request.trim();
        let (method, url) = request.split_once(char::is_whitespace).unwrap_or(("GET", request));
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&method.to_ascii_uppercase().as_str());
        // Values that a check draws at random have no place here.
        let fixed = !url.is_empty() && !url.contains(['~', '{', ' ']);
        (known && fixed).then(|| Self {
            method: method.to_ascii_uppercase(),
            url: url.trim().to_owned(),
            ..Self::default()
        })
    }

    fn of_snippet(request: &SnippetRequest) -> Option<Self> {
        Some(Self {
            headers: request.headers.clone(),
            body: request.body.clone(),
            ..Self::read(&request.request)?
        })
    }

    /// Reads the action of a check's step.
    fn of_step(step: &Value) -> Option<Self> {
        let mut saved = Self::read(step.get("request")?.as_str()?)?;
        for (name, value) in step.get("headers").and_then(Value::as_object).into_iter().flatten() {
            saved.headers.push((name.clone(), value.as_str()?.to_owned()));
        }
        let fixed = |value: &Value| Some(value.to_string()).filter(|text| !text.contains('~'));
        if let Some(json) = step.get("json") {
            saved.body = Some(serde_json::to_string_pretty(json).ok().filter(|_| fixed(json).is_some())?);
            saved.headers.push(("Content-Type".into(), "application/json".into()));
        } else if let Some(text) = step.get("text").and_then(Value::as_str) {
            saved.body = Some(text.to_owned());
        } else if step.get("form").is_some() || step.get("query").is_some() || step.get("as").is_some() {
            return None;
        }
        if saved.headers.iter().any(|(_, value)| value.contains('~')) {
            None
        } else {
            Some(saved)
        }
    }
}

/// The requests of a lesson without repetitions, at most `most`; those of the open task come first.
pub fn of_lesson(lesson: &Lesson, task: Option<&str>, most: usize) -> Vec<SavedRequest> {
    let snippets = lesson
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match block {
            Block::Snippet(snippet) => Some(snippet.requests.iter().filter_map(SavedRequest::of_snippet)),
            _ => None,
        });
    let checked = lesson
        .tasks
        .all()
        .iter()
        .filter(|one| task.is_none_or(|id| one.id == id))
        .flat_map(|task| &task.checks)
        .flat_map(|check| &check.steps)
        .filter_map(SavedRequest::of_step);
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    let all: Box<dyn Iterator<Item = SavedRequest>> = if task.is_some() {
        Box::new(checked.chain(snippets.flatten()))
    } else {
        Box::new(snippets.flatten().chain(checked))
    };
    all.filter(|saved| seen.insert(format!("{saved:?}"), ()).is_none())
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use backlab_course::lesson::{Section, Snippet};
    use backlab_course::task::{Check, Task};
    use serde_json::json;

    use super::*;

    #[test]
    fn lines() {
        for (line, wanted) in [
            ("GET /about", Some(("GET", "/about"))),
            ("/about", Some(("GET", "/about"))),
            (
                "post http://localhost:4000/api/users",
                Some(("POST", "http://localhost:4000/api/users")),
            ),
            ("GET /users/~id", None),
            ("FETCH /x", None),
        ] {
            let got = SavedRequest::read(line);
            assert_eq!(
                got.as_ref().map(|saved| (saved.method.as_str(), saved.url.as_str())),
                wanted,
                "{line}"
            );
        }
    }

    #[test]
    fn a_lesson_brings_its_requests_once() {
        let snippet = Snippet {
            requests: vec![
                SnippetRequest {
                    request: "GET /a".into(),
                    ..SnippetRequest::default()
                };
                2
            ],
            ..Snippet::default()
        };
        let steps = vec![
            json!({ "request": "POST /b", "json": { "x": 1 } }),
            json!({ "request": "GET /a" }),
            json!({ "request": "POST /c", "json": { "x": "~name" } }),
            json!({ "advance": 5 }),
        ];
        let lesson = Lesson {
            sections: vec![Section {
                blocks: vec![Block::Snippet(snippet)],
                ..Section::default()
            }],
            tasks: vec![Task {
                id: "t".into(),
                checks: vec![Check { steps, ..Check::default() }],
                ..Task::default()
            }]
            .into(),
            ..Lesson::default()
        };
        let names = |task| {
            of_lesson(&lesson, task, 9)
                .iter()
                .map(|saved| format!("{} {}", saved.method, saved.url))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(None), ["GET /a", "POST /b"]);
        assert_eq!(names(Some("t")), ["POST /b", "GET /a"]);
    }
}
