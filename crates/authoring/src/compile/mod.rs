//! Turns the lessons folder into what the page loads: nothing is left to parse in the browser.

mod course;
mod lesson;
mod links;
mod search;
mod task;
#[cfg(test)]
mod tests;

use serde::Serialize;
use std::fs;
use std::path::Path;

use crate::finding::AuthoringError;
use crate::source::{self, Library};

pub use lesson::compile as compile_lesson;
pub use links::CourseLinks;
pub use task::{catalogue, compile as compile_task};

/// Writes `course.json` and `search.json`, and for every language `<language>/causes.json` and `<language>/<lesson>.json`, into a folder.
pub fn compile(lessons: &Path, out: &Path) -> Result<(), AuthoringError> {
    let library = source::load(lessons, Some(""))?;
    if !library.faults.is_empty() {
        return Err(AuthoringError::Faults(library.faults));
    }
    write(&out.join("course.json"), &course::compile(&library))?;
    write(&out.join("search.json"), &search::compile(&library))?;
    for language in library.languages() {
        write(&out.join(&language).join("causes.json"), &catalogue(&library, &language))?;
        for lesson in &library.lessons {
            let compiled = compile_lesson(&library, lesson, &language);
            write(&out.join(&language).join(format!("{}.json", lesson.slug)), &compiled)?;
        }
    }
    Ok(())
}

fn write(path: &Path, value: &impl Serialize) -> Result<(), AuthoringError> {
    let failed = |source| AuthoringError::Write {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, serde_json::to_vec(value)?).map_err(failed)
}

/// Which task of which lesson a `::task{#id}` names.
fn find_task<'a>(lesson: &'a crate::source::LessonSource, id: &str) -> Option<&'a crate::source::TaskSource> {
    lesson.tasks.iter().find(|task| task.raw.id == id)
}

/// The full id of a task.
pub(crate) fn full_id(lesson: &crate::source::LessonSource, task: &crate::source::TaskSource) -> String {
    format!("{}/{}", lesson.slug, task.raw.id)
}

/// Texts by language, English first.
fn text(library: &Library, of: impl Fn(&str) -> Option<String>) -> backlab_course::lesson::Text {
    let found = library
        .languages()
        .into_iter()
        .filter_map(|language| of(&language).filter(|text| !text.is_empty()).map(|text| (language, text)));
    found.collect()
}
