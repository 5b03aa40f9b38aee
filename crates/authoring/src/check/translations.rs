//! A translation holds the same blocks and the same values as the English text.

use backlab_course::values::names;
use std::collections::BTreeSet;

use crate::finding::{Finding, nearest};
use crate::markdown::{Block, Item, Piece, Section};
use crate::source::raw::{CauseTexts, RawCause, RawLesson, TaskTexts};
use crate::source::{LessonSource, Library, TaskSource};

pub(super) fn lesson(library: &Library, lesson: &LessonSource, findings: &mut Vec<Finding>, notes: &mut Vec<Finding>) {
    for (language, translation) in &lesson.translations {
        let file = format!("{}/lesson.{language}.md", lesson.folder);
        front(&file, &translation.front, lesson, findings);
        let english = &lesson.document.sections;
        let mut last = None;
        for own in &translation.document.sections {
            let Some(position) = english.iter().position(|section| section.id == own.id) else {
                let hint = nearest(&own.id, english.iter().map(|section| &section.id));
                findings.push(Finding::new(
                    &file,
                    own.line,
                    format!("the English lesson has no section `{}`{hint}", own.id),
                ));
                continue;
            };
            if last.is_some_and(|last| last > position) {
                findings.push(Finding::new(
                    &file,
                    own.line,
                    format!("section `{}` stands elsewhere in the English lesson", own.id),
                ));
            }
            last = Some(position);
            section(&file, own, &english[position], findings);
        }
        for section in english
            .iter()
            .filter(|section| !translation.document.sections.iter().any(|own| own.id == section.id))
        {
            notes.push(Finding::new(&file, 0, format!("section `{}` falls back to English", section.id)));
        }
        for task in &lesson.tasks {
            match task.texts.get(language) {
                Some(texts) => self::task(task, language, texts, findings, notes),
                None => notes.push(Finding::new(&task.folder, 0, format!("falls back to English in {language}"))),
            }
        }
    }
    for (language, texts) in &library.cause_texts {
        // Every lesson may meet every cause of the catalogue, so none may fall back.
        for cause in library.causes.iter().filter(|cause| !texts.contains_key(&cause.id)) {
            findings.push(Finding::new(
                format!("causes.{language}.yaml"),
                0,
                format!("the cause `{}` is not translated", cause.id),
            ));
        }
        for (id, own) in texts {
            match library.causes.iter().find(|cause| cause.id == *id) {
                Some(cause) => same_values(&format!("causes.{language}.yaml"), cause, own, findings),
                None => findings.push(Finding::new(
                    format!("causes.{language}.yaml"),
                    0,
                    format!("there is no cause `{id}` in causes.yaml"),
                )),
            }
        }
    }
}

fn front(file: &str, own: &RawLesson, lesson: &LessonSource, findings: &mut Vec<Finding>) {
    if own.id != lesson.slug {
        findings.push(Finding::new(
            file,
            2,
            format!("the id is `{}`; it must be `{}`", own.id, lesson.slug),
        ));
    }
    if own.version != 0 || own.minutes != 0 || !own.teaches.is_empty() || !own.needs.is_empty() || !own.files.is_empty() {
        findings.push(Finding::new(
            file,
            2,
            "a translation's front matter holds id, title, summary and objectives only",
        ));
    }
    if !own.objectives.is_empty() && own.objectives.len() != lesson.front.objectives.len() {
        findings.push(Finding::new(
            file,
            2,
            format!("the English lesson has {} objectives", lesson.front.objectives.len()),
        ));
    }
}

fn section(file: &str, own: &Section, english: &Section, findings: &mut Vec<Finding>) {
    let signature = |blocks: &[Block]| -> Vec<String> { blocks.iter().filter_map(|block| block.piece.signature()).collect() };
    let (ours, theirs) = (signature(&own.blocks), signature(&english.blocks));
    if ours != theirs {
        let at = ours
            .iter()
            .zip(&theirs)
            .position(|(own, english)| own != english)
            .unwrap_or(ours.len().min(theirs.len()));
        let (have, want) = (
            ours.get(at).map_or("nothing", String::as_str),
            theirs.get(at).map_or("nothing", String::as_str),
        );
        findings.push(Finding::new(
            file,
            own.line,
            format!("section `{}`: block {} is {have}, in English it is {want}", own.id, at + 1),
        ));
        return;
    }
    let exercises = |blocks: &'_ [Block]| -> Vec<Block> {
        blocks
            .iter()
            .filter(|block| matches!(block.piece, Piece::Quiz(_) | Piece::Sort(_)))
            .cloned()
            .collect()
    };
    for (own, english) in exercises(&own.blocks).iter().zip(exercises(&english.blocks)) {
        let same = match (&own.piece, &english.piece) {
            (Piece::Quiz(own), Piece::Quiz(english)) => marks(&own.options) == marks(&english.options),
            (Piece::Sort(own), Piece::Sort(english)) => {
                let sizes = |buckets: &[(String, Vec<Item>)]| buckets.iter().map(|(_, cards)| cards.len()).collect::<Vec<_>>();
                own.ordered == english.ordered && sizes(&own.buckets) == sizes(&english.buckets)
            }
            _ => true,
        };
        if !same {
            findings.push(Finding::new(
                file,
                own.line,
                "as many options or cards as in English, and the `[x]` in the same place",
            ));
        }
    }
    for block in own.blocks.iter().filter(|block| matches!(&block.piece, Piece::Snippet(_))) {
        findings.push(Finding::new(file, block.line, "code is written once: put `::same{#id}` here"));
    }
}

fn marks(options: &[Item]) -> Vec<bool> {
    options.iter().map(|option| option.right).collect()
}

fn task(task: &TaskSource, language: &str, texts: &TaskTexts, findings: &mut Vec<Finding>, notes: &mut Vec<Finding>) {
    let file = format!("{}/task.{language}.yaml", task.folder);
    let checks = &task.raw.checks;
    for (id, own) in &texts.checks {
        match checks.iter().find(|check| check.id == *id) {
            Some(check) => {
                for (cause_id, own) in &own.causes {
                    match check.causes.iter().find(|cause| cause.id == *cause_id) {
                        Some(cause) => same_values(&file, cause, own, findings),
                        None => findings.push(Finding::new(&file, 0, format!("check `{id}` has no cause `{cause_id}`"))),
                    }
                }
                compare(
                    &file,
                    &format!("check {id}"),
                    &[&check.title, &check.why],
                    &[&own.title, &own.why],
                    findings,
                );
            }
            None => findings.push(Finding::new(
                &file,
                0,
                format!("there is no check `{id}`{}", nearest(id, checks.iter().map(|check| &check.id))),
            )),
        }
    }
    let causes: Vec<&RawCause> = checks.iter().flat_map(|check| &check.causes).chain(&task.raw.causes).collect();
    for (id, own) in &texts.causes {
        match causes.iter().find(|cause| cause.id == *id) {
            Some(cause) => same_values(&file, cause, own, findings),
            None => findings.push(Finding::new(
                &file,
                0,
                format!("there is no cause `{id}`{}", nearest(id, causes.iter().map(|cause| &cause.id))),
            )),
        }
    }
    let missing = checks
        .iter()
        .filter(|check| !texts.checks.contains_key(&check.id))
        .map(|check| &check.id);
    let missing = missing.chain(causes.iter().map(|cause| &cause.id).filter(|id| !texts.causes.contains_key(*id)));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    if !missing.is_empty() {
        notes.push(Finding::new(&file, 0, format!("fall back to English: {}", missing.join(", "))));
    }
}

fn same_values(file: &str, english: &RawCause, own: &CauseTexts, findings: &mut Vec<Finding>) {
    let ours = [&own.what, &own.why, &own.next];
    compare(
        file,
        &format!("cause {}", english.id),
        &[&english.what, &english.why, &english.next],
        &ours,
        findings,
    );
}

/// Values that the translation names and the English text does not have.
fn compare(file: &str, what: &str, english: &[&String], own: &[&Option<String>], findings: &mut Vec<Finding>) {
    let known: BTreeSet<String> = english.iter().flat_map(|text| names(text)).collect();
    let ours = own.iter().filter_map(|text| text.as_ref()).flat_map(|text| names(text));
    for name in ours.filter(|name| !known.contains(name)) {
        findings.push(Finding::new(
            file,
            0,
            format!("{what}: `~{name}` does not stand in the English text"),
        ));
    }
}
