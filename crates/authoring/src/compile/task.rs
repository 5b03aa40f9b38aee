//! One task in one language: texts as HTML, overlays applied, checks as data.

use backlab_course::digest::digest_files;
use backlab_course::task::{Cause, Check, Task};
use serde_json::Value;
use std::collections::BTreeMap;

use super::{CourseLinks, full_id};
use crate::highlight;
use crate::markdown::{block, inline};
use crate::source::raw::{CauseTexts, CheckTexts, RawCause, RawCheck, RawHints, TaskTexts};
use crate::source::{Files, LessonSource, Library, TaskSource, overlay};

/// Compiles a task; each text that the language lacks is English.
pub fn compile(library: &Library, lesson: &LessonSource, source: &TaskSource, language: &str) -> Task {
    let links = CourseLinks {
        library,
        lesson: &lesson.slug,
    };
    let raw = &source.raw;
    let none = TaskTexts::default();
    let texts = source.texts.get(language).unwrap_or(&none);
    let or = |own: &Option<String>, english: &str| own.clone().unwrap_or_else(|| english.to_owned());
    let starter = starter(library, lesson, source);
    Task {
        id: full_id(lesson, source),
        version: raw.version,
        kind: raw.kind.clone(),
        title: inline(&or(&texts.title, &raw.title), &links),
        minutes: raw.minutes,
        goal: block(&or(&texts.goal, &raw.goal), &links),
        open: if raw.open.is_empty() {
            source.starter.keys().chain(source.program.keys()).cloned().collect()
        } else {
            raw.open.clone()
        },
        readonly: raw.readonly.clone(),
        entry: entry(source),
        solution: source
            .solution
            .iter()
            .filter(|(path, text)| starter.get(*path) != Some(*text))
            .map(own)
            .collect(),
        starter_digest: digest_files(&starter),
        program: (raw.kind == "predict").then(|| program(source, &starter)).flatten(),
        starter,
        answer: raw.answer.clone().or_else(|| (raw.kind == "predict").then(|| "console".to_owned())),
        seeds: raw.seeds.clone(),
        world: world(library, lesson, source),
        checks: raw.checks.iter().map(|check| compile_check(check, texts, &links)).collect(),
        causes: raw
            .causes
            .iter()
            .map(|cause| compile_cause(cause, texts.causes.get(&cause.id), &links))
            .collect(),
        hints: hints(&raw.hints, &texts.hints, &links),
        after: block(&or(&texts.after, &raw.after), &links),
        changes: raw
            .changes
            .iter()
            .map(|(version, line)| (*version, inline(texts.changes.get(version).unwrap_or(line), &links)))
            .collect(),
    }
}

fn own((path, text): (&String, &String)) -> (String, String) {
    (path.clone(), text.clone())
}

/// The program that is started.
fn entry(source: &TaskSource) -> String {
    let raw = &source.raw;
    match (&raw.program, raw.entry.is_empty()) {
        (_, false) => raw.entry.clone(),
        (Some(program), true) => program.clone(),
        (None, true) => "server.js".into(),
    }
}

/// The program of a prediction, as lines of HTML.
fn program(source: &TaskSource, starter: &Files) -> Option<String> {
    let path = source.raw.program.as_deref().unwrap_or("server.js");
    let language = path.rsplit('.').next().unwrap_or_default();
    Some(highlight::lines(language, starter.get(path)?))
}

/// The project a learner opens.
fn starter(library: &Library, lesson: &LessonSource, source: &TaskSource) -> Files {
    overlay(library.base(lesson), &[&source.starter, &source.program])
}

fn world(library: &Library, lesson: &LessonSource, source: &TaskSource) -> BTreeMap<String, Value> {
    let raw = &source.raw;
    let base = starter(library, lesson, source);
    let data = raw.data.as_ref().map(|data| match data {
        // Rows of a collection may stand in a JSON file of the project.
        Value::Object(collections) => Value::Object(
            collections
                .iter()
                .map(|(name, rows)| {
                    let read = rows
                        .as_str()
                        .and_then(|path| base.get(path))
                        .and_then(|text| serde_json::from_str(text).ok());
                    (name.clone(), read.unwrap_or_else(|| rows.clone()))
                })
                .collect(),
        ),
        other => other.clone(),
    });
    let clock = raw.clock.clone().map(Value::from);
    let parts = [
        ("data", data),
        ("env", raw.env.clone()),
        ("clock", clock),
        ("network", raw.network.clone()),
        ("clients", raw.clients.clone()),
    ];
    parts
        .into_iter()
        .filter_map(|(word, value)| Some((word.to_owned(), value?)))
        .collect()
}

fn compile_check(raw: &RawCheck, texts: &TaskTexts, links: &CourseLinks<'_>) -> Check {
    let none = CheckTexts::default();
    let own = texts.checks.get(&raw.id).unwrap_or(&none);
    let cause_texts = |cause: &RawCause| own.causes.get(&cause.id).or_else(|| texts.causes.get(&cause.id)).cloned();
    Check {
        id: raw.id.clone(),
        title: inline(own.title.as_ref().unwrap_or(&raw.title), links),
        why: inline(own.why.as_ref().unwrap_or(&raw.why), links),
        steps: raw.steps.clone(),
        attack: raw.attack.clone(),
        honest: raw.honest.clone(),
        advice: raw.advice.clone(),
        extra: raw.extra.unwrap_or(!raw.advice.is_empty()),
        causes: raw
            .causes
            .iter()
            .map(|cause| compile_cause(cause, cause_texts(cause).as_ref(), links))
            .collect(),
        hints: hints(&raw.hints, &own.hints, links),
    }
}

fn compile_cause(raw: &RawCause, texts: Option<&CauseTexts>, links: &CourseLinks<'_>) -> Cause {
    let text = |own: Option<&Option<String>>, english: &String| inline(own.and_then(Option::as_ref).unwrap_or(english), links);
    Cause {
        id: raw.id.clone(),
        when: raw.when.clone(),
        what: text(texts.map(|texts| &texts.what), &raw.what),
        why: text(texts.map(|texts| &texts.why), &raw.why),
        next: text(texts.map(|texts| &texts.next), &raw.next),
        show: raw.show.clone(),
    }
}

fn hints(english: &RawHints, own: &RawHints, links: &CourseLinks<'_>) -> Vec<String> {
    let rungs = [
        (&own.idea, &english.idea),
        (&own.r#where, &english.r#where),
        (&own.shape, &english.shape),
    ];
    rungs
        .into_iter()
        .filter_map(|(own, english)| own.as_ref().or(english.as_ref()))
        .map(|text| block(text, links))
        .collect()
}

/// The causes that all tasks share.
pub fn catalogue(library: &Library, language: &str) -> Vec<Cause> {
    let links = CourseLinks { library, lesson: "" };
    let texts = library.cause_texts.get(language);
    library
        .causes
        .iter()
        .map(|cause| compile_cause(cause, texts.and_then(|texts| texts.get(&cause.id)), &links))
        .collect()
}
