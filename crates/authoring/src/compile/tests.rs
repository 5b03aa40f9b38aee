//! The lessons of this repository, compiled.

use backlab_course::lesson::{Block, Course, Lesson};
use backlab_course::task::Cause;
use serde_json::json;
use std::fs;
use std::path::Path;

fn lessons() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons")
}

fn compiled(name: &str) -> String {
    let out = std::env::temp_dir().join(format!("backlab-compile-{}-{name}", std::process::id()).replace('/', "-"));
    super::compile(&lessons(), &out).unwrap();
    let text = fs::read_to_string(out.join(name)).unwrap();
    fs::remove_dir_all(&out).unwrap();
    text
}

#[test]
fn the_map_holds_the_whole_plan() {
    let course: Course = serde_json::from_str(&compiled("course.json")).unwrap();
    let cards: Vec<_> = course.modules.iter().flat_map(|module| &module.lessons).collect();
    assert_eq!(course.modules.len(), 8);
    assert_eq!(
        cards.iter().map(|card| card.number).collect::<Vec<_>>(),
        (1..=60).collect::<Vec<_>>()
    );
    let hello = cards.iter().find(|card| card.id == "express-hello").unwrap();
    assert!(hello.ready && hello.tasks.len() == 3 && hello.title.contains_key("hi-Latn"));
    assert!(cards.iter().any(|card| !card.ready));
    assert_eq!(course.languages[0], "en");
}

#[test]
fn a_lesson_falls_back_piece_by_piece() {
    let english: Lesson = serde_json::from_str(&compiled("en/express-hello.json")).unwrap();
    let hinglish: Lesson = serde_json::from_str(&compiled("hi-Latn/express-hello.json")).unwrap();
    assert_ne!(english.title, "");
    assert!(hinglish.sections.iter().all(|section| section.language == "hi-Latn"));
    for (own, other) in english.sections.iter().zip(&hinglish.sections) {
        let snippets = |blocks: &[Block]| {
            blocks
                .iter()
                .filter(|block| matches!(block, Block::Snippet(_)))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(snippets(&own.blocks), snippets(&other.blocks), "{}", own.id);
    }
    let task = &hinglish.tasks.all()[0];
    assert_eq!((task.id.as_str(), task.kind.as_str()), ("express-hello/first-server", "faded"));
    assert_ne!(task.title, english.tasks.all()[0].title);
    // The shape of the code is not translated.
    assert_eq!(task.hints[2], english.tasks.all()[0].hints[2]);
    assert!(task.starter.contains_key("package.json") && task.solution.contains_key("server.js"));
    let causes: Vec<Cause> = serde_json::from_str(&compiled("hi-Latn/causes.json")).unwrap();
    assert!(causes.iter().any(|cause| cause.id == "no-route"));
    let html = english
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .find_map(|block| match block {
            Block::Prose { html } if html.contains("data-lesson") => Some(html.clone()),
            _ => None,
        });
    assert!(html.unwrap().contains("href=\"lessons/responses/\""));
}

/// The cause of the catalogue that a failed step is told, by a record and the place of its first difference.
fn told(record: serde_json::Value, differs: &str) -> Option<String> {
    let library = crate::source::load(&lessons(), Some("")).unwrap();
    let causes = super::catalogue(&library, "en");
    let found = causes
        .iter()
        .find(|cause| backlab_course::matcher::fits(&cause.when, &record, differs));
    found.map(|cause| cause.id.clone())
}

#[test]
fn a_closed_port_explains_only_what_needs_a_port() {
    let check = |differs: &str, refused: bool, expected: Option<&str>| {
        let record = json!({ "refused": refused, "listening": [], "console": ["done"], "exit": 0 });
        assert_eq!(told(record, differs).as_deref(), expected, "{differs}");
    };
    check("refused", true, Some("never-listens"));
    check("listening", false, Some("never-listens"));
    check("console", false, None);
    check("db.users", false, None);
    check("files", false, None);
}

#[test]
fn a_method_explains_only_the_404_of_express() {
    let check = |answered: &str, expected: Option<&str>| {
        let record = json!({
            "status": 404,
            "text": "",
            "sent": { "method": "GET", "path": "/users/7" },
            "trace": {
                "tried": [{ "method": "PUT", "path": "/users/:id", "matched": "path" }],
                "answered": { "name": answered },
            },
        });
        assert_eq!(told(record, "status").as_deref(), expected, "{answered}");
    };
    check("express", Some("wrong-verb"));
    check("getUser", None);
}
