//! Reads one task folder.

use std::collections::BTreeMap;
use std::path::Path;

use super::load::{files, folders, languages, read as read_text};
use super::raw::{RawTask, TaskTexts};
use super::{Files, TaskSource, yaml};
use crate::finding::{AuthoringError, Finding};

/// Reads a task; `None` when its YAML has a fault. `whole` reads the answers too.
pub(super) fn read(
    root: &Path,
    path: &Path,
    folder: String,
    whole: bool,
    faults: &mut Vec<Finding>,
) -> Result<Option<TaskSource>, AuthoringError> {
    let file = format!("{folder}/task.yaml");
    if !root.join(&file).is_file() {
        faults.push(Finding::new(file, 0, "a task folder needs a task.yaml"));
        return Ok(None);
    }
    let text = read_text(&root.join(&file))?;
    let raw: RawTask = match yaml::read(&file, &text, 1) {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Ok(None);
        }
    };
    let mut texts = BTreeMap::new();
    for (language, name) in languages(path, "task", "yaml")? {
        let file = format!("{folder}/{name}");
        match yaml::read::<TaskTexts>(&file, &read_text(&path.join(&name))?, 1) {
            Ok(read) => {
                texts.insert(language, read);
            }
            Err(fault) => faults.push(fault),
        }
    }
    let mut task = TaskSource {
        folder,
        raw,
        text,
        texts,
        ..TaskSource::default()
    };
    task.starter = files(&path.join("starter"))?;
    task.program = files(&path.join("program"))?;
    task.solution = files(&path.join("solution"))?;
    if whole {
        task.right = answers(&path.join("right"))?;
        task.wrong = answers(&path.join("wrong"))?;
    }
    Ok(Some(task))
}

fn answers(path: &Path) -> Result<BTreeMap<String, Files>, AuthoringError> {
    folders(path)?.into_iter().map(|(name, path)| Ok((name, files(&path)?))).collect()
}
