//! `lessons.lock`: every id with its version and a digest of its checks, and what translations were made from.

use backlab_course::digest::{digest, digest_files};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::finding::{AuthoringError, Finding, line_of};
use crate::source::raw::RawCheck;
use crate::source::{LessonSource, Library, TaskSource, yaml};

const NAME: &str = "lessons.lock";
const HEAD: &str = "# Written by `cargo xtask lessons check`. Ids in here are published: progress is kept under them.\n";

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lock {
    lessons: BTreeMap<String, LockedLesson>,
    /// By `lesson/task`.
    tasks: BTreeMap<String, LockedTask>,
    /// Language → `lesson#section`.
    translations: BTreeMap<String, BTreeMap<String, LockedText>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LockedLesson {
    version: u32,
    sections: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LockedTask {
    version: u32,
    checks: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LockedText {
    /// Digest of the English block that it was made from.
    from: String,
    /// Digest of the translation itself.
    text: String,
}

/// Compares the lessons with the lock. Returns the lock as it should be, and the translations that are out of date.
pub fn check(library: &Library, chosen: &[&LessonSource], findings: &mut Vec<Finding>) -> Result<(Lock, Vec<Finding>), AuthoringError> {
    let text = fs::read_to_string(library.root.join(NAME)).unwrap_or_default();
    let mut lock: Lock = if text.is_empty() {
        Lock::default()
    } else {
        match yaml::read(NAME, &text, 1) {
            Ok(lock) => lock,
            Err(fault) => {
                findings.push(fault);
                return Ok((Lock::default(), Vec::new()));
            }
        }
    };
    let unpublished = "put it back; if it was never published, delete its entry in lessons.lock";
    for id in lock.lessons.keys().filter(|id| library.lesson(id).is_none()) {
        findings.push(Finding::new(
            NAME,
            line_of(&text, "", id),
            format!("the lesson `{id}` is gone: {unpublished}"),
        ));
    }
    for id in lock.tasks.keys() {
        let (lesson, task) = id.split_once('/').unwrap_or((id, ""));
        let gone = library
            .lesson(lesson)
            .is_some_and(|lesson| !lesson.tasks.iter().any(|one| one.raw.id == task));
        if gone {
            findings.push(Finding::new(
                NAME,
                line_of(&text, "", id),
                format!("the task `{id}` is gone: {unpublished}"),
            ));
        }
    }
    let mut out_of_date = Vec::new();
    for lesson in chosen {
        lock.lesson(lesson, findings);
        for task in &lesson.tasks {
            lock.task(lesson, task, findings);
        }
        lock.translations(lesson, &mut out_of_date);
    }
    Ok((lock, out_of_date))
}

impl Lock {
    fn lesson(&mut self, lesson: &LessonSource, findings: &mut Vec<Finding>) {
        let entry = self.lessons.entry(lesson.slug.clone()).or_default();
        let sections: Vec<String> = lesson.document.sections.iter().map(|section| section.id.clone()).collect();
        for gone in entry.sections.iter().filter(|id| !sections.contains(id)) {
            findings.push(Finding::new(lesson.file(), 0, format!("the section `{gone}` is gone; links point to it: put the id back, or delete it in lessons.lock if it was never published")));
        }
        if lesson.front.version < entry.version {
            findings.push(Finding::new(
                lesson.file(),
                line_of(&lesson.text, "", "version:"),
                format!("the version was {} already", entry.version),
            ));
        }
        *entry = LockedLesson {
            version: lesson.front.version,
            sections,
        };
    }

    fn task(&mut self, lesson: &LessonSource, task: &TaskSource, findings: &mut Vec<Finding>) {
        let id = crate::compile::full_id(lesson, task);
        let now = LockedTask {
            version: task.raw.version,
            checks: checks_digest(task),
        };
        let file = format!("{}/task.yaml", task.folder);
        let line = line_of(&task.text, "", "version:");
        if let Some(before) = self.tasks.get(&id) {
            if now.version < before.version {
                findings.push(Finding::new(&file, line, format!("the version was {} already", before.version)));
            } else if now.version == before.version && now.checks != before.checks {
                let next = before.version + 1;
                let message = format!(
                    "the checks ask for something else than version {} did: write `version: {next}` and a line `changes: {{ {next}: … }}`. If it was never published, delete `{id}` in lessons.lock",
                    before.version
                );
                findings.push(Finding::new(&file, line, message));
            } else if now.version > before.version && !task.raw.changes.contains_key(&now.version) {
                findings.push(Finding::new(
                    &file,
                    line,
                    format!(
                        "say in `changes: {{ {}: … }}` what a learner who passed before should know",
                        now.version
                    ),
                ));
            }
        }
        self.tasks.insert(id, now);
    }

    fn translations(&mut self, lesson: &LessonSource, out_of_date: &mut Vec<Finding>) {
        for (language, translation) in &lesson.translations {
            let entries = self.translations.entry(language.clone()).or_default();
            for own in &translation.document.sections {
                let Some(english) = lesson.document.sections.iter().find(|section| section.id == own.id) else {
                    continue;
                };
                let (from, text) = (digest(&[&english.title, &english.text]), digest(&[&own.title, &own.text]));
                let entry = entries.entry(format!("{}#{}", lesson.slug, own.id)).or_default();
                // A translation that was touched is taken to be made from the English of now.
                if entry.text != text {
                    *entry = LockedText { from, text };
                } else if entry.from != from {
                    let file = format!("{}/lesson.{language}.md", lesson.folder);
                    out_of_date.push(Finding::new(
                        file,
                        own.line,
                        format!("section `{}` is out of date: the English text has changed", own.id),
                    ));
                }
            }
        }
    }

    /// Writes the lock unless it is up to date.
    pub fn write(&self, lessons: &Path) -> Result<(), AuthoringError> {
        let path = lessons.join(NAME);
        let failed = |source| AuthoringError::Write {
            path: path.clone(),
            source,
        };
        let text = serde_yaml_ng::to_string(self).map_err(|error| failed(std::io::Error::other(error)))?;
        let text = format!("{HEAD}{text}");
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            return Ok(());
        }
        fs::write(&path, text).map_err(failed)
    }
}

/// What a task asks for, without its wording.
fn checks_digest(task: &TaskSource) -> String {
    let raw = &task.raw;
    let check = |check: &RawCheck| json!({ "id": check.id, "steps": check.steps, "attack": check.attack, "honest": check.honest, "advice": check.advice, "extra": check.extra });
    let asked = json!({
        "kind": raw.kind,
        "answer": raw.answer,
        "program": digest_files(&task.program),
        "checks": raw.checks.iter().map(check).collect::<Vec<_>>(),
        "world": [json!(raw.seeds), json!(raw.data), json!(raw.env), json!(raw.clock), json!(raw.network), json!(raw.clients)],
    });
    digest(&[&asked.to_string()])
}
