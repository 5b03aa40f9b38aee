//! Lessons: ids, words, blocks in their places, links that resolve.

use std::collections::BTreeSet;

use crate::compile::CourseLinks;
use crate::finding::{Finding, line_of, nearest};
use crate::markdown::{Block, Document, Links, Piece, targets};
use crate::source::raw::CAPABILITIES;
use crate::source::{LessonSource, Library};

/// What concerns the folder as a whole.
pub(super) fn library(library: &Library, findings: &mut Vec<Finding>) {
    let mut ids = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for lesson in &library.lessons {
        if !ids.insert(&lesson.slug) {
            findings.push(Finding::new(
                lesson.file(),
                2,
                format!("the id `{}` is taken by another lesson", lesson.slug),
            ));
        }
        if !numbers.insert(lesson.number) {
            findings.push(Finding::new(
                lesson.file(),
                0,
                format!("the number {} is taken by another lesson folder", lesson.number),
            ));
        }
    }
    let mut causes = BTreeSet::new();
    for cause in &library.causes {
        if !causes.insert(&cause.id) {
            findings.push(Finding::new("causes.yaml", 0, format!("the cause `{}` is there twice", cause.id)));
        }
        for mistake in super::matchers::when(&cause.when) {
            findings.push(Finding::new("causes.yaml", 0, format!("cause `{}`: {mistake}", cause.id)));
        }
    }
    for (id, concept) in library
        .concepts
        .iter()
        .filter(|(_, concept)| library.number(&concept.lesson).is_none())
    {
        findings.push(Finding::new(
            "concepts.yaml",
            0,
            format!("concept `{id}` is taught by `{}`, which is no lesson of the plan", concept.lesson),
        ));
    }
}

pub(super) fn lesson(library: &Library, lesson: &LessonSource, findings: &mut Vec<Finding>) {
    let file = lesson.file();
    let mut add = |needle: &str, message: String| findings.push(Finding::new(&file, line_of(&lesson.text, "", needle), message));
    let front = &lesson.front;
    if front.id != lesson.slug {
        add(
            "id:",
            format!("the id is `{}` and the folder says `{}`: they must agree", front.id, lesson.slug),
        );
    }
    let planned = library
        .plan
        .modules
        .iter()
        .find(|module| module.lessons.iter().any(|planned| planned.id == lesson.slug));
    match planned {
        None => add(
            "id:",
            format!("`{}` is not in plan.yaml: add it there, with its number", lesson.slug),
        ),
        Some(module) if module.number != lesson.module => {
            add(
                "id:",
                format!(
                    "plan.yaml has `{}` in module {}, the folder in module {}",
                    lesson.slug, module.number, lesson.module
                ),
            );
        }
        Some(_) => {}
    }
    for (word, text) in [("title", &front.title), ("summary", &front.summary)] {
        if text.is_empty() {
            add("---", format!("`{word}` is missing in the front matter"));
        }
    }
    if front.minutes == 0 || front.version == 0 {
        add("---", "`minutes` and `version` are numbers from 1".into());
    }
    if !(2..=4).contains(&front.objectives.len()) {
        add(
            "objectives",
            format!("2 to 4 objectives, each something to do; there are {}", front.objectives.len()),
        );
    }
    for capability in front.capabilities.iter().filter(|word| !CAPABILITIES.contains(&word.as_str())) {
        add(
            "capabilities",
            format!("unknown capability `{capability}`{}", nearest(capability, CAPABILITIES)),
        );
    }
    for set in front.files.iter().filter(|set| !library.sets.contains_key(*set)) {
        add(
            "files:",
            format!(
                "there is no set of files `{set}` in lessons/files{}",
                nearest(set, library.sets.keys())
            ),
        );
    }
    blocks(lesson, &file, findings);
    links(library, lesson, &file, &lesson.document, findings);
    for (language, translation) in &lesson.translations {
        links(
            library,
            lesson,
            &format!("{}/lesson.{language}.md", lesson.folder),
            &translation.document,
            findings,
        );
    }
}

fn blocks(lesson: &LessonSource, file: &str, findings: &mut Vec<Finding>) {
    let mut add = |line: usize, message: String| findings.push(Finding::new(file, line, message));
    let mut ids = BTreeSet::new();
    let mut placed = Vec::new();
    for section in &lesson.document.sections {
        if !section.id.is_empty() && !ids.insert(format!("section {}", section.id)) {
            add(section.line, format!("the section id `{}` is there twice", section.id));
        }
    }
    for Block { line, piece } in lesson.document.blocks() {
        let id = match piece {
            Piece::Snippet(snippet) => &snippet.id,
            Piece::Quiz(quiz) => &quiz.id,
            Piece::Sort(sort) => &sort.id,
            Piece::Task(id) => {
                match lesson.tasks.iter().position(|task| task.raw.id == *id) {
                    Some(index) => placed.push(index),
                    None => add(
                        *line,
                        format!(
                            "there is no task `{id}`{}",
                            nearest(id, lesson.tasks.iter().map(|task| &task.raw.id))
                        ),
                    ),
                }
                continue;
            }
            Piece::Lane { snippet, send } => {
                lane(lesson, *line, snippet, send, &mut add);
                continue;
            }
            Piece::Same(_) => {
                add(*line, "`::same` belongs into a translation".into());
                continue;
            }
            Piece::Prose(_) | Piece::Callout { .. } => continue,
        };
        if !id.is_empty() && !ids.insert(format!("block {id}")) {
            add(*line, format!("the block id `{id}` is there twice"));
        }
    }
    let in_order: Vec<usize> = (0..lesson.tasks.len()).collect();
    if placed != in_order {
        let names: Vec<String> = lesson.tasks.iter().map(|task| format!("::task{{#{}}}", task.raw.id)).collect();
        add(
            0,
            format!("every task is placed once, in the order of the folders: {}", names.join(", ")),
        );
    }
}

fn lane(lesson: &LessonSource, line: usize, id: &str, send: &str, add: &mut impl FnMut(usize, String)) {
    let Some((_, snippet)) = lesson.document.snippets().find(|(_, snippet)| snippet.id == id) else {
        let ids = lesson.document.snippets().map(|(_, snippet)| &snippet.id);
        return add(
            line,
            format!("the lane names the snippet `{id}`, which is not there{}", nearest(id, ids)),
        );
    };
    let requests: Vec<&str> = snippet
        .transcript
        .iter()
        .flat_map(|transcript| &transcript.exchanges)
        .map(|one| one.request.as_str())
        .collect();
    if !requests.contains(&send) {
        add(
            line,
            format!(
                "the lane sends `{send}`, which the transcript of `{id}` does not; it has {}",
                requests.join(", ")
            ),
        );
    }
}

fn links(library: &Library, lesson: &LessonSource, file: &str, document: &Document, findings: &mut Vec<Finding>) {
    let resolver = CourseLinks {
        library,
        lesson: &lesson.slug,
    };
    for block in document.blocks() {
        for text in super::texts(&block.piece) {
            let broken = targets(text)
                .into_iter()
                .filter_map(|target| resolver.attributes(&target).err().map(|message| (target, message)));
            for (target, message) in broken {
                let offset = text.lines().position(|line| line.contains(&target)).unwrap_or(0);
                findings.push(Finding::new(file, block.line + offset, message));
            }
        }
    }
}
