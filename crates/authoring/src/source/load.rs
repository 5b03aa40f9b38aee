//! Walks the lessons folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::raw::{RawCause, RawLesson};
use super::{Files, LessonSource, Library, Translation, task, yaml};
use crate::finding::{AuthoringError, Finding};
use crate::markdown;

/// Reads everything. What cannot be parsed is kept in [`Library::faults`]; `only` leaves out the contents of other lessons' tasks.
pub fn load(root: &Path, only: Option<&str>) -> Result<Library, AuthoringError> {
    let mut library = Library {
        root: root.to_owned(),
        ..Library::default()
    };
    let faults = &mut library.faults;
    library.plan = optional(root, "plan.yaml", faults).unwrap_or_default();
    library.concepts = optional(root, "concepts.yaml", faults).unwrap_or_default();
    library.causes = optional::<Vec<RawCause>>(root, "causes.yaml", faults).unwrap_or_default();
    for (language, name) in languages(root, "causes", "yaml")? {
        if let Some(texts) = optional(root, &name, faults) {
            library.cause_texts.insert(language, texts);
        }
    }
    for (name, path) in folders(&root.join("files"))? {
        library.sets.insert(name, files(&path)?);
    }
    for (module_name, module_path) in folders(root)? {
        let Some((module, _)) = numbered(&module_name) else { continue };
        for (name, path) in folders(&module_path)? {
            let Some((number, slug)) = numbered(&name) else { continue };
            if !path.join("lesson.md").is_file() {
                continue;
            }
            let folder = format!("{module_name}/{name}");
            let mut lesson = LessonSource {
                folder,
                module,
                number,
                slug,
                ..LessonSource::default()
            };
            let whole = only.is_none_or(|only| only == lesson.slug);
            read_lesson(root, &path, &mut lesson, whole, faults)?;
            library.lessons.push(lesson);
        }
    }
    library.lessons.sort_by_key(|lesson| lesson.number);
    Ok(library)
}

fn read_lesson(root: &Path, path: &Path, lesson: &mut LessonSource, whole: bool, faults: &mut Vec<Finding>) -> Result<(), AuthoringError> {
    lesson.text = read(&path.join("lesson.md"))?;
    let file = lesson.file();
    let (front, document) = markdown_file(&file, &lesson.text, faults);
    lesson.front = front;
    lesson.document = document;
    lesson.files = files(&path.join("files"))?;
    for (language, name) in languages(path, "lesson", "md")? {
        let text = read(&path.join(&name))?;
        let (front, document) = markdown_file(&format!("{}/{name}", lesson.folder), &text, faults);
        lesson.translations.insert(language, Translation { front, document });
    }
    for (name, task_path) in folders(&path.join("tasks"))? {
        let folder = format!("{}/tasks/{name}", lesson.folder);
        lesson.tasks.extend(task::read(root, &task_path, folder, whole, faults)?);
    }
    Ok(())
}

fn markdown_file(file: &str, text: &str, faults: &mut Vec<Finding>) -> (RawLesson, markdown::Document) {
    let (front, body, first_line) = markdown::split_front(text);
    let raw = yaml::read(file, front, 2).unwrap_or_else(|fault| {
        faults.push(fault);
        RawLesson::default()
    });
    let (document, mistakes) = markdown::parse(body, first_line);
    faults.extend(mistakes.into_iter().map(|(line, message)| Finding::new(file, line, message)));
    (raw, document)
}

/// Reads a YAML file that may be missing.
pub(super) fn optional<T: serde::de::DeserializeOwned>(folder: &Path, name: &str, faults: &mut Vec<Finding>) -> Option<T> {
    let text = fs::read_to_string(folder.join(name)).ok()?;
    yaml::read(name, &text, 1).map_err(|fault| faults.push(fault)).ok()
}

pub(super) fn read(path: &Path) -> Result<String, AuthoringError> {
    fs::read_to_string(path).map_err(|source| AuthoringError::Read {
        path: path.to_owned(),
        source,
    })
}

/// The folders in a folder, by name; none when it does not exist.
pub(super) fn folders(path: &Path) -> Result<Vec<(String, PathBuf)>, AuthoringError> {
    Ok(entries(path)?.into_iter().filter(|(_, path)| path.is_dir()).collect())
}

fn entries(path: &Path) -> Result<Vec<(String, PathBuf)>, AuthoringError> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |source| AuthoringError::Read {
        path: path.to_owned(),
        source,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.push((name, entry.path()));
    }
    found.sort();
    Ok(found)
}

/// `lesson.hi-Latn.md` → (`hi-Latn`, its name).
pub(super) fn languages(folder: &Path, stem: &str, extension: &str) -> Result<BTreeMap<String, String>, AuthoringError> {
    let names = entries(folder)?.into_iter().map(|(name, _)| name);
    Ok(names
        .filter_map(|name| {
            let language = name
                .strip_prefix(stem)?
                .strip_suffix(extension)?
                .strip_prefix('.')?
                .strip_suffix('.')?;
            Some((language.to_owned(), name.clone()))
        })
        .collect())
}

/// Every file below a folder, by its path inside.
pub(super) fn files(folder: &Path) -> Result<Files, AuthoringError> {
    let mut found = Files::new();
    let mut open = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = open.pop() {
        for (name, path) in entries(&folder)? {
            if path.is_dir() {
                open.push((format!("{prefix}{name}/"), path));
            } else {
                found.insert(format!("{prefix}{name}"), read(&path)?);
            }
        }
    }
    Ok(found)
}

/// `12-express-hello` → (12, `express-hello`).
fn numbered(name: &str) -> Option<(u32, String)> {
    let (number, rest) = name.split_once('-')?;
    Some((number.parse().ok()?, rest.to_owned()))
}
