//! The lessons folder as it is written: every file read, every YAML parsed, nothing judged yet.

mod load;
pub mod raw;
mod task;
pub mod yaml;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::finding::Finding;
use crate::markdown::Document;
use raw::{CauseTexts, Concept, Plan, RawCause, RawLesson, RawTask, TaskTexts};

pub use load::load;

/// Path → text of a set of files.
pub type Files = BTreeMap<String, String>;

/// Everything under `lessons/`.
#[derive(Debug, Default)]
pub struct Library {
    pub root: PathBuf,
    pub plan: Plan,
    pub concepts: BTreeMap<String, Concept>,
    pub causes: Vec<RawCause>,
    /// Language → cause → texts.
    pub cause_texts: BTreeMap<String, BTreeMap<String, CauseTexts>>,
    /// Named sets of files.
    pub sets: BTreeMap<String, Files>,
    /// In the order of the course.
    pub lessons: Vec<LessonSource>,
    /// What could not be read.
    pub faults: Vec<Finding>,
}

/// One lesson folder.
#[derive(Debug, Default)]
pub struct LessonSource {
    /// `02-express/12-express-hello`
    pub folder: String,
    pub module: u32,
    pub number: u32,
    /// The folder's name without its number.
    pub slug: String,
    pub front: RawLesson,
    pub document: Document,
    /// The whole of `lesson.md`.
    pub text: String,
    /// Language → translation.
    pub translations: BTreeMap<String, Translation>,
    /// `files/` of the lesson.
    pub files: Files,
    pub tasks: Vec<TaskSource>,
}

/// `lesson.<language>.md`.
#[derive(Debug, Default)]
pub struct Translation {
    pub front: RawLesson,
    pub document: Document,
}

/// One task folder.
#[derive(Debug, Default)]
pub struct TaskSource {
    /// `02-express/12-express-hello/tasks/01-first-server`
    pub folder: String,
    pub raw: RawTask,
    /// The text of `task.yaml`, for line numbers.
    pub text: String,
    /// Language → texts.
    pub texts: BTreeMap<String, TaskTexts>,
    pub starter: Files,
    pub solution: Files,
    pub program: Files,
    /// Name → files.
    pub right: BTreeMap<String, Files>,
    /// Name (`cause` or `cause.variant`) → files.
    pub wrong: BTreeMap<String, Files>,
}

impl LessonSource {
    /// The lesson's Markdown file, relative to the lessons folder.
    pub fn file(&self) -> String {
        format!("{}/lesson.md", self.folder)
    }
}

impl Library {
    /// The files that every project of a lesson starts with: its sets, then its own.
    pub fn base(&self, lesson: &LessonSource) -> Files {
        let sets = lesson.front.files.iter().filter_map(|set| self.sets.get(set)).flatten();
        overlay(
            sets.chain(&lesson.files).map(|(path, text)| (path.clone(), text.clone())).collect(),
            &[],
        )
    }

    /// The lesson with this id, if it is written.
    pub fn lesson(&self, id: &str) -> Option<&LessonSource> {
        self.lessons.iter().find(|lesson| lesson.slug == id)
    }

    /// The number of a planned or written lesson.
    pub fn number(&self, id: &str) -> Option<u32> {
        let planned = self
            .plan
            .modules
            .iter()
            .flat_map(|module| &module.lessons)
            .find(|lesson| lesson.id == id);
        self.lesson(id).map(|lesson| lesson.number).or(planned.map(|lesson| lesson.number))
    }

    /// Every language that has texts, English first.
    pub fn languages(&self) -> Vec<String> {
        let mut found: Vec<&String> = self.cause_texts.keys().collect();
        found.extend(self.lessons.iter().flat_map(|lesson| lesson.translations.keys()));
        found.sort();
        found.dedup();
        ["en".to_owned()].into_iter().chain(found.into_iter().cloned()).collect()
    }
}

/// Puts overlays on a set of files; the later one wins.
pub fn overlay(mut base: Files, overlays: &[&Files]) -> Files {
    for files in overlays {
        base.extend(files.iter().map(|(path, text)| (path.clone(), text.clone())));
    }
    base
}
