//! No concept is used before it is taught.

use crate::finding::{Finding, line_of, nearest};
use crate::source::raw::Concept;
use crate::source::{Files, LessonSource, Library};

pub(super) fn lesson(library: &Library, lesson: &LessonSource, findings: &mut Vec<Finding>) {
    let file = lesson.file();
    let front = &lesson.front;
    for (word, ids) in [("teaches:", &front.teaches), ("needs:", &front.needs)] {
        for id in ids {
            let line = line_of(&lesson.text, "", word);
            let Some(concept) = library.concepts.get(id) else {
                findings.push(Finding::new(
                    &file,
                    line,
                    format!(
                        "there is no concept `{id}` in concepts.yaml{}",
                        nearest(id, library.concepts.keys())
                    ),
                ));
                continue;
            };
            if word == "teaches:" && concept.lesson != lesson.slug {
                findings.push(Finding::new(
                    &file,
                    line,
                    format!("`{id}` is taught by `{}` according to concepts.yaml", concept.lesson),
                ));
            }
            if word == "needs:" && library.number(&concept.lesson).is_none_or(|number| number >= lesson.number) {
                findings.push(Finding::new(
                    &file,
                    line,
                    format!("`{id}` is needed here and taught by `{}`, which is not earlier", concept.lesson),
                ));
            }
        }
    }
    let missing = library
        .concepts
        .iter()
        .filter(|(id, concept)| concept.lesson == lesson.slug && !front.teaches.contains(id));
    for (id, _) in missing {
        let line = line_of(&lesson.text, "", "teaches:");
        findings.push(Finding::new(
            &file,
            line,
            format!("concepts.yaml says that this lesson teaches `{id}`: add it to `teaches`"),
        ));
    }
    let later: Vec<(&String, &Concept)> = library
        .concepts
        .iter()
        .filter(|(_, concept)| library.number(&concept.lesson).is_some_and(|number| number > lesson.number))
        .collect();
    for (line, snippet) in lesson.document.snippets() {
        uses(&later, &snippet.code, &file, line, findings);
    }
    for task in &lesson.tasks {
        for (folder, files) in [("starter", &task.starter), ("solution", &task.solution), ("program", &task.program)] {
            project(&later, files, &format!("{}/{folder}", task.folder), findings);
        }
    }
}

fn project(later: &[(&String, &Concept)], files: &Files, folder: &str, findings: &mut Vec<Finding>) {
    for (path, text) in files {
        uses(later, text, &format!("{folder}/{path}"), 0, findings);
    }
}

fn uses(later: &[(&String, &Concept)], code: &str, file: &str, before: usize, findings: &mut Vec<Finding>) {
    for (index, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for (id, concept) in later {
            if let Some(word) = concept.code.iter().find(|word| line.contains(word.as_str())) {
                let message = format!("`{word}` belongs to the concept `{id}`, which `{}` teaches later", concept.lesson);
                findings.push(Finding::new(file, before + index + 1, message));
            }
        }
    }
}
